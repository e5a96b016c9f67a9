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
export { type ExchangeCodeOptions, exchangeCode, type LoginTokens } from "./exchange-code.js";
export type { ErrorAnswer, Json, Login, LoginOutcome, OnError, OnLogin, OnLogout } from "./hooks.js";
export type { Language } from "./language.js";
export type { Paths, RelyingPartyOptions, ScopeChoice } from "./options.js";
export { type RefreshTokensOptions, refreshTokens } from "./refresh-tokens.js";
export { type RelyingParty, relyingParty } from "./relying-party.js";
export type { TokenRequestOptions, Tokens } from "./token-request.js";
export { fetchUserInfo, type UserInfo, type UserInfoOptions } from "./user-info.js";
