/**
 * `honnin/relying-party/diagnose`: checks the options of the relying party against the service, the clock and the store. An entry of its own, so
 * that logins do not carry its code.
 *
 * @packageDocumentation
 */
export { type DiagnoseOptions, diagnose } from "./diagnose.js";
export type { Finding, FindingCode } from "./finding.js";
