import { certificateCodes, type HonninErrorCode, isAboutEvidence } from "../../error.js";

/** What is being done about a signature; `hook` is code of the site's own, which may throw anything. */
export type Phase = "authorizing" | "fetching" | "opening" | "hook";

/** Codes after which the service has nothing more to give for this transaction, or the site wants nothing of it. */
const transactionEnds: readonly HonninErrorCode[] = [
  "signature-transaction-expired",
  "signature-transaction-used",
  "signature-user-mismatch",
  "signature-pin-locked",
];

/** Codes by which a result that was fetched is worth nothing, now and later. */
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

/** What a site gets wrong in its trust: a root of a newer generation is missing, or it is that of another environment. */
const settings: readonly HonninErrorCode[] = ["anchor-missing", "issuer-not-found", "environment-mismatch"];

/** Mistakes of this side, in its settings or in the package it makes: the signature may be good. */
function isOurs(code: HonninErrorCode): boolean {
  return settings.includes(code) || /^package-|-budget-exhausted$/.test(code);
}

/** Whether an error ends the signature for good; after any other, the user can go on with it. */
export function endsSignature(phase: Phase, code: HonninErrorCode): boolean {
  switch (phase) {
    case "opening":
      return (
        resultEnds.includes(code) || (certificates.includes(code) && !isAboutEvidence(code) && !isOurs(code))
      );
    case "hook":
      return transactionEnds.includes(code);
    default:
      // Whoever is told "used" came too late: another request may hold the result at this moment, and need the record for it.
      if (code === "signature-transaction-used") return false;
      // Other codes are about the ID token until the result is there, and another authorization may bring a good one.
      return (
        transactionEnds.includes(code) || (phase === "fetching" && code === "signature-result-malformed")
      );
  }
}
