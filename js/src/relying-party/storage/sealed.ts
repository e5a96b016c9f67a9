import { fromBase64Url, toBase64Url } from "../../base64.js";

/** Encrypts JSON, with authentication, to a string for a cookie or a store; and decrypts it. */
export interface Sealer {
  seal(value: unknown): Promise<string>;
  /** `undefined` for anything that was not encrypted with these secrets for this purpose. */
  open(sealed: string): Promise<unknown>;
}

/** Browsers store no cookie above 4,096 bytes, so the handler never set a longer one. */
const MAX_COOKIE_CHARACTERS = 4_096;
/** Of A256GCM (RFC 7518 §5.3). */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * JWE compact serialization, `dir` with `A256GCM` (RFC 7518 §4.5 and §5.3). The key is derived from the secret with HKDF-SHA-256
 * (RFC 5869) and `purpose` as `info`, so a value for one purpose cannot be decrypted for another. `kid` identifies the secret, so
 * one decryption is enough for any number of secrets. Only headers that this function writes are read, so there is nothing to parse.
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
      const [first] = await keys();
      if (first === undefined) throw new TypeError("no secret to encrypt with");
      const { header, key } = first;
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const plaintext = new TextEncoder().encode(JSON.stringify(value));
      const encrypted = new Uint8Array(await crypto.subtle.encrypt(parameters(header, iv), key, plaintext));
      const parts = [iv, encrypted.subarray(0, -TAG_BYTES), encrypted.subarray(-TAG_BYTES)];
      // With `dir`, there is no encrypted key (RFC 7518 §4.5).
      return [header, "", ...parts.map(toBase64Url)].join(".");
    },
    async open(sealed) {
      if (sealed.length > maxCharacters) return undefined;
      const [header = "", encryptedKey, iv = "", ciphertext = "", tag = "", more] = sealed.split(".", 6);
      const key = (await keys()).find((one) => one.header === header)?.key;
      if (key === undefined || encryptedKey !== "" || more !== undefined) return undefined;
      try {
        const [nonce, start, end] = [canonical(iv), canonical(ciphertext), canonical(tag)];
        // Otherwise, bytes could move between ciphertext and tag, and one value would have several encodings.
        if (nonce.length !== IV_BYTES || end.length !== TAG_BYTES) return undefined;
        const encrypted = new Uint8Array(start.length + end.length);
        encrypted.set(start);
        encrypted.set(end, start.length);
        const plaintext = await crypto.subtle.decrypt(parameters(header, nonce), key, encrypted);
        return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plaintext)) as unknown;
      } catch {
        // Altered.
        return undefined;
      }
    },
  };
}

interface SealingKey {
  /** The encoded header of every value that is encrypted with the key. */
  readonly header: string;
  readonly key: CryptoKey;
}

/** The header is authenticated as it is encoded (RFC 7516 §5.1). */
function parameters(header: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(header), tagLength: 8 * TAG_BYTES };
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
  const kid = toBase64Url(new Uint8Array(bits, 32));
  return { header: toBase64Url(encoder.encode(JSON.stringify({ alg: "dir", enc: "A256GCM", kid }))), key };
}

/** Decodes base64url in its one encoding. Decoders also accept white space and unused bits that are not zero (RFC 4648 §3.5). */
function canonical(segment: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64Url(segment);
  if (toBase64Url(bytes) !== segment) throw new TypeError("not canonical");
  return bytes;
}
