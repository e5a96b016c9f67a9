// Between the X.509 library's objects and bytes.
import { AsnConvert } from "@peculiar/asn1-schema";

/** A copy as the ArrayBuffer that the library's fields hold. */
export function arrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}

/** An object of the library as DER. */
export const serialize = (value: object): Uint8Array => new Uint8Array(AsnConvert.serialize(value));

/** DER as an object of the library. */
export function parse<T>(bytes: Uint8Array, type: new () => T): T {
  return AsnConvert.parse(arrayBuffer(bytes), type);
}
