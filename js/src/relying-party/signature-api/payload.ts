import { HonninError } from "../../error.js";
import { parseStrictObject } from "../../strict-json.js";
import { asBytes } from "../../verifier/bytes.js";
import { type Bytes, copyOf } from "../../verifier/parts.js";
import { canonicalBase64 } from "./encoding.js";
import type { SigningNames } from "./names.js";

/** The content of the JWE. */
export interface SignatureResult {
  /** The signature value as the card created it. Not verified yet. */
  readonly signature: Uint8Array<ArrayBuffer>;
  /** The signer's certificate in DER. Personal data. */
  readonly certificate: Uint8Array<ArrayBuffer>;
}

/** Reads the content of the JWE, instead of the built-in reader, if it has another form. */
export type ReadPayload = (payload: Uint8Array<ArrayBuffer>) => {
  readonly signature: Bytes;
  readonly certificate: Bytes;
};

/** RSA with 8,192 bits. Signatures of cards have 256 bytes (RSA), or about 100 (ECDSA). */
const MAX_SIGNATURE_BYTES = 1_024;
/** The limit of the verifier. */
const MAX_CERTIFICATE_BYTES = 65_536;

function malformed(what: string): HonninError {
  return new HonninError("signature-result-malformed", `The content of the result ${what}.`);
}

/** @throws HonninError `signature-result-malformed`; the message never contains a part of the payload */
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
    // No cause: the exception may quote the payload.
  }
  throw malformed("was refused by read, or read did not return signature and certificate as bytes");
}
