import { HonninError } from "../../error.js";
import { isObject } from "../../strict-json.js";
import type { ClientKeyAlgorithm } from "./client-algorithms.js";

/** A public key as a JWK (RFC 7517): RSA, or EC on P-256. */
export interface PublicJwk {
  readonly kty: "RSA" | "EC" | (string & {});
  readonly [member: string]: unknown;
}

/** A key that this process does not have, for example in a KMS or an HSM: a function that signs with it. */
export interface ClientSigner {
  readonly algorithm: ClientKeyAlgorithm;
  /** `kid` in the header of the assertion. `clientKeyId` takes precedence. */
  readonly keyId?: string | undefined;
  /**
   * The form of ECDSA signatures, required for ES256: `"der"` (X9.62, as AWS KMS, Google Cloud KMS and OpenSSL return), or `"raw"`
   * (64 bytes r‖s, as Azure Key Vault and Web Crypto return).
   */
  readonly signatureFormat?: "raw" | "der" | undefined;
  /** The public key. If it is given, each signature is verified before it is sent, and `clientKeySet` can contain the key. */
  readonly publicKey?: PublicJwk | undefined;
  /**
   * Signs the data with SHA-256. Called once for each request to the token endpoint.
   *
   * @param data the data, not their digest; about 500 bytes
   * @param signal aborted after `timeout`
   */
  sign(data: Uint8Array, signal: AbortSignal): Promise<Uint8Array | ArrayBuffer> | Uint8Array | ArrayBuffer;
}

/** The public members of each type of key (RFC 7518 §6.2.1 and §6.3.1), in addition to `kty`. */
const publicMembers: Readonly<Record<string, readonly string[]>> = {
  RSA: ["n", "e"],
  EC: ["crv", "x", "y"],
};

/** Only what is public, so that nothing else is sent or imported. */
export function publicPart(jwk: PublicJwk): PublicJwk {
  const members = (publicMembers[jwk.kty] ?? []).map((name) => [name, jwk[name]]);
  return { kty: jwk.kty, ...Object.fromEntries(members) };
}

/** Not an interface of `ClientKey`, because a JWK can have any member except a function. */
export function isSigner(key: object): key is ClientSigner {
  return typeof (key as { sign?: unknown }).sign === "function";
}

/**
 * A copy of the signer, whose form was checked.
 *
 * @throws HonninError `client-key-invalid`
 */
export function readSigner(signer: ClientSigner): ClientSigner {
  const { algorithm, keyId, signatureFormat, publicKey } = signer;
  const invalid = (why: string) => new HonninError("client-key-invalid", `The client's signer ${why}.`);
  const isEc = algorithm === "ES256";
  if (isEc ? signatureFormat !== "raw" && signatureFormat !== "der" : signatureFormat !== undefined) {
    throw invalid('must have signatureFormat "der" or "raw" for ES256, and none for RS256 and PS256');
  }
  if (publicKey !== undefined) {
    const isPublic = isObject(publicKey) && !("d" in publicKey);
    const members = isPublic && publicKey.kty === (isEc ? "EC" : "RSA") ? publicMembers[publicKey.kty] : [];
    if (!members?.length || !members.every((name) => typeof publicKey[name] === "string")) {
      throw invalid("must have as publicKey the public JWK of its key");
    }
  }
  return {
    ...{ algorithm, keyId, signatureFormat },
    publicKey: publicKey && publicPart(publicKey),
    sign: (data, signal) => signer.sign(data, signal),
  };
}
