// A synthetic JPKI: certificates, revocation lists, OCSP responses and signatures in the shape of Japan's 公的個人認証サービス,
// under names that cannot be taken for it, for emulators and tests. It shares no code with the verifier.
export { type CardForm, cardSign } from "./card.js";
export { type SignedPdfFields, signedPdf } from "./cms/pdf.js";
export { type SignedDataFields, type SignerFields, signedData } from "./cms/signed-data.js";
export { makeBench } from "./fixtures/bench.js";
export type { Bench, Body, Case } from "./fixtures/case.js";
export { code, type Outcome } from "./fixtures/codes.js";
export { defects } from "./fixtures/index.js";
export { type Requirement, requirements } from "./fixtures/requirements.js";
export { type Manifest, type ManifestCase, type WriteOptions, writeFixtures } from "./fixtures/write.js";
export { createSyntheticJpki, type Hierarchy, type SyntheticJpki } from "./jpki.js";
export type { KeyKind, KeyPair } from "./keys/key-pair.js";
export {
  makeRsaKeyPair,
  type NewKeyPair,
  newEcKeyPair,
  newEd25519KeyPair,
  newRsaKeyPair,
} from "./keys/new-key-pair.js";
export { bringPrimes } from "./keys/primes.js";
export {
  digest,
  digestInfo,
  type HashName,
  type SignatureScheme,
  type Signer,
  signerOf,
} from "./keys/signer.js";
export { certificatePem, pem } from "./pem.js";
export {
  type CrlEntry,
  type CrlFields,
  type IssuingDistributionPointFields,
  makeCrl,
  type RevocationReason,
} from "./revocation/crl.js";
export { type HugeCrlFields, makeHugeCrl, serialOfEntry } from "./revocation/huge-crl.js";
export {
  type DelegateOptions,
  makeDelegatedResponder,
  type OcspFields,
  type OcspStatus,
  ocspFailure,
  ocspResponse,
  type Responder,
} from "./revocation/ocsp.js";
export { answerOcspRequest, type KnownStatus, type ResponderOptions } from "./revocation/ocsp-responder.js";
export type { Authority } from "./x509/authority.js";
export { birthDateDigits, holderArc, type Person, samplePerson } from "./x509/holder.js";
export type { Leaf, LeafOptions } from "./x509/leaf.js";
export { distinguishedName } from "./x509/names.js";
export {
  type HierarchyName,
  municipalityCrl,
  nextCardPolicies,
  nextCardProfile,
  organization,
  profiles,
} from "./x509/profile.js";
export { makeServerCertificate, type ServerCertificate } from "./x509/server.js";
