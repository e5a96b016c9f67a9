import { HonninError } from "../../error.js";
import { parseStrictObject } from "../../strict-json.js";
import { asBytes, type Bytes, copyOf } from "../../verifier/parts.js";
import { canonicalBase64 } from "./encoding.js";
import type { SigningNames } from "./names.js";

/** What the JWE holds. */
export interface SignatureResult {
  /** The signature value, as the card made it. Not verified yet. */
  readonly signature: Uint8Array<ArrayBuffer>;
  /** The signer's certificate in DER. Personal data. */
  readonly certificate: Uint8Array<ArrayBuffer>;
}

/** Reads what the JWE holds in place of the built-in reader, if it is of another form. */
export type ReadPayload = (payload: Uint8Array<ArrayBuffer>) => {
  readonly signature: Bytes;
  readonly certificate: Bytes;
};

/** RSA of 8,192 bits; those of cards have 256 bytes, or about a hundred. */
const MAX_SIGNATURE_BYTES = 1_024;
/** As the verifier has it. */
const MAX_CERTIFICATE_BYTES = 65_536;

function malformed(what: string): HonninError {
  return new HonninError("signature-result-malformed", `The content of the result ${what}.`);
}

/** @throws HonninError `signature-result-malformed`; the message never holds a part of the payload */
export function readPayload(
  payload: Uint8Array<ArrayBuffer>,
  names: SigningNames,
  read: ReadPayload | undefined,
): SignatureResult {
  const { signature, certificate } = read === undefined ? readMembers(payload, names) : readBy(read, payload);
  if (signature.length === 0 || signature.length > MAX_SIGNATURE_BYTES) {
    throw malformed(`does not have a signature of 1 to ${MAX_SIGNATURE_BYTES} bytes`);
  }
  if (certificate.length === 0 || certificate.length > MAX_CERTIFICATE_BYTES) {
    throw malformed(`does not have a certificate of 1 to ${MAX_CERTIFICATE_BYTES} bytes`);
  }
  return { signature, certificate };
}

function readMembers(payload: Uint8Array, names: SigningNames): SignatureResult {
  const members = parseStrictObject(payload);
  if (members === undefined) throw malformed("is not a JSON object, or has a duplicate member");
  const member = (name: string) => {
    const text = members[name];
    const bytes = typeof text === "string" ? canonicalBase64(text) : undefined;
    if (bytes === undefined) throw malformed(`has no member "${name}" in canonical base64`);
    return bytes;
  };
  return { signature: member(names.signature), certificate: member(names.certificate) };
}

function readBy(read: ReadPayload, payload: Uint8Array<ArrayBuffer>): SignatureResult {
  try {
    const given = read(payload);
    const signature = asBytes(given.signature, "signature");
    const certificate = asBytes(given.certificate, "certificate");
    if (signature !== undefined && certificate !== undefined) {
      return { signature: copyOf(signature, "signature"), certificate: copyOf(certificate, "certificate") };
    }
  } catch {
    // What was thrown may quote the payload; it is not kept.
  }
  throw malformed("was refused by read, or read did not return signature and certificate as bytes");
}
