// What signs certificates, lists and responses: an AlgorithmIdentifier and a function.
import { constants, createHash, privateEncrypt } from "node:crypto";
import { concat, context, integer, nullValue, objectIdentifier, octetString, sequence } from "../asn1/der.js";
import { oid } from "../asn1/oids.js";
import { derSignature, ecdsaSignDigest } from "./ec.js";
import type { KeyPair } from "./key-pair.js";
import { pssSignDigest } from "./pss.js";

export type HashName = "sha1" | "sha256" | "sha384" | "sha512";
export type SignatureScheme =
  | `rsa-pkcs1-${HashName}`
  | "rsa-pss-sha256"
  | "rsa-pss-sha384"
  | "rsa-pss-sha512"
  | "ecdsa-p256-sha256"
  | "ecdsa-p384-sha384";

export interface Signer {
  /** AlgorithmIdentifier, DER. */
  readonly algorithm: Uint8Array;
  /** The signature over these bytes, as the BIT STRING or OCTET STRING holds it. */
  sign(message: Uint8Array): Uint8Array;
}

export const digest = (hash: HashName, ...parts: readonly Uint8Array[]): Uint8Array => {
  const running = createHash(hash);
  for (const part of parts) running.update(part);
  return new Uint8Array(running.digest());
};

/** AlgorithmIdentifier with NULL parameters or with none. */
export function algorithmIdentifier(dotted: string, parameters: "null" | "absent" = "null"): Uint8Array {
  return sequence(objectIdentifier(dotted), ...(parameters === "null" ? [nullValue()] : []));
}

/** DigestInfo (RFC 8017 §9.2). */
export function digestInfo(hash: HashName, value: Uint8Array): Uint8Array {
  return sequence(algorithmIdentifier(oid[hash]), octetString(value));
}

/** The PKCS #1 type 1 block with any bytes, and the private-key operation: what a card does with its input. */
export function rsaSignBlock(key: KeyPair, bytes: Uint8Array): Uint8Array {
  return new Uint8Array(privateEncrypt({ key: key.privateKey, padding: constants.RSA_PKCS1_PADDING }, bytes));
}

/** RSASSA-PSS-params (RFC 4055 §3.1) with the hash in MGF1 too. */
function pssAlgorithm(hash: HashName, saltLength: number): Uint8Array {
  const hashAlgorithm = algorithmIdentifier(oid[hash]);
  return sequence(
    objectIdentifier(oid.rsassaPss),
    sequence(
      context(0, hashAlgorithm),
      context(1, sequence(objectIdentifier(oid.mgf1), hashAlgorithm)),
      context(2, integer(saltLength)),
    ),
  );
}

/** The scheme that the key's hierarchy uses. */
export function usualScheme(key: KeyPair): SignatureScheme {
  if (key.kind === "rsa") return "rsa-pkcs1-sha256";
  return key.kind === "p256" ? "ecdsa-p256-sha256" : "ecdsa-p384-sha384";
}

const rsaOids = {
  sha1: oid.sha1WithRSAEncryption,
  sha256: oid.sha256WithRSAEncryption,
  sha384: oid.sha384WithRSAEncryption,
  sha512: oid.sha512WithRSAEncryption,
};

/** The signer of a key under a scheme. */
export function signerOf(key: KeyPair, scheme: SignatureScheme = usualScheme(key)): Signer {
  const hash = scheme.slice(scheme.lastIndexOf("-") + 1) as HashName;
  if (scheme.startsWith("rsa-pkcs1-"))
    return {
      algorithm: algorithmIdentifier(rsaOids[hash]),
      sign: (message) => rsaSignBlock(key, digestInfo(hash, digest(hash, message))),
    };
  if (scheme.startsWith("rsa-pss-"))
    return {
      algorithm: pssAlgorithm(hash, digest(hash).length),
      // The salt comes from the message: a synthetic signature needs to be the same again, not unguessable.
      sign: (message) =>
        pssSignDigest(key, hash, digest(hash, message), digest(hash, concat(message, Uint8Array.of(0)))),
    };
  return {
    algorithm: algorithmIdentifier(hash === "sha256" ? oid.ecdsaWithSha256 : oid.ecdsaWithSha384, "absent"),
    sign: (message) => derSignature(ecdsaSignDigest(key, digest(hash, message))),
  };
}
