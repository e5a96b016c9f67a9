import type { CertificateErrorCode, HonninErrorCode } from "honnin";

/** What a person can do about an error; each group has one title and one list of steps. */
export const errorGroupNames = [
  "cancelled",
  "browser",
  "expired",
  "again",
  "consent",
  "refused",
  "unverified",
  "unavailable",
  "address",
  "site",
] as const;
export type ErrorGroup = (typeof errorGroupNames)[number];

/** A code that a login can end in. */
export type LoginErrorCode = Exclude<HonninErrorCode, CertificateErrorCode>;

/** Every code that a login can end in has its group; the compiler holds the table complete. */
export const errorGroups: Readonly<Record<LoginErrorCode, ErrorGroup>> = {
  "login-cancelled": "cancelled",
  "login-cookie-missing": "browser",
  "login-expired": "expired",

  "login-cookie-invalid": "again",
  "state-mismatch": "again",
  "authorization-response-malformed": "again",

  "scope-not-granted": "consent",

  "authorization-refused": "refused",
  "token-request-refused": "refused",
  "user-info-refused": "refused",

  "issuer-mismatch": "unverified",
  "subject-mismatch": "unverified",
  "token-malformed": "unverified",
  "token-too-large": "unverified",
  "json-malformed": "unverified",
  "json-duplicate-member": "unverified",
  "critical-header-unsupported": "unverified",
  "algorithm-not-allowed": "unverified",
  "algorithm-unsupported": "unverified",
  "key-set-malformed": "unverified",
  "key-set-contains-secret": "unverified",
  "key-not-found": "unverified",
  "key-ambiguous": "unverified",
  "key-unsuitable": "unverified",
  "key-malformed": "unverified",
  "key-size-unsupported": "unverified",
  "signature-mismatch": "unverified",
  "claim-missing": "unverified",
  "claim-malformed": "unverified",
  "audience-mismatch": "unverified",
  "authorized-party-mismatch": "unverified",
  "token-expired": "unverified",
  "token-not-yet-valid": "unverified",
  "token-issued-in-future": "unverified",
  "token-too-old": "unverified",
  "nonce-mismatch": "unverified",
  "access-token-hash-mismatch": "unverified",
  "authentication-too-old": "unverified",
  "acr-mismatch": "unverified",

  "keys-unreachable": "unavailable",
  "endpoint-unreachable": "unavailable",
  "endpoint-timeout": "unavailable",
  "response-too-large": "unavailable",
  "response-malformed": "unavailable",

  "return-address-refused": "address",
  "method-not-allowed": "address",
  "cross-site-request-refused": "address",
  "route-not-found": "address",

  "options-invalid": "site",
  "request-invalid": "site",
  "client-key-invalid": "site",
  "webassembly-unavailable": "site",
  "wasm-unreachable": "site",
  "internal-error": "site",
};

/** The code that the page speaks of. None about certificates can end a login: one that did is the site's own mistake. */
export function asLoginErrorCode(code: HonninErrorCode): LoginErrorCode {
  return Object.hasOwn(errorGroups, code) ? (code as LoginErrorCode) : "internal-error";
}
