/**
 * `honnin/slim`: verification, leaving where the WebAssembly module comes from to {@link init} or {@link initSync}.
 * `honnin` is the same with a loader for the runtime it is imported in.
 */
export { HonninError, type HonninErrorCode, type HonninErrorDetails } from "./error.js";
export type { JwkSet, KeySource } from "./key-source.js";
export {
  type KeySetCache,
  type KeySetCacheEntry,
  type RemoteKeysOptions,
  remoteKeys,
} from "./remote-keys.js";
export type { Report, Step, StepStatus } from "./report.js";
export {
  type Algorithm,
  type IdTokenClaims,
  type JwsHeader,
  type VerifiedIdToken,
  type VerifyIdTokenOptions,
  verifyIdToken,
} from "./verify-id-token.js";
export { type InitInput, init, initSync } from "./wasm/instance.js";
