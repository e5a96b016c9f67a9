import { HonninError } from "../error.js";
import type { Report } from "../report.js";
import { Call, type Refusal } from "../verifier/call.js";
import { addOwn, members, pack } from "../verifier/options.js";
import { type Bytes, bytesOf, type DerOrPem } from "../verifier/parts.js";
import type { CertificateOptions } from "./certificate-options.js";
import { type CertificateFindings, findings } from "./certificate-result.js";
import { digestsOf, type HashName } from "./digest.js";
import type { SignatureScheme } from "./signature-scheme.js";

/** A signer's certificate that the message has not got is looked for among `intermediates`. */
export type VerifySignedDataOptions = CertificateOptions & {
  /** The content of a detached signature. If the message encloses its content, this has to be the same. */
  readonly content?: Bytes | undefined;
  /** Accept SHA-1, which is broken: for old signatures only. Default false. */
  readonly allowSha1?: boolean | undefined;
};

/** A signer whose signature holds and whose certificate is good. */
export interface VerifiedSigner extends CertificateFindings {
  readonly scheme: SignatureScheme;
  /** When the signer says to have signed, in seconds since 1970: nobody else confirms it. `null` if nothing is said. */
  readonly claimedSigningTime: number | null;
  /** The steps for this signer. */
  readonly report: Report;
}

/** A message of which every signer is good. */
export interface VerifiedSignedData {
  /** eContentType, as an object identifier. */
  readonly contentType: string;
  /** The enclosed content; `null` if the signature is detached. */
  readonly content: Uint8Array<ArrayBuffer> | null;
  /** In the order of the message; at least one. */
  readonly signers: readonly VerifiedSigner[];
  /** The steps for the message, then those for each signer. */
  readonly report: Report;
}

/** The refusal of a message, with how each signer fared. */
export class SignedDataError extends HonninError {
  /** In the order of the message. Empty if the message was refused before. */
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
 * Verifies a CMS SignedData message (RFC 5652 §5) in BER, DER or PEM: every signer, each with the certificate that the
 * signer identifier names, as {@link verifyCertificate} does. Certificates in the message are candidates, never anchors;
 * its CRLs and OCSP responses are evidence like the caller's.
 *
 * @throws SignedDataError (a HonninError) unless every signer is good: `cms-malformed`, `signer-missing`,
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
  const { content, ...given } = members(options, "the options of verifySignedData");
  const used = given.allowSha1 === true ? [...hashes, "sha1" as const] : hashes;
  // Which of them the signers used is for the verifier to read.
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
  if (!answer.ok) {
    const { signers = [] } = answer as Refusal & { readonly signers?: readonly (AcceptedSigner | Refusal)[] };
    throw new SignedDataError(
      call.error(answer),
      signers.map((signer) => (signer.ok ? asSigner(signer, call) : call.error(signer))),
    );
  }
  return {
    contentType: answer.contentType,
    content: answer.content === null ? null : bytesOf(answer.content, call.buffer),
    signers: answer.signers.map((signer) => asSigner(signer, call)),
    report: answer.report,
  };
}

function asSigner(signer: VerifiedSigner, call: { readonly failure: unknown }): VerifiedSigner {
  const { scheme, claimedSigningTime, report } = signer;
  return { scheme, claimedSigningTime, ...findings(signer, call), report };
}
