import { HonninError } from "../error.js";
import type { Report } from "../report.js";
import type { Now } from "../time.js";
import { asBytes } from "../verifier/bytes.js";
import { Call } from "../verifier/call.js";
import { members } from "../verifier/options.js";
import { pack } from "../verifier/pack-options.js";
import type { Bytes, DerOrPem } from "../verifier/parts.js";
import type { Reported } from "../verifier/reported.js";
import type { CertificateLimits, CertificateOptions } from "./certificate-options.js";
import { type CertificateFindings, findings, type PathNotChecked, reported } from "./certificate-result.js";
import { digestsOf, hashOf } from "./digest.js";
import type { SignatureScheme } from "./signature-scheme.js";

/** A public key as a JWK (RFC 7517 §4). Its `use`, `key_ops` and `alg` must match the scheme. */
export interface PublicJwk {
  readonly kty: string;
  readonly [member: string]: unknown;
}

/** Options of every verification of a signature. */
export interface CommonSignatureOptions {
  readonly signature: Bytes;
  /** The signature scheme. It is never derived from the key or the signature. */
  readonly scheme: SignatureScheme;
  /** The encoding of an ECDSA signature: `"der"`, as in X.509 and CMS, or `"raw"`, r‖s. Default `"der"`. */
  readonly ecdsaForm?: "der" | "raw" | undefined;
}

/** The signed data, or their digest with the hash algorithm of the scheme. */
export type DataOrDigest =
  | { readonly data: Bytes; readonly digest?: undefined }
  | { readonly digest: Bytes; readonly data?: undefined };

/** Options if the certification path is not verified. */
export interface WithoutPathOptions {
  readonly limits?: CertificateLimits | undefined;
  readonly now?: Now | undefined;
}

/** With a certificate whose path is verified too. */
export type VerifySignatureByPath = CommonSignatureOptions &
  DataOrDigest &
  CertificateOptions & {
    /** The signer's certificate in DER or PEM. */
    readonly certificate: DerOrPem;
    readonly publicKey?: undefined;
    readonly path?: undefined;
  };

/** With a certificate that is not verified. */
export type VerifySignatureByCertificate = CommonSignatureOptions &
  DataOrDigest &
  WithoutPathOptions & {
    readonly certificate: DerOrPem;
    /** States explicitly that the certificate is not verified. */
    readonly path: "not-checked";
    readonly publicKey?: undefined;
  };

/** With a public key that you trust. */
export type VerifySignatureByKey = CommonSignatureOptions &
  DataOrDigest &
  WithoutPathOptions & {
    /** A SubjectPublicKeyInfo in DER or PEM, or a JWK. */
    readonly publicKey: DerOrPem | PublicJwk;
    readonly certificate?: undefined;
    readonly path?: undefined;
  };

/** With any of the three. */
export type VerifySignatureOptions =
  | VerifySignatureByPath
  | VerifySignatureByCertificate
  | VerifySignatureByKey;

/** The results for a valid signature. */
export interface SignatureFindings {
  readonly scheme: SignatureScheme;
  readonly report: Report;
}

/** A valid signature with the key of a valid certificate. */
export type VerifiedSignature = SignatureFindings & CertificateFindings;

/** A valid signature. The signer was not verified. */
export type VerifiedBareSignature = SignatureFindings & PathNotChecked;

type Accepted = Reported & { readonly scheme: SignatureScheme } & (CertificateFindings | PathNotChecked);

/**
 * Verifies a signature with the given scheme, and, unless it is turned off, the signer's certificate as
 * {@link verifyCertificate} does.
 *
 * If possible, the platform computes digests of long data (`crypto.subtle`). The result is the same.
 *
 * @throws HonninError `signature-mismatch`, `key-unsuitable`, `key-malformed`, `key-size-unsupported`,
 *   `key-usage-missing`, `algorithm-unsupported`, `key-set-contains-secret` for a private JWK, and as
 *   {@link verifyCertificate}
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { verifySignature } from "honnin";
 *
 * const { scheme, path } = await verifySignature({
 *   data: await readFile("contract.pdf"),
 *   signature: await readFile("contract.sig"),
 *   scheme: "rsa-pkcs1-sha256",
 *   certificate: await readFile("signer.cer"),
 *   profile: "jpki-sign",
 *   anchors: await readFile("authorities.pem", "utf8"),
 * });
 * console.log(scheme, path.length);
 * ```
 */
export async function verifySignature(options: VerifySignatureByPath): Promise<VerifiedSignature>;
/** The same without a certification path: the signer is not verified. */
export async function verifySignature(
  options: VerifySignatureByCertificate | VerifySignatureByKey,
): Promise<VerifiedBareSignature>;
/** The same for options of either kind: `path` of the result shows whether the path was verified. */
export async function verifySignature(
  options: VerifySignatureOptions,
): Promise<VerifiedSignature | VerifiedBareSignature>;
export async function verifySignature(
  options: VerifySignatureOptions,
): Promise<VerifiedSignature | VerifiedBareSignature> {
  const { data, publicKey, ...given } = members(options, "The options argument of verifySignature");
  const hash = hashOf(given.scheme);
  if (data !== undefined && given.digest !== undefined) {
    throw new HonninError("options-invalid", "Give either data or digest, not both.");
  }
  const digests = hash === undefined ? undefined : digestsOf(data, "data", [hash]);
  const isJwk = isObject(publicKey) && asBytes(publicKey, "publicKey") === undefined;
  if (digests === undefined && data !== undefined) given.data = data;
  if (isJwk) given.publicKey = publicKey;
  const call = new Call<Accepted>("verify_signature", given);
  if (publicKey !== undefined && !isJwk) call.set("publicKey", pack(publicKey, "publicKey", call.parts));
  if (digests !== undefined && hash !== undefined) {
    call.set("digest", pack((await digests)[hash], "digest", call.parts));
  }
  const answer = await call.accepted();
  const { scheme } = answer;
  if (answer.path === "not-checked") {
    const { path, anchor, revocation, profile, policies, warnings } = answer;
    return reported({ scheme, path, anchor, revocation, profile, policies, warnings }, answer);
  }
  return reported({ scheme, ...findings(answer, call) }, answer);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
