import { type CertificateOptions, createSignedPackage, type VerifiedSignature } from "honnin";
import type { SignedDocument } from "./document.js";
import type { CollectedEvidence } from "./evidence-collector.js";
import type { SignatureTransaction } from "./transaction.js";

/** The parts of a package. */
export interface PackageParts {
  readonly document: SignedDocument;
  readonly transaction: SignatureTransaction;
  readonly digest: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
  readonly certificate: Uint8Array<ArrayBuffer>;
  readonly evidence: CollectedEvidence;
  readonly verified: VerifiedSignature;
  /** The options with which the certificate was verified. */
  readonly options: CertificateOptions;
}

/** The maximum number of pieces of evidence that are used. */
const MAX_EVIDENCE = 64;

/** The JSON text of the package, and the time of its evidence. */
export async function makePackage(parts: PackageParts): Promise<{ package: string; asOf: number | null }> {
  const { document, transaction, digest, signature, certificate, evidence, verified, options } = parts;
  const { scheme, form, ecdsaForm, id } = transaction;
  const { revocation: { clockTolerance, crlMaxAge, ocspMaxAge, ocspNonce } = {}, ...rest } = options;
  // Evidence that did not determine the status under the caller's rules is not used in a package. A package cannot represent a
  // revocation that is only reported.
  const settled =
    verified.revocation.status === "good" &&
    verified.path.every(({ revocation }) => revocation.status !== "revoked");
  const ocspResponses = settled ? evidence.ocspResponses.slice(0, MAX_EVIDENCE) : [];
  const text = await createSignedPackage({
    ...rest,
    document,
    digest,
    scheme,
    form,
    ecdsaForm,
    signature,
    certificate,
    crls: settled ? evidence.crls.slice(0, MAX_EVIDENCE - ocspResponses.length) : [],
    ocspResponses,
    revocation: { clockTolerance, crlMaxAge, ocspMaxAge, ocspNonce },
    claims: { transaction: id, report: verified.report },
  });
  const { evidence: enclosed } = JSON.parse(text) as { evidence: { time: number | null } };
  return { package: text, asOf: enclosed.time };
}
