/**
 * A signature scheme. `rsa-pkcs1-bare` is what a card creates from a bare SHA-256 digest: PKCS #1 v1.5 padding without DigestInfo.
 * `rsa-pkcs1-sha1` is broken: use it for old signatures only. PSS uses MGF1 with the same hash algorithm, and a salt of the length of
 * the digest.
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

/** The signature schemes of cards: of current cards, and of next-generation cards (ECDSA). */
export type SigningScheme = Extract<
  SignatureScheme,
  "rsa-pkcs1-sha256" | "rsa-pkcs1-bare" | "ecdsa-p384-sha384"
>;
