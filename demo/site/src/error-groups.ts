import type { CertificateErrorCode, HonninErrorCode } from "honnin";

/** What the user was doing. The same code needs a different text for each purpose. */
export type Purpose = "login" | "signing" | "verification";

/** Codes that occur only when signing, or when reading a document. */
export type SigningErrorCode =
  | Extract<HonninErrorCode, `signature-${string}`>
  | "document-invalid"
  | "document-unreadable";

/** A code that a login can end with. */
export type LoginErrorCode = Exclude<
  HonninErrorCode,
  CertificateErrorCode | Exclude<SigningErrorCode, "signature-mismatch">
>;

/** Groups of errors by remedy. Each group has one title and one list of steps. */
export const errorGroupNames = [
  "denied",
  "browser",
  "expired",
  "again",
  "consent",
  "refused",
  "unverified",
  "unavailable",
  "later",
  "spent",
  "address",
  "site",
] as const;
export type ErrorGroup = (typeof errorGroupNames)[number];

/** The group of every code that a login can end with. The compiler checks that none is missing. */
export const errorGroups: Readonly<Record<LoginErrorCode, ErrorGroup>> = {
  "login-denied": "denied",
  "login-cookie-missing": "browser",
  "handoff-request-invalid": "again",
  "handoff-not-found": "again",
  "handoff-lapsed": "expired",
  "handoff-cancelled": "denied",
  "handoff-number-wrong": "again",
  "handoff-tries-exhausted": "again",
  "handoff-other-browser": "browser",
  "handoff-state": "again",
  "handoff-quota-exceeded": "later",
  "login-expired": "expired",

  "login-cookie-invalid": "again",
  "state-mismatch": "again",
  "authorization-lapsed": "again",
  "login-host-mismatch": "again",
  "authorization-code-spent": "spent",
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
  "endpoint-unavailable": "later",
  "authorization-unavailable": "later",
  "response-too-large": "unavailable",
  "response-malformed": "unavailable",

  "return-address-refused": "address",
  "method-not-allowed": "address",
  "navigation-required": "address",
  "cross-site-request-refused": "address",
  "route-not-found": "address",

  "options-invalid": "site",
  "request-invalid": "site",
  "client-key-invalid": "site",
  "emulator-refused": "site",
  "store-full": "site",
  "store-unreachable": "site",
  "client-signer-failed": "site",
  "decryption-key-invalid": "site",
  "webassembly-unavailable": "site",
  "wasm-unreachable": "site",
  "internal-error": "site",
};

/** An error in a certificate, its revocation evidence or a package. */
type Finding =
  | "revoked"
  | "policy"
  | "revocation"
  | "certificate"
  | "package"
  | "document"
  | "altered"
  | "time";

const findings: Readonly<Record<CertificateErrorCode, Finding>> = {
  "certificate-revoked": "revoked",

  "policy-unsupported": "policy",
  "policy-not-acceptable": "policy",
  "policy-mapping-invalid": "policy",

  "revocation-unknown": "revocation",
  "crl-malformed": "revocation",
  "crl-expired": "revocation",
  "crl-not-yet-valid": "revocation",
  "crl-signature-mismatch": "revocation",
  "crl-issuer-not-found": "revocation",
  "crl-extension-unsupported": "revocation",
  "crl-scope-mismatch": "revocation",
  "ocsp-malformed": "revocation",
  "ocsp-unsuccessful": "revocation",
  "ocsp-certificate-mismatch": "revocation",
  "ocsp-expired": "revocation",
  "ocsp-not-yet-valid": "revocation",
  "ocsp-nonce-mismatch": "revocation",
  "ocsp-responder-unauthorized": "revocation",
  "ocsp-signature-mismatch": "revocation",

  "certificate-malformed": "certificate",
  "certificate-expired": "certificate",
  "certificate-not-yet-valid": "certificate",
  "certificate-signature-mismatch": "certificate",
  "issuer-not-found": "certificate",
  "basic-constraints-violated": "certificate",
  "path-length-exceeded": "certificate",
  "key-usage-missing": "certificate",
  "extended-key-usage-missing": "certificate",
  "name-constraints-violated": "certificate",
  "policy-budget-exhausted": "certificate",
  "extension-unsupported": "certificate",
  "path-budget-exhausted": "certificate",
  "hierarchy-mismatch": "certificate",
  "environment-mismatch": "certificate",
  "profile-mismatch": "certificate",
  "anchor-missing": "certificate",
  "holder-missing": "certificate",
  "holder-malformed": "certificate",
  "holder-duplicate-entry": "certificate",

  "document-mismatch": "document",

  "package-malformed": "package",
  "package-version-unsupported": "package",
  "input-too-large": "package",
  "format-unknown": "package",
  "cms-malformed": "package",
  "cms-type-unsupported": "package",
  "cms-limit-exceeded": "package",
  "signer-missing": "package",
  "signer-certificate-not-found": "package",
  "signer-certificate-ambiguous": "package",
  "content-missing": "package",
  "content-ambiguous": "package",
  "signed-attributes-not-der": "package",
  "signed-attribute-missing": "package",
  "signed-attribute-duplicate": "package",
  "signed-attribute-malformed": "package",
  "signing-certificate-mismatch": "package",
  "content-type-mismatch": "package",
  "algorithm-inconsistent": "package",
  "pdf-malformed": "package",
  "timestamp-malformed": "package",

  "content-mismatch": "altered",
  "message-digest-mismatch": "altered",
  "pdf-coverage-incomplete": "altered",
  "evidence-time-mismatch": "altered",
  "timestamp-mismatch": "altered",

  "evidence-in-future": "time",
  "timestamp-in-future": "time",
};

export const signingGroupNames = [
  ...errorGroupNames,
  "pinLocked",
  "otherUser",
  "pending",
  "used",
  "document",
  "unreadable",
  "nothing",
  "revoked",
  "policy",
  "revocation",
  "certificate",
  "certificateExpired",
  "method",
] as const;
export type SigningGroup = (typeof signingGroupNames)[number];

const signingOnly: Readonly<Record<Exclude<SigningErrorCode, "signature-mismatch">, SigningGroup>> = {
  "document-invalid": "document",
  "document-unreadable": "unreadable",
  "signature-denied": "denied",
  "signature-start-refused": "address",
  "signature-quota-exceeded": "later",
  "signature-pin-locked": "pinLocked",
  "signature-not-found": "nothing",
  "signature-transaction-refused": "refused",
  "signature-transaction-expired": "expired",
  "signature-transaction-used": "used",
  "signature-user-mismatch": "otherUser",
  "signature-result-pending": "pending",
  "signature-result-refused": "refused",
  "signature-result-malformed": "unverified",
  "signature-result-undecryptable": "unverified",
};

export const verificationGroupNames = [
  "altered",
  "document",
  "package",
  "revoked",
  "policy",
  "revocation",
  "certificate",
  "time",
  "unreadable",
  "browser",
  "site",
] as const;
export type VerificationGroup = (typeof verificationGroupNames)[number];

const verifierCodes: Partial<Record<HonninErrorCode, VerificationGroup>> = {
  "signature-mismatch": "altered",
  "json-malformed": "package",
  "json-duplicate-member": "package",
  "algorithm-unsupported": "package",
  "key-unsuitable": "certificate",
  "key-malformed": "certificate",
  "key-size-unsupported": "certificate",
  "document-unreadable": "unreadable",
  "webassembly-unavailable": "browser",
  "wasm-unreachable": "browser",
};

const isFinding = (code: HonninErrorCode): code is CertificateErrorCode => Object.hasOwn(findings, code);

/** The group of a code for a user who signs. */
export function signingGroup(code: HonninErrorCode): SigningGroup {
  if (code === "key-unsuitable") return "method";
  if (code === "certificate-expired") return "certificateExpired";
  if (Object.hasOwn(signingOnly, code)) return signingOnly[code as keyof typeof signingOnly];
  if (!isFinding(code)) return errorGroups[asLoginErrorCode(code)];
  const finding = findings[code];
  if (finding === "package" || finding === "altered" || finding === "document" || finding === "time")
    return "unverified";
  return finding;
}

/** The group of a code for a user who verifies. */
export function verificationGroup(code: HonninErrorCode): VerificationGroup {
  if (isFinding(code)) return findings[code];
  return (Object.hasOwn(verifierCodes, code) ? verifierCodes[code] : undefined) ?? "site";
}

/** Every code, in no particular order. */
export const allCodes = [
  ...Object.keys(errorGroups),
  ...Object.keys(findings),
  ...Object.keys(signingOnly),
] as readonly HonninErrorCode[];

/** The code for the page of a login. Codes for certificates or signing cannot occur there, so they are mistakes of the site. */
export function asLoginErrorCode(code: HonninErrorCode): LoginErrorCode {
  return Object.hasOwn(errorGroups, code) ? (code as LoginErrorCode) : "internal-error";
}
