/**
 * `honnin/launch`: the authorization request and response, the choice of launch, the QR code.
 * Contains no WebAssembly, so that the button works under Lockdown Mode and a strict Content Security Policy.
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
export { type Environment, emulatorAt, environmentAt, environments } from "./environments.js";
export { type QrOptions, qrSvg } from "./qr.js";
