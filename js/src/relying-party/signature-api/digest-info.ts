import { hashBytes, type SigningHash } from "./method.js";

/** The DER before the hash: SEQUENCE { AlgorithmIdentifier with NULL, OCTET STRING } (RFC 8017 §9.2, note 1). */
const prefixes: Readonly<Record<SigningHash, readonly number[]>> = {
  sha256: [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
  ],
  sha384: [
    0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00,
    0x04, 0x30,
  ],
};

/** The DER `DigestInfo` of a digest. The digest must have the length of its hash algorithm. */
export function digestInfo(hash: SigningHash, digest: Uint8Array): Uint8Array<ArrayBuffer> {
  const prefix = prefixes[hash];
  const info = new Uint8Array(prefix.length + hashBytes[hash]);
  info.set(prefix);
  info.set(digest, prefix.length);
  return info;
}
