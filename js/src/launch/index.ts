/**
 * `honnin/launch`: the authorization request and response, the choice of launch, the QR code.
 * It contains no WebAssembly, so the button works in Lockdown Mode and with a strict Content Security Policy.
 *
 * @packageDocumentation
 */
export { HonninError, type HonninErrorCode, type HonninErrorDetails } from "../error.js";
export type { Report, Step, StepStatus } from "../report.js";
export {
  type AuthorizationRequest,
  type AuthorizationRequestOptions,
  createAuthorizationRequest,
  type Scope,
} from "./authorization-request.js";
export {
  type AuthorizationResponseExpectation,
  readAuthorizationResponse,
} from "./authorization-response.js";
export { chooseLaunch, type Launch, type LaunchHints } from "./choose-launch.js";
export { detectInAppBrowser, type InAppBrowser } from "./detect-in-app-browser.js";
export { type Environment, emulatorAt, environmentAt, environments } from "./environments.js";
export { type QrOptions, qrSvg } from "./qr.js";
