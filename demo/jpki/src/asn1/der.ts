// Writing DER and BER (ITU-T X.690) byte by byte, for what the X.509 library cannot or must not write:
// CMS in BER, structures broken on purpose, and lists too long for objects.

/** Concatenates. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The octets of a definite length (X.690 §8.1.3), in the fewest octets, as DER has it. */
export function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(0x80 | octets.length, ...octets);
}

/** One element of definite length; the tag is its identifier octet. */
export function tlv(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const value = concat(...content);
  return concat(Uint8Array.of(tag), lengthOctets(value.length), value);
}

/** One constructed element of indefinite length (X.690 §8.1.3.6): BER only. */
export function indefinite(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  return concat(Uint8Array.of(tag, 0x80), ...content, Uint8Array.of(0, 0));
}

export const sequence = (...content: readonly Uint8Array[]) => tlv(0x30, ...content);
export const set = (...content: readonly Uint8Array[]) => tlv(0x31, ...content);
export const octetString = (value: Uint8Array) => tlv(0x04, value);
export const nullValue = () => tlv(0x05);
export const boolean = (value: boolean) => tlv(0x01, Uint8Array.of(value ? 0xff : 0));
export const enumerated = (value: number) => tlv(0x0a, Uint8Array.of(value));
export const bitString = (value: Uint8Array, unusedBits = 0) => tlv(0x03, Uint8Array.of(unusedBits), value);
/** `[number]` around a whole element: EXPLICIT, or IMPLICIT of a constructed one whose content is given. */
export const context = (number: number, ...content: readonly Uint8Array[]) => tlv(0xa0 | number, ...content);
/** `[number] IMPLICIT` of a primitive type, from its content octets. */
export const contextPrimitive = (number: number, value: Uint8Array) => tlv(0x80 | number, value);

const text = new TextEncoder();
export const utf8String = (value: string) => tlv(0x0c, text.encode(value));
export const printableString = (value: string) => tlv(0x13, text.encode(value));
export const ia5String = (value: string) => tlv(0x16, text.encode(value));

/** SET OF, its elements sorted as DER wants them (X.690 §11.6). */
export function setOf(...elements: readonly Uint8Array[]): Uint8Array {
  return set(...[...elements].sort((a, b) => Buffer.compare(a, b)));
}

/** The content octets of a non-negative INTEGER: a leading zero where the first bit is set. */
export function unsignedOctets(value: bigint): Uint8Array {
  let hex = value.toString(16);
  if (hex.length % 2 === 1) hex = `0${hex}`;
  const octets = Uint8Array.from(Buffer.from(hex, "hex"));
  return (octets[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), octets) : octets;
}

/** A non-negative INTEGER. */
export function integer(value: number | bigint): Uint8Array {
  return tlv(0x02, unsignedOctets(BigInt(value)));
}

/** OBJECT IDENTIFIER from its dotted form. */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const octets: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const groups = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift(0x80 | (left % 128));
    octets.push(...groups);
  }
  return tlv(0x06, Uint8Array.from(octets));
}

/** `YYYYMMDDHHMMSSZ` */
const timeDigits = (time: Date) => `${time.toISOString().slice(0, 19).replace(/[-T:]/g, "")}Z`;

/** UTCTime with seconds and `Z`, as RFC 5280 §4.1.2.5.1 has it: the century is dropped, whatever it is. */
export const utcTime = (time: Date) => tlv(0x17, text.encode(timeDigits(time).slice(2)));
/** GeneralizedTime with seconds and `Z`, as RFC 5280 §4.1.2.5.2 has it. */
export const generalizedTime = (time: Date) => tlv(0x18, text.encode(timeDigits(time)));
/** Time by the rule of RFC 5280 §4.1.2.5: UTCTime through 2049. */
export const time = (value: Date) =>
  value.getUTCFullYear() < 2050 ? utcTime(value) : generalizedTime(value);
