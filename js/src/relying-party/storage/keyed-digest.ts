import { hex } from "../digest.js";

/** Derives a name for stored data that only holders of the secret can compute. */
export type KeyedDigest = (subject: string) => Promise<string>;

/**
 * HMAC-SHA-256, truncated to 128 bits, in hexadecimal. The key is derived from the secret with HKDF (RFC 5869), as in `sealer`.
 *
 * @param secret the first secret. Another secret gives other names
 */
export function keyedDigest(secret: string, purpose: string): KeyedDigest {
  let derived: CryptoKey | undefined;
  return async (subject) => {
    derived ??= await deriveKey(secret, purpose);
    const digest = await crypto.subtle.sign("HMAC", derived, new TextEncoder().encode(subject));
    return hex(new Uint8Array(digest, 0, 16));
  };
}

async function deriveKey(secret: string, purpose: string): Promise<CryptoKey> {
  const encoder = new TextEncoder();
  const material = await crypto.subtle.importKey("raw", encoder.encode(secret), "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode(purpose) },
    material,
    { name: "HMAC", hash: "SHA-256", length: 256 },
    false,
    ["sign"],
  );
}
