/**
 * `honnin/relying-party`: the relying party's server side as one `fetch(request)` handler, and the functions it is built from.
 * It uses Web APIs only and runs in Node, workerd and Deno.
 *
 * @packageDocumentation
 */
export type {
  Algorithm,
  AnchorConstraints,
  Bytes,
  CertificateDescription,
  CertificateFindings,
  CertificateLimits,
  CertificateOptions,
  CertificateWarning,
  CommonCertificateOptions,
  DerOrPem,
  DocumentSource,
  EvidenceRequest,
  GeneralCertificateOptions,
  IdTokenClaims,
  JpkiCards,
  JpkiCertificateOptions,
  JpkiProfile,
  JwkSet,
  KeySource,
  KeyUsage,
  PathCertificate,
  Revocation,
  RevocationEvidence,
  RevocationOptions,
  RevocationReason,
  SignatureFindings,
  SignatureScheme,
  SigningScheme,
  VerifiedProfile,
  VerifiedSignature,
} from "honnin";
export type { BoundedFetchOptions, Fetch } from "../bounded-fetch.js";
export { HonninError, type HonninErrorCode, type HonninErrorDetails } from "../error.js";
export type { Scope } from "../launch/authorization-request.js";
export type { Environment } from "../launch/environments.js";
export type { Report, Step, StepStatus } from "../report.js";
export type { Now, Time } from "../time.js";
export type { OnEvent, RelyingPartyEvent, RequestEvent, ServiceEvent } from "./events.js";
export type { RelyingParty, RequestContext } from "./handler.js";
export type {
  ClientOf,
  ErrorAnswer,
  IsRevoked,
  Json,
  Login,
  LoginOutcome,
  OnError,
  OnLogin,
  OnLogout,
  Session,
} from "./hooks.js";
export { type Cookie, readCookies } from "./http/cookies.js";
export type { Language } from "./http/language.js";
export type { Paths } from "./http/site.js";
export type {
  ClientAssertionAudience,
  HandoffClientLimits,
  HandoffOptions,
  LoginPartyOptions,
  RelyingPartyOptions,
  ScopeChoice,
} from "./options/options.js";
export { relyingParty } from "./relying-party.js";
export { relyingPartyForLogins } from "./relying-party-for-logins.js";
export {
  type Address,
  type AddressObject,
  type BasicItemScope,
  type BasicItems,
  type Birthdate,
  type Gender,
  type PartialDate,
  readBasicItems,
} from "./service/basic-items.js";
export type { ClientKeyAlgorithm } from "./service/client-algorithms.js";
export { type ClientAssertionOptions, clientAssertion } from "./service/client-assertion.js";
export {
  type ClientCredentialsOptions,
  requestClientCredentialsToken,
} from "./service/client-credentials.js";
export type { ClientKeyChoice, ClientOptions, PrivateJwk } from "./service/client-key.js";
export { clientKeySet } from "./service/client-key-set.js";
export type { ClientSigner, PublicJwk } from "./service/client-signer.js";
export { type ExchangeCodeOptions, exchangeCode, type LoginTokens } from "./service/exchange-code.js";
export { type RefreshTokensOptions, refreshTokens } from "./service/refresh-tokens.js";
export type { TokenRequestOptions, Tokens } from "./service/token-request.js";
export { fetchUserInfo, type UserInfo, type UserInfoOptions } from "./service/user-info.js";
export type { ContentEncryption, DecryptionAlgorithm } from "./signature-api/algorithms.js";
export type { SignedDocument } from "./signature-api/document.js";
export type { FetchSignatureResultOptions } from "./signature-api/fetch-result.js";
export {
  fetchSignatureResult,
  openSignatureResult,
  startSignature,
  verifySignatureResult,
} from "./signature-api/functions.js";
export type { SigningHash, SigningMethod } from "./signature-api/method.js";
export type { SigningErrorNames, SigningNames, SigningNamesChoice } from "./signature-api/names.js";
export type { OpenSignatureResultOptions } from "./signature-api/open-result.js";
export type { ReadPayload, SignatureResult } from "./signature-api/payload.js";
export type { RetryOptions } from "./signature-api/retries.js";
export type { ServerDocument } from "./signature-api/server-document.js";
export type { StartSignatureOptions } from "./signature-api/start-signature.js";
export type { SignatureTransaction } from "./signature-api/transaction.js";
export type { VerifiedSignatureResult, VerifySignatureResultOptions } from "./signature-api/verify-result.js";
export type {
  DocumentOfSignature,
  Forward,
  MayStart,
  OnSigned,
  OpenOptions,
  SealedResult,
  SignatureStart,
  SignerCertificateOptions,
  Signing,
  SigningLimits,
  SigningOptions,
  SigningOutcome,
} from "./signing-hooks.js";
export { type MemoryStoreOptions, memoryStore } from "./storage/memory-store.js";
export type { Store } from "./storage/store.js";
