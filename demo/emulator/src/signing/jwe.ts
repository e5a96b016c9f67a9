import { createPublicKey, type JsonWebKey } from "node:crypto";
import { CompactEncrypt } from "jose";
import type { Client } from "../types.js";

/** The key that a client registered for results, with its algorithm. */
export interface EncryptionKey {
  readonly jwk: JsonWebKey;
  readonly alg: string;
  readonly kid: string | undefined;
}

/** The first key with `use: "enc"`. */
export function encryptionKeyOf({ jwks }: Pick<Client, "jwks">): EncryptionKey | undefined {
  const jwk = jwks.keys.find(({ use }) => use === "enc");
  if (jwk === undefined) return undefined;
  const alg = typeof jwk.alg === "string" ? jwk.alg : jwk.kty === "RSA" ? "RSA-OAEP-256" : "ECDH-ES";
  return { jwk, alg, kid: typeof jwk.kid === "string" ? jwk.kid : undefined };
}

/** JWE Compact Serialization (RFC 7516 §3.1) for the client; `kid` in the header as its key has it. */
export async function seal(
  { jwk, alg, kid }: EncryptionKey,
  enc: string,
  plaintext: Uint8Array,
): Promise<string> {
  return new CompactEncrypt(plaintext)
    .setProtectedHeader({ alg, enc, ...(kid === undefined ? {} : { kid }) })
    .encrypt(createPublicKey({ key: jwk, format: "jwk" }));
}
