import { certificateCodes, type HonninErrorCode } from "../../error.js";

/** What is being done about a signature. */
export type Phase = "authorizing" | "fetching" | "concluding";

/** Codes after which the service has nothing more to give for this transaction. */
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

/** Other evidence of revocation, or more room for it, may be had later. */
export function isAboutEvidence(code: HonninErrorCode): boolean {
  return code === "revocation-unknown" || code === "input-too-large" || /^(crl|ocsp)-/.test(code);
}

const certificates: readonly HonninErrorCode[] = certificateCodes;

/** Whether an error ends the signature for good; after any other, the user can go on with it. */
export function endsSignature(phase: Phase, code: HonninErrorCode): boolean {
  if (transactionEnds.includes(code)) return true;
  // Before the result is there, the other codes are about the ID token, and another authorization may bring a good one.
  if (phase === "authorizing") return false;
  if (phase === "fetching") return code === "signature-result-malformed";
  return resultEnds.includes(code) || (certificates.includes(code) && !isAboutEvidence(code));
}
