import { type Bytes, type CertificateOptions, type VerifiedSignature, verifySignature } from "honnin";
import { HonninError } from "../../error.js";
import { readNow } from "../../time.js";
import { asBytes } from "../../verifier/bytes.js";
import { copyOf } from "../../verifier/parts.js";
import { invalid } from "../option-checks.js";
import { readDocument, type SignedDocument } from "./document.js";
import { areEqual, collectEvidence } from "./evidence-collector.js";
import { makePackage } from "./package.js";
import { readTransaction, type SignatureTransaction } from "./transaction.js";

/** Options of {@link verifySignatureResult}, including those for the certificate. */
export type VerifySignatureResultOptions = CertificateOptions & {
  /** The started transaction. The scheme and the hash algorithm come from here, never from the result. */
  readonly transaction: SignatureTransaction;
  readonly document: SignedDocument & {
    /** The document, if available. It must match the digest that was signed. */
    readonly data?: Bytes | undefined;
  };
  readonly signature: Bytes;
  /** The signer's certificate in DER. */
  readonly certificate: Bytes;
};

/** A valid signature with a valid certificate, and the signed package. */
export interface VerifiedSignatureResult extends VerifiedSignature {
  /** The JSON text of a signed package, for `verifySignedPackage`. */
  readonly package: string;
  /**
   * The time of the package's revocation evidence: Unix time in seconds; `null` if there is no revocation evidence for the
   * certificate.
   */
  readonly asOf: number | null;
}

/** As `verifySignatureResult`. */
export async function verifyResult(options: VerifySignatureResultOptions): Promise<VerifiedSignatureResult> {
  const { transaction, document, signature, certificate, ...given } = options;
  for (const name of ["path", "publicKey", "data", "digest", "scheme", "ecdsaForm"]) {
    // Types are not enough: "path" would turn off the verification of the certificate.
    if (Reflect.get(given, name) !== undefined)
      throw invalid(name, "not be set: it is taken from the transaction");
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
