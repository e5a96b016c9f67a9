// The lists of all codes. Separate from `error.ts`, because only few parts need more than their types.

/** Codes of the verifier for ID tokens, keys and bare signatures. Together with `certificateCodes`, they are `Code` of the Rust crate. */
export const tokenCodes = [
  "options-invalid",
  "token-malformed",
  "token-too-large",
  "json-malformed",
  "json-duplicate-member",
  "critical-header-unsupported",
  "algorithm-not-allowed",
  "algorithm-unsupported",
  "key-set-malformed",
  "key-set-contains-secret",
  "key-not-found",
  "key-ambiguous",
  "key-unsuitable",
  "key-malformed",
  "key-size-unsupported",
  "signature-mismatch",
  "claim-missing",
  "claim-malformed",
  "issuer-mismatch",
  "audience-mismatch",
  "authorized-party-mismatch",
  "token-expired",
  "token-not-yet-valid",
  "token-issued-in-future",
  "token-too-old",
  "nonce-mismatch",
  "access-token-hash-mismatch",
  "authentication-too-old",
  "acr-mismatch",
] as const;

/** Codes of the verifier for certificates, revocation, CMS, PDF, the card and signed packages. A login never ends with one of them. */
export const certificateCodes = [
  "certificate-malformed",
  "certificate-expired",
  "certificate-not-yet-valid",
  "certificate-signature-mismatch",
  "issuer-not-found",
  "basic-constraints-violated",
  "path-length-exceeded",
  "key-usage-missing",
  "extended-key-usage-missing",
  "name-constraints-violated",
  "policy-not-acceptable",
  "policy-mapping-invalid",
  "policy-budget-exhausted",
  "extension-unsupported",
  "path-budget-exhausted",
  "certificate-revoked",
  "revocation-unknown",
  "crl-malformed",
  "crl-expired",
  "crl-not-yet-valid",
  "crl-signature-mismatch",
  "crl-issuer-not-found",
  "crl-extension-unsupported",
  "crl-scope-mismatch",
  "ocsp-malformed",
  "ocsp-unsuccessful",
  "ocsp-certificate-mismatch",
  "ocsp-expired",
  "ocsp-not-yet-valid",
  "ocsp-nonce-mismatch",
  "ocsp-responder-unauthorized",
  "ocsp-signature-mismatch",
  "cms-malformed",
  "cms-type-unsupported",
  "cms-limit-exceeded",
  "signer-missing",
  "signer-certificate-not-found",
  "signer-certificate-ambiguous",
  "content-missing",
  "content-mismatch",
  "content-ambiguous",
  "signed-attributes-not-der",
  "signed-attribute-missing",
  "signed-attribute-duplicate",
  "signed-attribute-malformed",
  "signing-certificate-mismatch",
  "content-type-mismatch",
  "message-digest-mismatch",
  "algorithm-inconsistent",
  "pdf-malformed",
  "pdf-coverage-incomplete",
  "policy-unsupported",
  "hierarchy-mismatch",
  "environment-mismatch",
  "profile-mismatch",
  "anchor-missing",
  "holder-missing",
  "holder-malformed",
  "holder-duplicate-entry",
  "format-unknown",
  "input-too-large",
  "package-malformed",
  "package-version-unsupported",
  "document-mismatch",
  "evidence-time-mismatch",
  "evidence-in-future",
  "timestamp-malformed",
  "timestamp-mismatch",
  "timestamp-in-future",
] as const;

/** Codes of the verifier itself. */
export const verifierCodes = [...tokenCodes, ...certificateCodes] as const;

/** Codes for loading the WebAssembly module, and for reading a document that is not in memory. */
export const runtimeCodes = [
  "webassembly-unavailable",
  "wasm-unreachable",
  "document-unreadable",
  "internal-error",
] as const;

/** Codes for network requests. */
export const networkCodes = [
  "keys-unreachable",
  "endpoint-unreachable",
  "endpoint-unavailable",
  "endpoint-timeout",
  "response-too-large",
  "response-malformed",
] as const;

/** Codes of the authorization request and response. */
export const launchCodes = [
  "request-invalid",
  "authorization-response-malformed",
  "state-mismatch",
  "login-denied",
  "authorization-unavailable",
  "authorization-lapsed",
  "authorization-refused",
] as const;

/** Codes of the relying party's handler and of its functions. */
export const relyingPartyCodes = [
  "client-key-invalid",
  "client-signer-failed",
  "emulator-refused",
  "navigation-required",
  "login-cookie-missing",
  "login-host-mismatch",
  "login-cookie-invalid",
  "login-expired",
  "authorization-code-spent",
  "store-full",
  "store-unreachable",
  "token-request-refused",
  "user-info-refused",
  "subject-mismatch",
  "scope-not-granted",
  "decryption-key-invalid",
  "document-invalid",
  "signature-start-refused",
  "signature-quota-exceeded",
  "signature-denied",
  "signature-pin-locked",
  "signature-not-found",
  "signature-transaction-refused",
  "signature-transaction-expired",
  "signature-transaction-used",
  "signature-user-mismatch",
  "signature-result-pending",
  "signature-result-refused",
  "signature-result-malformed",
  "signature-result-undecryptable",
  "handoff-request-invalid",
  "handoff-not-found",
  "handoff-lapsed",
  "handoff-cancelled",
  "handoff-number-wrong",
  "handoff-tries-exhausted",
  "handoff-other-browser",
  "handoff-state",
  "handoff-quota-exceeded",
  "return-address-refused",
  "method-not-allowed",
  "cross-site-request-refused",
  "route-not-found",
] as const;

/** A code for certificates, revocation, CMS, PDF, the card or signed packages. */
export type CertificateErrorCode = (typeof certificateCodes)[number];

/** All codes, so that the compiler can check `switch (error.code)`. */
export type HonninErrorCode =
  | (typeof verifierCodes)[number]
  | (typeof runtimeCodes)[number]
  | (typeof networkCodes)[number]
  | (typeof launchCodes)[number]
  | (typeof relyingPartyCodes)[number];

/** Whether the error may go away later, with other revocation evidence or more room for it. */
export function isAboutEvidence(code: HonninErrorCode): boolean {
  return code === "revocation-unknown" || code === "input-too-large" || /^(crl|ocsp|evidence)-/.test(code);
}
