/**
 * How a signature was made. `rsa-pkcs1-bare` is what a card makes of an unprefixed SHA-256 digest: PKCS#1 v1.5 padding
 * without DigestInfo. `rsa-pkcs1-sha1` is broken: to read old signatures only. PSS has MGF1 with the same hash and a salt of
 * its length.
 */
export type SignatureScheme =
  | "rsa-pkcs1-sha1"
  | "rsa-pkcs1-sha256"
  | "rsa-pkcs1-sha384"
  | "rsa-pkcs1-sha512"
  | "rsa-pkcs1-bare"
  | "rsa-pss-sha256"
  | "rsa-pss-sha384"
  | "rsa-pss-sha512"
  | "ecdsa-p256-sha256"
  | "ecdsa-p384-sha384";

/** The schemes that a card signs with: what it does today, and what the next card does. */
export type SigningScheme = Extract<
  SignatureScheme,
  "rsa-pkcs1-sha256" | "rsa-pkcs1-bare" | "ecdsa-p384-sha384"
>;
