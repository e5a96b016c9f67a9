/** The pages of the demo's site, as functions from data to HTML. */
export {
  type AssetPaths,
  type BasicItemName,
  basicItemNames,
  type Language,
  type LoginResult,
  type PageContext,
  type ServiceKind,
} from "./data.ts";
export { errorPage, plainPage } from "./error-page.ts";
export { type Device, homePage } from "./home.ts";
export { scopeParameter } from "./login-form.ts";
export { authPaths, languageOfPath, type PageName, pageAt, paths } from "./paths.ts";
export { noResultPage, resultPage } from "./result.ts";
