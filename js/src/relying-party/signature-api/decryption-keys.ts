import { HonninError } from "../../error.js";
import type { PrivateJwk } from "../service/client-key.js";
import { type DecryptionAlgorithm, keyTypes } from "./algorithms.js";
import { canonicalBase64url } from "./encoding.js";

/** Enough for a rotation. More keys are a mistake. */
const MAX_KEYS = 16;

const needed: Readonly<Record<string, readonly string[]>> = {
  RSA: ["n", "e", "d", "p", "q", "dp", "dq", "qi"],
  EC: ["x", "y", "d"],
};
const curves: readonly unknown[] = ["P-256", "P-384", "P-521"];
const operations: readonly unknown[] = ["decrypt", "unwrapKey", "deriveKey", "deriveBits"];

function invalid(why: string): HonninError {
  return new HonninError("decryption-key-invalid", `A decryption key ${why}.`);
}

/**
 * Checks the keys without using the platform's cryptography, which edge runtimes do not allow while modules load.
 *
 * @returns copies, so that later changes to the given objects cannot bypass the checks
 * @throws HonninError `decryption-key-invalid`; the message never contains a part of a key
 */
export function readDecryptionKeys(
  keys: PrivateJwk | readonly PrivateJwk[],
  algorithms: readonly DecryptionAlgorithm[],
): readonly PrivateJwk[] {
  const list: readonly unknown[] = Array.isArray(keys) ? keys : [keys];
  if (list.length === 0 || list.length > MAX_KEYS) {
    throw new HonninError("decryption-key-invalid", `Give 1 to ${MAX_KEYS} decryption keys.`);
  }
  return list.map((key) => checkKey(key, algorithms));
}

function checkKey(key: unknown, algorithms: readonly DecryptionAlgorithm[]): PrivateJwk {
  if (typeof key !== "object" || key === null)
    throw invalid("is not a private JWK as an object (if you have its JSON text, use JSON.parse)");
  const jwk = { ...key } as PrivateJwk;
  if (Array.isArray(jwk.keys)) throw invalid("is a JWK Set: give the private JWKs that it contains");
  const members = Object.hasOwn(needed, String(jwk.kty)) ? needed[jwk.kty] : undefined;
  if (members === undefined) throw invalid("is not a JWK with kty RSA or EC");
  if (jwk.d === undefined) throw invalid("is a public key (no member d): give the private JWK");
  if ("oth" in jwk) throw invalid("has more than two primes, which is not supported");
  for (const member of members) {
    const value = jwk[member];
    if (typeof value !== "string" || !/^[A-Za-z0-9_-]{1,2048}$/.test(value)) {
      throw invalid(`has a missing or malformed member ${member}`);
    }
  }
  if (jwk.kty === "EC" && !curves.includes(jwk.crv))
    throw invalid("is not on the curve P-256, P-384 or P-521");
  if (jwk.kty === "RSA") checkModulus(String(jwk.n));
  if (jwk.kid !== undefined && (typeof jwk.kid !== "string" || jwk.kid.length > 255)) {
    throw invalid("has a kid that is not a string of at most 255 characters");
  }
  if (jwk.use !== undefined && jwk.use !== "enc") throw invalid("is not for encryption (member use)");
  if (jwk.key_ops !== undefined) {
    const allowed = Array.isArray(jwk.key_ops) && jwk.key_ops.some((name) => operations.includes(name));
    if (!allowed) throw invalid("is not for decryption (member key_ops)");
  }
  if (jwk.alg !== undefined && !algorithms.some((alg) => alg === jwk.alg && keyTypes[alg] === jwk.kty)) {
    throw invalid("has an alg that is not allowed, or does not match its kty");
  }
  if (!algorithms.some((alg) => keyTypes[alg] === jwk.kty))
    throw invalid("is not suitable for any allowed algorithm");
  return jwk;
}

function checkModulus(n: string): void {
  const bytes = canonicalBase64url(n) ?? new Uint8Array();
  const first = bytes.findIndex((byte) => byte !== 0);
  const bits = first < 0 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24;
  if (bits < 2_048 || bits > 8_192) throw invalid("with kty RSA must have 2048 to 8192 bits");
}
