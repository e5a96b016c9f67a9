/**
 * `honnin/slim`: verification. Load the WebAssembly module with {@link init} or {@link initSync}.
 * `honnin` is the same, with a loader for the runtime.
 *
 * @packageDocumentation
 */

export type { Fetch } from "./bounded-fetch.js";
export type {
  AnchorConstraints,
  CertificateLimits,
  CertificateOptions,
  CommonCertificateOptions,
  GeneralCertificateOptions,
  JpkiCards,
  JpkiCertificateOptions,
  JpkiProfile,
  KeyUsage,
} from "./certificates/certificate-options.js";
export type {
  CertificateDescription,
  CertificateFindings,
  CertificateWarning,
  PathCertificate,
  PathNotChecked,
  VerifiedCertificate,
  VerifiedProfile,
} from "./certificates/certificate-result.js";
export {
  type InspectedField,
  type InspectedKind,
  type Inspection,
  type InspectOptions,
  inspect,
} from "./certificates/inspect.js";
export {
  type Holder,
  type HolderBirthDate,
  type HolderEntry,
  type HolderGender,
  type HolderText,
  type HolderWarning,
  type ReadHolderOptions,
  readHolder,
} from "./certificates/read-holder.js";
export type { Revocation, RevocationOptions, RevocationReason } from "./certificates/revocation.js";
export type { SignatureScheme, SigningScheme } from "./certificates/signature-scheme.js";
export { verifyCertificate } from "./certificates/verify-certificate.js";
export {
  type CommonSignatureOptions,
  type DataOrDigest,
  type PublicJwk,
  type SignatureFindings,
  type VerifiedBareSignature,
  type VerifiedSignature,
  type VerifySignatureByCertificate,
  type VerifySignatureByKey,
  type VerifySignatureByPath,
  type VerifySignatureOptions,
  verifySignature,
  type WithoutPathOptions,
} from "./certificates/verify-signature.js";
export {
  SignedDataError,
  type VerifiedSignedData,
  type VerifiedSigner,
  type VerifySignedDataOptions,
  verifySignedData,
} from "./certificates/verify-signed-data.js";
export {
  type DigestDocumentOptions,
  type DigestedDocument,
  type DocumentHash,
  type DocumentSource,
  digestDocument,
} from "./documents/digest-document.js";
export { isDocumentName } from "./documents/document-name.js";
export {
  type CertificateErrorCode,
  HonninError,
  type HonninErrorCode,
  type HonninErrorDetails,
} from "./error.js";
export type { KeySetCache, KeySetCacheEntry } from "./id-token/key-set-cache.js";
export type { JwkSet, KeySource } from "./id-token/key-source.js";
export { type RemoteKeysOptions, remoteKeys } from "./id-token/remote-keys.js";
export {
  type Algorithm,
  type IdTokenClaims,
  type JwsHeader,
  type VerifiedIdToken,
  type VerifyIdTokenOptions,
  verifyIdToken,
} from "./id-token/verify-id-token.js";
export type { Report, Step, StepStatus } from "./report.js";
export { type CreateSignedPackageOptions, createSignedPackage } from "./signed-package/create.js";
export { type ReadSignedPackageOptions, readSignedPackage } from "./signed-package/read.js";
export type {
  DocumentReference,
  PackageCertificateOptions,
  PackageClaims,
  SignedPackage,
  SignedPackageJson,
} from "./signed-package/types.js";
export {
  type DocumentOrDigest,
  type PackageTimestamp,
  type VerifiedSignedPackage,
  type VerifySignedPackageOptions,
  verifySignedPackage,
} from "./signed-package/verify.js";
export type { Now, Time } from "./time.js";
export type { EvidenceRequest, RevocationEvidence } from "./verifier/evidence.js";
export type { Bytes, DerOrPem } from "./verifier/parts.js";
export { initSync } from "./wasm/init-sync.js";
export { type InitInput, type InitSyncInput, init } from "./wasm/instance.js";
export type { ModuleSource } from "./wasm/modules.js";
