import type { HonninErrorCode } from "../../error.js";

/** The outcome of a check. Codes are stable; texts may improve. */
export type FindingCode =
  | "options-valid"
  | "options-refused"
  | "redirect-uri-fits"
  | "redirect-uri-elsewhere"
  | "redirect-uri-local"
  | "verifier-ready"
  | "verifier-missing"
  | "discovery-matches"
  | "discovery-differs"
  | "discovery-missing"
  | "service-unreachable"
  | "keys-usable"
  | "keys-unusable"
  | "clock-right"
  | "clock-wrong"
  | "clock-unknown"
  | "client-accepted"
  | "client-refused"
  | "client-unknown"
  | "store-works"
  | "store-fails";

/** One result of {@link diagnose}. It contains no personal data and no secrets. */
export interface Finding {
  readonly code: FindingCode;
  /** `error`: logins will fail. `warning`: they may fail, or it is unknown. `ok`: the check passed. */
  readonly level: "ok" | "warning" | "error";
  /** What was found, and what to do about it. */
  readonly message: string;
  /** The code of the error behind it, as in the list of errors. */
  readonly error?: HonninErrorCode;
}
