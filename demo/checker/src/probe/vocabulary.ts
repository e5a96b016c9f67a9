// Words of the protocols that a report may repeat. Everything else is described by its shape.

export const algorithms = [
  ...[
    "none",
    "HS256",
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
  ],
  ...[
    "RSA1_5",
    "RSA-OAEP",
    "RSA-OAEP-256",
    "RSA-OAEP-384",
    "RSA-OAEP-512",
    "dir",
    "A128KW",
    "A192KW",
    "A256KW",
  ],
  ...["ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW", "A128GCMKW", "A256GCMKW"],
  ...["A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512"],
];
export const tokenTypes = ["Bearer", "bearer", "DPoP"];
export const headerTypes = ["JWT", "at+jwt", "JOSE", "application/jwt", "application/json", "json"];
export const keyWords = [
  "RSA",
  "EC",
  "OKP",
  "oct",
  "sig",
  "enc",
  "P-256",
  "P-384",
  "P-521",
  "Ed25519",
  ...algorithms,
];
export const scopes = [
  ...["openid", "name", "address", "birthdate", "gender", "sign", "profile", "email", "phone"],
  ...["offline_access", "roles", "web-origins", "acr", "basic", "microprofile-jwt"],
];
export const contentTypes = [
  "application/json",
  "application/jwt",
  "application/jose",
  "text/html",
  "text/plain",
];

/** Members of the discovery document whose values describe the server (RFC 8414, OpenID Connect Discovery). */
export const serverMetadata =
  /^(issuer|[a-z_]+_endpoint|jwks_uri|[a-z_]+_supported|request_parameter_supported|require_[a-z_]+|tls_client_certificate_bound_access_tokens|service_documentation|op_policy_uri|op_tos_uri)$/;
