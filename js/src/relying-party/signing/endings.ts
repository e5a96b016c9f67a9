import type { HonninErrorCode } from "../../error.js";
import { certificateCodes, isAboutEvidence } from "../../error-codes.js";

/** The current step of a signature. `hook` is the site's own code, which may throw anything. */
export type Phase = "authorizing" | "fetching" | "opening" | "hook";

/** Codes after which the service returns nothing more for this transaction, or the site must not use it. */
const transactionEnds: readonly HonninErrorCode[] = [
  "signature-transaction-expired",
  "signature-transaction-used",
  "signature-user-mismatch",
  "signature-pin-locked",
];

/** Codes after which a fetched result can never be used. */
const resultEnds: readonly HonninErrorCode[] = [
  "signature-result-malformed",
  "algorithm-not-allowed",
  "algorithm-unsupported",
  "critical-header-unsupported",
  "signature-mismatch",
  "subject-mismatch",
  "key-unsuitable",
  "key-malformed",
  "key-size-unsupported",
];

const certificates: readonly HonninErrorCode[] = certificateCodes;

/** Mistakes in the site's trust anchors: one of a newer generation is missing, or one belongs to other cards. */
const settings: readonly HonninErrorCode[] = ["anchor-missing", "issuer-not-found", "environment-mismatch"];

/** Mistakes of this site, in its settings or in the package that it creates. The signature may be valid. */
function isOurs(code: HonninErrorCode): boolean {
  return settings.includes(code) || /^package-|-budget-exhausted$/.test(code);
}

/** Whether an error ends the signature permanently. After any other error, the user can resume it. */
export function endsSignature(phase: Phase, code: HonninErrorCode): boolean {
  switch (phase) {
    case "opening":
      return (
        resultEnds.includes(code) || (certificates.includes(code) && !isAboutEvidence(code) && !isOurs(code))
      );
    case "hook":
      return transactionEnds.includes(code);
    default:
      // "used" means that this request was too late. Another request may have the result at this moment, and need the record.
      if (code === "signature-transaction-used") return false;
      // Until the result is available, other codes concern the ID token, and another authorization may return a valid one.
      return (
        transactionEnds.includes(code) || (phase === "fetching" && code === "signature-result-malformed")
      );
  }
}
