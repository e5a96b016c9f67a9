/** The pages of the demo's site, as functions from data to HTML. */
export {
  type AssetPaths,
  type BasicItemName,
  basicItemNames,
  type DigestFacts,
  type DocumentFacts,
  type EvidenceFacts,
  type Holder,
  type Language,
  type LoginResult,
  type PageContext,
  type ServiceKind,
  type SignatureFacts,
  type SigningResult,
} from "./data.ts";
export { errorPage, type Interrupted, plainPage } from "./error-page.ts";
export { type Device, homePage, type Visit } from "./home.ts";
export { scopeParameter } from "./login-form.ts";
export { loggedOutParameter } from "./logout-form.ts";
export { authPaths, isAuthPath, languageOfPath, type PageName, pageAt, paths } from "./paths.ts";
export { noResultPage, resultPage } from "./result.ts";
export { chosenMethod, type Method } from "./signing/methods.ts";
export { sampleId, signNotSetUpPage, signPage } from "./signing/page.ts";
export { holderParameter, noSigningPage, signResultPage } from "./signing/result.ts";
export { type Trust, trustOptions } from "./trust.ts";
export { verifyNotSetUpPage, verifyPage } from "./verification/page.ts";
