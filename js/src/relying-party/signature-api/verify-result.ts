import { type Bytes, type CertificateOptions, type VerifiedSignature, verifySignature } from "honnin";
import { HonninError } from "../../error.js";
import { readNow } from "../../time.js";
import { asBytes, copyOf } from "../../verifier/parts.js";
import { invalid } from "../option-checks.js";
import { readDocument, type SignedDocument } from "./document.js";
import { areEqual, collectEvidence } from "./evidence-collector.js";
import { makePackage } from "./package.js";
import { readTransaction, type SignatureTransaction } from "./transaction.js";

/** What {@link verifySignatureResult} needs, besides how to verify the certificate. */
export type VerifySignatureResultOptions = CertificateOptions & {
  /** As it was started: the scheme and the hash are taken from here, never from what came back. */
  readonly transaction: SignatureTransaction;
  readonly document: SignedDocument & {
    /** The document, if it is at hand: it has to have the digest that was signed. */
    readonly data?: Bytes | undefined;
  };
  readonly signature: Bytes;
  /** The signer's, in DER. */
  readonly certificate: Bytes;
};

/** A signature over the document that holds, by a certificate that is good, and all of it in one file. */
export interface VerifiedSignatureResult extends VerifiedSignature {
  /** The text of a signed package, for `verifySignedPackage`. */
  readonly package: string;
  /**
   * The time for which the package's evidence speaks, in seconds since 1970; `null` if there is no evidence about the
   * certificate's revocation.
   */
  readonly asOf: number | null;
}

/**
 * Verifies what came back of a signature: the signature over the transaction's digest by the transaction's scheme, then the
 * certificate, as `verifySignature` does. Puts document, signature, certificate and the evidence that was used into a package.
 *
 * @throws HonninError `document-mismatch`, `signature-mismatch`, `options-invalid`, and as `verifySignature` and
 *   `createSignedPackage`
 */
export async function verifySignatureResult(
  options: VerifySignatureResultOptions,
): Promise<VerifiedSignatureResult> {
  const { transaction, document, signature, certificate, ...given } = options;
  for (const name of ["path", "publicKey", "data", "digest", "scheme", "ecdsaForm"]) {
    // Not by types alone: "path" would leave the certificate unverified.
    if (Reflect.get(given, name) !== undefined) throw invalid(name, "be left out: the transaction decides");
  }
  const digest = readTransaction(transaction);
  const described = readDocument(document);
  const value = bytes("signature", signature);
  const signer = bytes("certificate", certificate);
  if (document.data !== undefined) await checkData(document.data, transaction, digest, described.size);
  const { revocation, collected } = collectEvidence(signer, given.revocation);
  const { scheme, ecdsaForm } = transaction;
  const now = readNow(given.now);
  const verified = await verifySignature({
    ...given,
    revocation,
    now,
    digest,
    signature: value,
    scheme,
    ecdsaForm,
    certificate: signer,
  });
  const made = await makePackage({
    document: described,
    transaction,
    digest,
    signature: value,
    certificate: signer,
    evidence: collected(),
    verified,
    options: { ...given, now },
  });
  return { ...verified, ...made };
}

function bytes(name: string, value: unknown): Uint8Array<ArrayBuffer> {
  const found = asBytes(value, name);
  if (found === undefined) throw invalid(name, "be bytes");
  return copyOf(found, name);
}

const platformNames = { sha256: "SHA-256", sha384: "SHA-384" } as const;

async function checkData(
  data: Bytes,
  { hash }: SignatureTransaction,
  digest: Uint8Array,
  size: number | undefined,
): Promise<void> {
  const found = bytes("document.data", data);
  const actual = new Uint8Array(await crypto.subtle.digest(platformNames[hash], found));
  if (areEqual(actual, digest) && (size === undefined || size === found.length)) return;
  throw new HonninError("document-mismatch", "The document is not the one whose digest was signed.");
}
