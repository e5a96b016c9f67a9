import { HonninError } from "../error.js";
import type { Report } from "../report.js";
import type { Now } from "../time.js";
import { Call } from "../verifier/call.js";
import { members, pack } from "../verifier/options.js";
import { asBytes, type Bytes, type DerOrPem } from "../verifier/parts.js";
import type { CertificateLimits, CertificateOptions } from "./certificate-options.js";
import { type CertificateFindings, findings, type PathNotChecked } from "./certificate-result.js";
import { digestsOf, hashOf } from "./digest.js";
import type { SignatureScheme } from "./signature-scheme.js";

/** The public key in a JWK (RFC 7517 §4). What it says of its own use has to agree with the scheme. */
export interface PublicJwk {
  readonly kty: string;
  readonly [member: string]: unknown;
}

/** What every verification of a signature takes. */
export interface CommonSignatureOptions {
  readonly signature: Bytes;
  /** Never guessed: neither from the key nor from the signature. */
  readonly scheme: SignatureScheme;
  /** How r and s of an ECDSA signature are written: `"der"`, as X.509 and CMS have it, or `"raw"`, r‖s. Default `"der"`. */
  readonly ecdsaForm?: "der" | "raw" | undefined;
}

/** What was signed: the data, or their digest by the scheme's hash. */
export type DataOrDigest =
  | { readonly data: Bytes; readonly digest?: undefined }
  | { readonly digest: Bytes; readonly data?: undefined };

/** What is left of the options of a certificate where no path is verified. */
export interface WithoutPathOptions {
  readonly limits?: CertificateLimits | undefined;
  readonly now?: Now | undefined;
}

/** With a certificate, whose path is verified too. */
export type VerifySignatureByPath = CommonSignatureOptions &
  DataOrDigest &
  CertificateOptions & {
    /** The signer's, in DER or PEM. */
    readonly certificate: DerOrPem;
    readonly publicKey?: undefined;
    readonly path?: undefined;
  };

/** With a certificate that nobody vouches for. */
export type VerifySignatureByCertificate = CommonSignatureOptions &
  DataOrDigest &
  WithoutPathOptions & {
    readonly certificate: DerOrPem;
    /** Says outright that the certificate is not verified. */
    readonly path: "not-checked";
    readonly publicKey?: undefined;
  };

/** With a key of which the caller knows whose it is. */
export type VerifySignatureByKey = CommonSignatureOptions &
  DataOrDigest &
  WithoutPathOptions & {
    /** A SubjectPublicKeyInfo in DER or PEM, or a JWK. */
    readonly publicKey: DerOrPem | PublicJwk;
    readonly certificate?: undefined;
    readonly path?: undefined;
  };

export type VerifySignatureOptions =
  | VerifySignatureByPath
  | VerifySignatureByCertificate
  | VerifySignatureByKey;

/** What was found about a signature that holds. */
export interface SignatureFindings {
  readonly scheme: SignatureScheme;
  readonly report: Report;
}

/** A signature that holds, made by the key of a certificate that is good. */
export type VerifiedSignature = SignatureFindings & CertificateFindings;

/** A signature that holds. Whose it is was not verified. */
export type VerifiedBareSignature = SignatureFindings & PathNotChecked;

type Accepted = { readonly ok: true } & (VerifiedSignature | VerifiedBareSignature);

/**
 * Verifies a signature by the scheme that the caller names, and, unless told otherwise, the signer's certificate as
 * {@link verifyCertificate} does.
 *
 * Digests of long data are computed by the platform where it can (`crypto.subtle`); the result is the same.
 *
 * @throws HonninError `signature-mismatch`, `key-unsuitable`, `key-malformed`, `key-size-unsupported`,
 *   `key-usage-missing`, `algorithm-unsupported`, `key-set-contains-secret` for a private JWK, and as
 *   {@link verifyCertificate}
 */
export async function verifySignature(options: VerifySignatureByPath): Promise<VerifiedSignature>;
export async function verifySignature(
  options: VerifySignatureByCertificate | VerifySignatureByKey,
): Promise<VerifiedBareSignature>;
export async function verifySignature(
  options: VerifySignatureOptions,
): Promise<VerifiedSignature | VerifiedBareSignature>;
export async function verifySignature(
  options: VerifySignatureOptions,
): Promise<VerifiedSignature | VerifiedBareSignature> {
  const { data, publicKey, ...given } = members(options, "the options of verifySignature");
  const hash = hashOf(given.scheme);
  if (data !== undefined && given.digest !== undefined) {
    throw new HonninError("options-invalid", "data and digest are two ways to say one thing");
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
  const { scheme, report } = answer;
  if (answer.path === "not-checked") {
    const { path, anchor, revocation, profile, policies, warnings } = answer;
    return { scheme, path, anchor, revocation, profile, policies, warnings, report };
  }
  return { scheme, ...findings(answer, call), report };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
