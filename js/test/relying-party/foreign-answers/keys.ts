// Answers of the JWKS endpoint.
import type { Row } from "./row.js";

const certificate = "MIIDBTCCAe2gAwIBAgIQ";

export const keyRows: readonly Row[] = [
  {
    id: "keycloak-encryption-key",
    answers: ({ key }) => ({
      keys: {
        headers: { "cache-control": "no-cache" },
        body: {
          keys: [
            { kid: "enc-1", kty: "RSA", alg: "RSA-OAEP", use: "enc", n: "xTT6GOIMi7GX", e: "AQAB" },
            { ...key, x5c: [certificate], x5t: "q-23falevZhhD3hm9CQbkP5MQyU" },
          ],
        },
      },
    }),
    outcome: { login: {} },
  },
  {
    id: "entra-keys-without-alg",
    options: { idTokenAlgorithms: ["RS256"] } as Row["options"] & object,
    idToken: { alg: "RS256" },
    answers: ({ key: { alg: _, ...key } }) => ({
      keys: {
        type: "application/json; charset=utf-8",
        body: {
          keys: [
            {
              ...key,
              x5t: "nOo3ZDrODXEK1jKWhXslHR_KXEg",
              x5c: [certificate],
              issuer: "https://login.microsoftonline.com/{tenantid}/v2.0",
            },
          ],
        },
      },
    }),
    outcome: { login: {} },
  },
  {
    id: "identityserver-keys",
    answers: ({ key }) => ({
      keys: {
        type: "application/json; charset=UTF-8",
        headers: { "cache-control": "max-age=300", vary: "Origin" },
        body: { keys: [key] },
      },
    }),
    outcome: { login: {} },
  },
  {
    id: "unparseable-keys-beside",
    answers: ({ key }) => ({
      keys: {
        type: "application/jwk-set+json",
        body: {
          keys: [
            { kty: "AKP", alg: "ML-DSA-1", kid: "pq-1", pub: "AAAA" },
            { kty: "MADE-UP", kid: "made-up-1" },
            key,
          ],
        },
      },
    }),
    outcome: { login: {} },
  },
  {
    id: "django-no-keys",
    answers: () => ({ keys: { body: { keys: [] } } }),
    outcome: { code: "response-malformed", status: 502 },
  },
  {
    id: "okta-keys-too-many-requests",
    answers: () => ({
      keys: {
        status: 429,
        body: {
          errorCode: "E0000047",
          errorSummary: "API call exceeded rate limit due to too many requests.",
          errorLink: "E0000047",
          errorId: "oae123",
          errorCauses: [],
        },
      },
    }),
    outcome: { code: "endpoint-unavailable", status: 503 },
  },
];
