import type { CertificateErrorCode, HonninError, HonninErrorCode } from "../../error.js";
import { certificateCodes, isAboutEvidence } from "../../error-codes.js";
import type { Flow } from "../http/exchange.js";

/** Kinds whose text depends on what the user was doing: a login or a signature. */
export type SharedKind =
  | "cookie-missing"
  | "expired"
  | "start-again"
  | "return-address"
  | "not-allowed"
  | "cross-site"
  | "not-navigated"
  | "other-host"
  | "lapsed"
  | "spent"
  | "not-granted"
  | "refused"
  | "unverified"
  | "unreachable"
  | "busy"
  | "unintelligible"
  | "site-busy";

/** Kinds that occur only with a signature. */
export type SigningKind =
  | "start-refused"
  | "too-many"
  | "signing-denied"
  | "pin-locked"
  | "transaction-expired"
  | "transaction-used"
  | "other-user"
  | "result-pending"
  | "revoked"
  | "unknown-policy"
  | "evidence"
  | "document"
  | "nothing-to-resume";

/** Kinds that occur only with a handoff, on either of its two devices. */
export type HandoffKind =
  | "handoff-gone"
  | "handoff-stopped"
  | "handoff-number"
  | "handoff-elsewhere"
  | "handoff-step"
  | "handoff-malformed"
  | "handoff-many";

/** The kind of page: who can act on the error, and how. */
export type ErrorKind = "denied" | "not-found" | "site" | SharedKind | SigningKind | HandoffKind;

type ErrorClass = readonly [kind: ErrorKind, status: number];

/** All codes that a login or a signature can end with, except those of certificates. The compiler checks that none is missing. */
const classes: Readonly<Record<Exclude<HonninErrorCode, CertificateErrorCode>, ErrorClass>> = {
  // The user can act.
  "login-denied": ["denied", 400],
  "navigation-required": ["not-navigated", 403],
  "login-cookie-missing": ["cookie-missing", 400],
  "login-host-mismatch": ["other-host", 400],
  "authorization-lapsed": ["lapsed", 400],
  "authorization-code-spent": ["spent", 400],
  "login-expired": ["expired", 400],
  "login-cookie-invalid": ["start-again", 400],
  "state-mismatch": ["start-again", 400],
  "authorization-response-malformed": ["start-again", 400],
  "return-address-refused": ["return-address", 400],
  "route-not-found": ["not-found", 404],
  "method-not-allowed": ["not-allowed", 405],
  "cross-site-request-refused": ["cross-site", 403],
  "scope-not-granted": ["not-granted", 403],
  "document-invalid": ["document", 400],
  "signature-start-refused": ["start-refused", 403],
  "signature-quota-exceeded": ["too-many", 429],
  "signature-denied": ["signing-denied", 400],
  "signature-pin-locked": ["pin-locked", 403],
  "signature-not-found": ["nothing-to-resume", 404],
  "signature-transaction-expired": ["transaction-expired", 400],
  "signature-transaction-used": ["transaction-used", 400],
  "signature-user-mismatch": ["other-user", 403],
  "signature-result-pending": ["result-pending", 503],
  "handoff-request-invalid": ["handoff-malformed", 400],
  "handoff-not-found": ["handoff-gone", 404],
  "handoff-lapsed": ["handoff-gone", 400],
  "handoff-cancelled": ["handoff-stopped", 400],
  "handoff-number-wrong": ["handoff-number", 403],
  "handoff-tries-exhausted": ["handoff-number", 403],
  "handoff-other-browser": ["handoff-elsewhere", 403],
  "handoff-state": ["handoff-step", 409],
  "handoff-quota-exceeded": ["handoff-many", 429],

  // The service refused, or its response is not valid: starting again may help; otherwise the operator must act.
  "authorization-refused": ["refused", 502],
  "token-request-refused": ["refused", 502],
  "user-info-refused": ["refused", 502],
  "signature-transaction-refused": ["refused", 502],
  "signature-result-refused": ["refused", 502],
  "signature-result-malformed": ["unverified", 502],
  "signature-result-undecryptable": ["unverified", 502],
  "issuer-mismatch": ["unverified", 502],
  "subject-mismatch": ["unverified", 502],
  "token-malformed": ["unverified", 502],
  "token-too-large": ["unverified", 502],
  "json-malformed": ["unverified", 502],
  "json-duplicate-member": ["unverified", 502],
  "critical-header-unsupported": ["unverified", 502],
  "algorithm-not-allowed": ["unverified", 502],
  "algorithm-unsupported": ["unverified", 502],
  "key-set-malformed": ["unverified", 502],
  "key-set-contains-secret": ["unverified", 502],
  "key-not-found": ["unverified", 502],
  "key-ambiguous": ["unverified", 502],
  "key-unsuitable": ["unverified", 502],
  "key-malformed": ["unverified", 502],
  "key-size-unsupported": ["unverified", 502],
  "signature-mismatch": ["unverified", 502],
  "claim-missing": ["unverified", 502],
  "claim-malformed": ["unverified", 502],
  "audience-mismatch": ["unverified", 502],
  "authorized-party-mismatch": ["unverified", 502],
  "token-expired": ["unverified", 502],
  "token-not-yet-valid": ["unverified", 502],
  "token-issued-in-future": ["unverified", 502],
  "token-too-old": ["unverified", 502],
  "nonce-mismatch": ["unverified", 502],
  "access-token-hash-mismatch": ["unverified", 502],
  "authentication-too-old": ["unverified", 502],
  "acr-mismatch": ["unverified", 502],

  // Trying later may help: the service did not respond, reported an outage, or sent a response that cannot be read.
  "keys-unreachable": ["unreachable", 502],
  "endpoint-unreachable": ["unreachable", 502],
  "endpoint-timeout": ["unreachable", 504],
  "endpoint-unavailable": ["busy", 503],
  "authorization-unavailable": ["busy", 503],
  "response-too-large": ["unintelligible", 502],
  "response-malformed": ["unintelligible", 502],
  "store-full": ["site-busy", 503],
  "store-unreachable": ["site-busy", 503],
  "client-signer-failed": ["site-busy", 503],

  // The operator must act.
  "options-invalid": ["site", 500],
  "request-invalid": ["site", 500],
  "client-key-invalid": ["site", 500],
  "emulator-refused": ["site", 500],
  "decryption-key-invalid": ["site", 500],
  "document-unreadable": ["site", 500],
  "webassembly-unavailable": ["site", 500],
  "wasm-unreachable": ["site", 500],
  "internal-error": ["site", 500],
};

/** Codes of certificates with their own page when a user signs. For the others, the page says that the signature is not valid. */
const signerClasses: Partial<Readonly<Record<CertificateErrorCode, ErrorClass>>> = {
  "certificate-revoked": ["revoked", 403],
  "policy-unsupported": ["unknown-policy", 403],
  // The handler creates the packages itself.
  "package-malformed": ["site", 500],
  "package-version-unsupported": ["site", 500],
};

const certificates: readonly HonninErrorCode[] = certificateCodes;

/**
 * The kind of page and the HTTP status for an error. In signing, codes of certificates concern the signer; in a login, they come from
 * the site's own hooks.
 */
export function classify({ code }: HonninError, flow: Flow): ErrorClass {
  const known: Partial<Record<HonninErrorCode, ErrorClass>> =
    flow === "signing" ? { ...classes, ...signerClasses } : classes;
  const found = known[code];
  if (found !== undefined) return found;
  if (flow !== "signing" || !certificates.includes(code)) return classes["internal-error"];
  return isAboutEvidence(code) ? ["evidence", 502] : ["unverified", 502];
}
