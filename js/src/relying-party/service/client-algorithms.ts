/** Algorithms for `private_key_jwt`. RS256 is proven to work with the service. */
export type ClientKeyAlgorithm = "RS256" | "PS256" | "ES256";

/** The parameters of each algorithm, to import a key and to sign (RFC 7518 §3.1). */
export const keyParameters = {
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  PS256: { name: "RSA-PSS", hash: "SHA-256", saltLength: 32 },
  ES256: { name: "ECDSA", hash: "SHA-256", namedCurve: "P-256" },
} as const satisfies Readonly<Record<ClientKeyAlgorithm, object>>;
