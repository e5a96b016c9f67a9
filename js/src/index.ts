/**
 * `honnin/slim`: verification, leaving where the WebAssembly module comes from to {@link init} or {@link initSync}.
 * `honnin` is the same with a loader for the runtime it is imported in.
 */
export type {
  AnchorConstraints,
  CertificateLimits,
  CertificateOptions,
  CommonCertificateOptions,
  GeneralCertificateOptions,
  JpkiCertificateOptions,
  JpkiEnvironment,
  JpkiProfile,
  KeyUsage,
} from "./certificate-options.js";
export type {
  CertificateDescription,
  CertificateFindings,
  CertificateWarning,
  PathCertificate,
  PathNotChecked,
  VerifiedCertificate,
  VerifiedProfile,
} from "./certificate-result.js";
export {
  type DigestDocumentOptions,
  type DigestedDocument,
  type DocumentHash,
  type DocumentSource,
  digestDocument,
} from "./digest-document.js";
export { isDocumentName } from "./document-name.js";
export {
  type CertificateErrorCode,
  HonninError,
  type HonninErrorCode,
  type HonninErrorDetails,
} from "./error.js";
export {
  type InspectedField,
  type InspectedKind,
  type Inspection,
  type InspectOptions,
  inspect,
} from "./inspect.js";
export type { JwkSet, KeySource } from "./key-source.js";
export type { Bytes, DerOrPem } from "./parts.js";
export {
  type Holder,
  type HolderBirthDate,
  type HolderEntry,
  type HolderGender,
  type HolderText,
  type HolderWarning,
  type ReadHolderOptions,
  readHolder,
} from "./read-holder.js";
export {
  type KeySetCache,
  type KeySetCacheEntry,
  type RemoteKeysOptions,
  remoteKeys,
} from "./remote-keys.js";
export type { Report, Step, StepStatus } from "./report.js";
export type {
  Revocation,
  RevocationEvidence,
  RevocationOptions,
  RevocationReason,
  RevocationRequest,
} from "./revocation.js";
export { type CreateSignedPackageOptions, createSignedPackage } from "./signed-package/create.js";
export { type ReadSignedPackageOptions, readSignedPackage } from "./signed-package/read.js";
export type {
  DocumentReference,
  PackageCertificateOptions,
  PackageClaims,
  PackageScheme,
  SignedPackage,
} from "./signed-package/types.js";
export {
  type PackageTimestamp,
  type VerifiedSignedPackage,
  type VerifySignedPackageOptions,
  verifySignedPackage,
} from "./signed-package/verify.js";
export { verifyCertificate } from "./verify-certificate.js";
export {
  type Algorithm,
  type IdTokenClaims,
  type JwsHeader,
  type VerifiedIdToken,
  type VerifyIdTokenOptions,
  verifyIdToken,
} from "./verify-id-token.js";
export {
  type PublicJwk,
  type SignatureScheme,
  type VerifiedBareSignature,
  type VerifiedSignature,
  type VerifySignatureByCertificate,
  type VerifySignatureByKey,
  type VerifySignatureByPath,
  type VerifySignatureOptions,
  verifySignature,
} from "./verify-signature.js";
export {
  SignedDataError,
  type VerifiedSignedData,
  type VerifiedSigner,
  type VerifySignedDataOptions,
  verifySignedData,
} from "./verify-signed-data.js";
export { type InitInput, init, initSync } from "./wasm/instance.js";
