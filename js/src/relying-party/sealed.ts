import { CompactEncrypt, compactDecrypt } from "jose";

/** Turns JSON into an encrypted and authenticated text that a cookie or a store can hold, and back. */
export interface Sealer {
  seal(value: unknown): Promise<string>;
  /** `undefined` on anything that these secrets did not seal for this purpose. */
  open(sealed: string): Promise<unknown>;
}

/** Browsers keep no cookie above 4,096 bytes, so nothing longer was ours. */
const MAX_COOKIE_CHARACTERS = 4_096;

/**
 * JWE compact serialisation, `dir` with `A256GCM` (RFC 7518 §4.5 and §5.3). The key comes from the secret by HKDF-SHA-256
 * (RFC 5869) with `purpose` as its `info`, so that what was sealed for one purpose never opens for another.
 *
 * @param secrets the first one seals, all of them open
 * @param maxCharacters what is longer is not opened
 */
export function sealer(
  secrets: readonly string[],
  purpose: string,
  maxCharacters = MAX_COOKIE_CHARACTERS,
): Sealer {
  // Values are kept, not promises: an edge worker must not wait for another request's promise.
  const keys = new Map<string, CryptoKey>();

  async function keyOf(secret: string): Promise<CryptoKey> {
    const known = keys.get(secret);
    if (known !== undefined) return known;
    const encoder = new TextEncoder();
    const material = await crypto.subtle.importKey("raw", encoder.encode(secret), "HKDF", false, [
      "deriveKey",
    ]);
    const key = await crypto.subtle.deriveKey(
      { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode(purpose) },
      material,
      { name: "AES-GCM", length: 256 },
      false,
      ["encrypt", "decrypt"],
    );
    keys.set(secret, key);
    return key;
  }

  return {
    async seal(value) {
      const plaintext = new TextEncoder().encode(JSON.stringify(value));
      return new CompactEncrypt(plaintext)
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .encrypt(await keyOf(secrets[0] ?? ""));
    },
    async open(sealed) {
      if (sealed.length > maxCharacters || !sealed.split(".").every(isCanonical)) return undefined;
      for (const secret of secrets) {
        try {
          const { plaintext } = await compactDecrypt(sealed, await keyOf(secret), {
            keyManagementAlgorithms: ["dir"],
            contentEncryptionAlgorithms: ["A256GCM"],
          });
          return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plaintext)) as unknown;
        } catch {
          // Sealed with another secret, or by somebody else: the next secret decides.
        }
      }
      return undefined;
    },
  };
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Base64url whose unused bits are zero (RFC 4648 §3.5); decoders let others pass, and one text would have several spellings. */
function isCanonical(segment: string): boolean {
  if (!/^[A-Za-z0-9_-]*$/.test(segment)) return false;
  const last = ALPHABET.indexOf(segment.slice(-1));
  switch (segment.length % 4) {
    case 0:
      return true;
    case 2:
      return (last & 0b1111) === 0;
    case 3:
      return (last & 0b11) === 0;
    default:
      return false;
  }
}
