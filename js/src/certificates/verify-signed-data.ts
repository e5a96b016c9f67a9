import { HonninError } from "../error.js";
import type { Report } from "../report.js";
import type { Refusal } from "../verifier/ask.js";
import { Call } from "../verifier/call.js";
import { members } from "../verifier/options.js";
import { addOwn, pack } from "../verifier/pack-options.js";
import { type Bytes, bytesOf, type DerOrPem } from "../verifier/parts.js";
import type { CertificateOptions } from "./certificate-options.js";
import { type CertificateFindings, findings } from "./certificate-result.js";
import { digestsOf, type HashName } from "./digest.js";
import type { SignatureScheme } from "./signature-scheme.js";

/** If the message lacks a signer's certificate, give it in `intermediates`. */
export type VerifySignedDataOptions = CertificateOptions & {
  /** The content of a detached signature. If the message contains its content, this must be the same. */
  readonly content?: Bytes | undefined;
  /** Whether to accept SHA-1, which is broken. For old signatures only. Default false. */
  readonly allowSha1?: boolean | undefined;
};

/** A signer with a valid signature and a valid certificate. */
export interface VerifiedSigner extends CertificateFindings {
  readonly scheme: SignatureScheme;
  /** The signing time that the signer claims: Unix time in seconds. Nothing confirms it. `null` if missing. */
  readonly claimedSigningTime: number | null;
  /** The steps for this signer. */
  readonly report: Report;
}

/** A message whose signers are all valid. */
export interface VerifiedSignedData {
  /** eContentType, as an object identifier. */
  readonly contentType: string;
  /** The content of the message; `null` if the signature is detached. */
  readonly content: Uint8Array<ArrayBuffer> | null;
  /** The signers in the order of the message, at least one. */
  readonly signers: readonly VerifiedSigner[];
  /** The steps for the message, then those for each signer. */
  readonly report: Report;
}

/** The error for a message, with the result for each signer. */
export class SignedDataError extends HonninError {
  /** The results in the order of the message. Empty if the message was refused before its signers were checked. */
  readonly signers: readonly (VerifiedSigner | HonninError)[];

  constructor(error: HonninError, signers: readonly (VerifiedSigner | HonninError)[]) {
    super(error.code, error.message, { report: error.report, cause: error.cause });
    this.signers = signers;
  }
}

type AcceptedSigner = { readonly ok: true } & VerifiedSigner;
type Accepted = { readonly ok: true } & Omit<VerifiedSignedData, "content"> & {
    readonly content: null | string | readonly [number, number];
  };

const hashes: readonly HashName[] = ["sha256", "sha384", "sha512"];

/**
 * Verifies a CMS SignedData message (RFC 5652 §5) in BER, DER or PEM: every signer, with the certificate of the signer identifier,
 * as {@link verifyCertificate} does. Certificates in the message are candidates, never trust anchors. Its CRLs and OCSP responses
 * are revocation evidence like those in `revocation`.
 *
 * @throws SignedDataError (a HonninError) unless every signer is valid: `cms-malformed`, `signer-missing`,
 *   `signer-certificate-not-found`, `content-missing`, `message-digest-mismatch`, `signature-mismatch` and others, and as
 *   {@link verifyCertificate}
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { SignedDataError, verifySignedData } from "honnin";
 *
 * try {
 *   const { signers } = await verifySignedData(await readFile("contract.p7m"), {
 *     profile: "jpki-sign",
 *     anchors: await readFile("authorities.pem", "utf8"),
 *   });
 *   console.log(signers.map(({ claimedSigningTime }) => claimedSigningTime));
 * } catch (error) {
 *   if (!(error instanceof SignedDataError)) throw error;
 *   for (const signer of error.signers) console.log("code" in signer ? signer.code : "good");
 * }
 * ```
 */
export async function verifySignedData(
  message: DerOrPem,
  options: VerifySignedDataOptions,
): Promise<VerifiedSignedData> {
  const { content, ...given } = members(options, "The options argument of verifySignedData");
  const used = given.allowSha1 === true ? [...hashes, "sha1" as const] : hashes;
  // The verifier determines which of them the signers used.
  const digests = digestsOf(content, "content", used);
  const own = digests === undefined && content !== undefined ? { message, content } : { message };
  const call = new Call<Accepted>("verify_signed_data", addOwn(given, own));
  if (digests !== undefined) {
    const parts = Object.entries(await digests).map(([name, digest]) => [
      name,
      pack(digest, name, call.parts),
    ]);
    call.set("contentDigests", Object.fromEntries(parts));
  }
  const answer = await call.answer();
  const inside = answer.ok && answer.content !== null ? bytesOf(answer.content, call.parts) : null;
  call.parts.release();
  if (!answer.ok) {
    const { signers = [] } = answer as Refusal & { readonly signers?: readonly (AcceptedSigner | Refusal)[] };
    throw new SignedDataError(
      call.error(answer),
      signers.map((signer) => (signer.ok ? asSigner(signer, call) : call.error(signer))),
    );
  }
  return {
    contentType: answer.contentType,
    content: inside,
    signers: answer.signers.map((signer) => asSigner(signer, call)),
    report: answer.report,
  };
}

function asSigner(signer: VerifiedSigner, call: { readonly failure: unknown }): VerifiedSigner {
  const { scheme, claimedSigningTime, report } = signer;
  return { scheme, claimedSigningTime, ...findings(signer, call), report };
}
