/**
 * `honnin/relying-party`: the relying party's server side as one `fetch(request)` handler, and the calls it is made of.
 * Web APIs only: runs in Node, workerd and Deno.
 */
export { HonninError, type HonninErrorCode } from "../error.js";
export type { Report, Step, StepStatus } from "../report.js";
export {
  type Address,
  type AddressObject,
  type BasicItemScope,
  type BasicItems,
  type Birthdate,
  type Gender,
  type PartialDate,
  readBasicItems,
} from "./basic-items.js";
export { type ClientAssertionOptions, clientAssertion } from "./client-assertion.js";
export { type ClientCredentialsOptions, requestClientCredentialsToken } from "./client-credentials.js";
export type { ClientKeyAlgorithm, ClientOptions, PrivateJwk } from "./client-key.js";
export { type Cookie, readCookies } from "./cookies.js";
export { type ExchangeCodeOptions, exchangeCode, type LoginTokens } from "./exchange-code.js";
export type {
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
export type { Language } from "./language.js";
export type { ClientAssertionAudience, Paths, RelyingPartyOptions, ScopeChoice } from "./options.js";
export { type RefreshTokensOptions, refreshTokens } from "./refresh-tokens.js";
export { type RelyingParty, type RequestContext, relyingParty } from "./relying-party.js";
export type { ContentEncryption, DecryptionAlgorithm } from "./signing/algorithms.js";
export type { SignedDocument } from "./signing/document.js";
export {
  type FetchSignatureResultOptions,
  fetchSignatureResult,
  type RetryOptions,
} from "./signing/fetch-result.js";
export type {
  ClientOf,
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
} from "./signing/hooks.js";
export type { SigningMethod, SigningScheme } from "./signing/method.js";
export type { SigningErrorNames, SigningNames, SigningNamesChoice } from "./signing/names.js";
export { type OpenSignatureResultOptions, openSignatureResult } from "./signing/open-result.js";
export type { ReadPayload, SignatureResult } from "./signing/payload.js";
export type { ServerDocument } from "./signing/server-document.js";
export { type StartSignatureOptions, startSignature } from "./signing/start-signature.js";
export type { SignatureTransaction } from "./signing/transaction.js";
export {
  type VerifiedSignatureResult,
  type VerifySignatureResultOptions,
  verifySignatureResult,
} from "./signing/verify-result.js";
export { type MemoryStoreOptions, memoryStore, type Store } from "./store.js";
export type { TokenRequestOptions, Tokens } from "./token-request.js";
export { fetchUserInfo, type UserInfo, type UserInfoOptions } from "./user-info.js";
