import type { VerifiedSignature } from "honnin";
import * as honnin from "honnin";
import type { SignedDocument } from "./document.js";
import type { CollectedEvidence } from "./evidence-collector.js";
import type { SignatureTransaction } from "./transaction.js";

/** What goes into a package. */
export interface PackageParts {
  readonly document: SignedDocument;
  readonly transaction: SignatureTransaction;
  readonly digest: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
  readonly certificate: Uint8Array<ArrayBuffer>;
  readonly evidence: CollectedEvidence;
  readonly verified: VerifiedSignature;
  readonly createdAt: number;
}

type Create = (options: object) => Promise<string>;

/** The package's text, and the time for which its evidence speaks. */
export async function makePackage(parts: PackageParts): Promise<{ package: string; asOf: number | null }> {
  const { document, transaction, digest, signature, certificate, evidence, verified, createdAt } = parts;
  const { hash, scheme, form, ecdsaForm, id } = transaction;
  const create = (honnin as unknown as { createSignedPackage: Create }).createSignedPackage;
  const text = await create({
    document,
    digest,
    hash,
    scheme,
    form,
    ...(ecdsaForm === undefined ? {} : { ecdsaForm }),
    signature,
    certificate,
    crls: evidence.crls,
    ocspResponses: evidence.ocspResponses,
    createdAt,
    profile: verified.profile?.name ?? null,
    environment: verified.profile?.environment ?? null,
    transaction: id,
    report: verified.report,
  });
  const { evidence: enclosed } = JSON.parse(text) as { evidence: { time: number | null } };
  return { package: text, asOf: enclosed.time };
}
