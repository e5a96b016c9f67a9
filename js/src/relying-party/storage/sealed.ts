import { CompactEncrypt, compactDecrypt } from "jose";
import { toBase64 } from "../../base64.js";

/** Encrypts JSON, with authentication, to a string for a cookie or a store; and decrypts it. */
export interface Sealer {
  seal(value: unknown): Promise<string>;
  /** `undefined` for anything that was not encrypted with these secrets for this purpose. */
  open(sealed: string): Promise<unknown>;
}

/** Browsers store no cookie above 4,096 bytes, so the handler never set a longer one. */
const MAX_COOKIE_CHARACTERS = 4_096;

/**
 * JWE compact serialization, `dir` with `A256GCM` (RFC 7518 §4.5 and §5.3). The key is derived from the secret with HKDF-SHA-256
 * (RFC 5869) and `purpose` as `info`, so a value for one purpose cannot be decrypted for another. `kid` identifies the secret, so
 * one decryption is enough for any number of secrets.
 *
 * @param secrets the first one encrypts, all of them decrypt
 * @param maxCharacters a longer value is not decrypted
 */
export function sealer(
  secrets: readonly string[],
  purpose: string,
  maxCharacters = MAX_COOKIE_CHARACTERS,
): Sealer {
  // The value is stored, not its promise: an edge worker must not wait for the promise of another request.
  let derived: readonly SealingKey[] | undefined;

  async function keys(): Promise<readonly SealingKey[]> {
    derived ??= await Promise.all(secrets.map((secret) => deriveKey(secret, purpose)));
    return derived;
  }

  return {
    async seal(value) {
      const plaintext = new TextEncoder().encode(JSON.stringify(value));
      const [first] = await keys();
      if (first === undefined) throw new TypeError("no secret to encrypt with");
      return new CompactEncrypt(plaintext)
        .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: first.kid })
        .encrypt(first.key);
    },
    async open(sealed) {
      if (sealed.length > maxCharacters || !sealed.split(".", 6).every(isCanonical)) return undefined;
      const known = await keys();
      try {
        const { plaintext } = await compactDecrypt(sealed, (header) => keyWith(known, header.kid), {
          keyManagementAlgorithms: ["dir"],
          contentEncryptionAlgorithms: ["A256GCM"],
        });
        return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plaintext)) as unknown;
      } catch {
        // Encrypted by another party, with a secret that is no longer in use, or altered.
        return undefined;
      }
    },
  };
}

interface SealingKey {
  readonly kid: string;
  readonly key: CryptoKey;
}

function keyWith(keys: readonly SealingKey[], kid: unknown): CryptoKey {
  const found = keys.find((candidate) => candidate.kid === kid);
  if (found === undefined) throw new TypeError("no such key");
  return found.key;
}

/** 256 bits for the key, 48 for its `kid`, which reveals neither the key nor the secret. */
async function deriveKey(secret: string, purpose: string): Promise<SealingKey> {
  const encoder = new TextEncoder();
  const material = await crypto.subtle.importKey("raw", encoder.encode(secret), "HKDF", false, [
    "deriveBits",
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode(purpose) },
    material,
    304,
  );
  const key = await crypto.subtle.importKey("raw", bits.slice(0, 32), "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);
  return { kid: toBase64(new Uint8Array(bits, 32)).replaceAll("+", "-").replaceAll("/", "_"), key };
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Whether the unused bits of base64url are zero (RFC 4648 §3.5). Decoders accept others, so one value would have several encodings. */
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
