/** The steps that the verification of an ID token reports, in its order. */
export const checkIds = [
  "size",
  "compact-form",
  "header",
  "critical-header",
  "type",
  "algorithm",
  "key-set",
  "key",
  "signature",
  "claims",
  "issuer",
  "audience",
  "authorized-party",
  "subject",
  "expiration",
  "not-before",
  "issued-at",
  "token-age",
  "nonce",
  "access-token-hash",
  "authentication-context",
  "authentication-time",
] as const;
export type CheckId = (typeof checkIds)[number];

export function isCheckId(id: string): id is CheckId {
  return (checkIds as readonly string[]).includes(id);
}
