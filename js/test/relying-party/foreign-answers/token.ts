// Answers of the token endpoint, and what ID tokens are like.
import { asked, type Row } from "./row.js";

const html = (title: string) => `<html><head><title>${title}</title></head><body>${title}</body></html>`;

export const tokenRows: readonly Row[] = [
  {
    id: "keycloak-extra-members",
    answers: ({ tokens }) => ({
      token: {
        body: {
          ...tokens,
          expires_in: 300,
          refresh_expires_in: 1800,
          refresh_token: "refresh-1",
          token_type: "Bearer",
          "not-before-policy": 0,
          session_state: "6d7c1b2e-7f1c",
          scope: "openid gender profile birthdate email address name",
        },
      },
    }),
    outcome: {
      login: {
        expiresIn: 300,
        refreshToken: "refresh-1",
        grantedScopes: ["openid", "gender", "birthdate", "address", "name"],
      },
    },
  },
  {
    id: "keycloak-offline-token",
    answers: ({ tokens }) => ({
      token: {
        body: {
          ...tokens,
          expires_in: 300,
          refresh_expires_in: 0,
          refresh_token: "offline-1",
          token_type: "Bearer",
        },
      },
    }),
    outcome: { login: { expiresIn: 300, refreshToken: "offline-1", grantedScopes: asked } },
  },
  {
    id: "keycloak-lower-case-bearer",
    answers: ({ tokens }) => ({ token: { body: { ...tokens, token_type: "bearer", expires_in: 60 } } }),
    outcome: { login: { expiresIn: 60 } },
  },
  {
    id: "ory-lower-case-bearer",
    answers: ({ tokens }) => ({
      token: {
        body: { ...tokens, token_type: "bearer", expires_in: 3599, scope: asked.join(" ") },
      },
    }),
    outcome: { login: { expiresIn: 3599, grantedScopes: asked } },
  },
  {
    id: "entra-v1-texts",
    answers: ({ tokens }) => ({
      token: {
        body: {
          ...tokens,
          token_type: "Bearer",
          expires_in: "3599",
          expires_on: "1589600000",
          not_before: "1589596401",
          resource: "00000002-0000-0000-c000-000000000000",
        },
      },
    }),
    outcome: { login: { expiresIn: 3599, grantedScopes: asked } },
  },
  {
    id: "entra-b2c-texts",
    answers: ({ tokens }) => ({
      token: {
        body: {
          ...tokens,
          token_type: "Bearer",
          not_before: "1615993049",
          expires_in: "3600",
          expires_on: "1615996649",
          refresh_token: "refresh-1",
          scope: "openid name",
        },
      },
    }),
    outcome: { login: { expiresIn: 3600, refreshToken: "refresh-1", grantedScopes: ["openid", "name"] } },
  },
  {
    id: "entra-v2-foreign-scope",
    answers: ({ tokens }) => ({
      token: {
        type: "application/json; charset=utf-8",
        body: {
          ...tokens,
          token_type: "Bearer",
          scope: "https://graph.microsoft.com/mail.read",
          expires_in: 3599,
          ext_expires_in: 3599,
        },
      },
    }),
    outcome: { login: { expiresIn: 3599, grantedScopes: [] } },
  },
  {
    id: "auth0-bare",
    answers: ({ tokens }) => ({
      token: { body: { ...tokens, refresh_token: "GEbRxBN", token_type: "Bearer" } },
    }),
    outcome: { login: { expiresIn: undefined, refreshToken: "GEbRxBN", grantedScopes: asked } },
  },
  {
    id: "okta-fewer-scopes",
    answers: ({ tokens }) => ({
      token: {
        type: "application/json;charset=UTF-8",
        body: { ...tokens, token_type: "Bearer", expires_in: 3600, scope: "openid name" },
      },
    }),
    outcome: {
      login: { expiresIn: 3600, refreshToken: undefined, grantedScopes: ["openid", "name"] },
    },
  },
  {
    id: "cognito-no-scope",
    answers: ({ tokens }) => ({ token: { body: { ...tokens, token_type: "Bearer", expires_in: 3600 } } }),
    outcome: { login: { grantedScopes: asked } },
  },
  {
    id: "salesforce-no-expiry",
    answers: ({ tokens }) => ({
      token: {
        body: {
          ...tokens,
          refresh_token: "5Aep861",
          signature: "VA0jxT+xl3HUdw1+Fz2f",
          instance_url: "https://shop.my.salesforce.com",
          id: "https://login.salesforce.com/id/00D/005",
          token_type: "Bearer",
          issued_at: "1676372418560",
        },
      },
    }),
    outcome: { login: { expiresIn: undefined, refreshToken: "5Aep861", grantedScopes: asked } },
  },
  {
    id: "twitch-scope-list",
    answers: ({ tokens }) => ({
      token: { body: { ...tokens, token_type: "bearer", expires_in: 14124, scope: ["openid", "name"] } },
    }),
    outcome: { login: { expiresIn: 14124, grantedScopes: ["openid", "name"] } },
  },
  {
    id: "linkedin-no-token-type",
    answers: ({ tokens }) => ({ token: { body: { ...tokens, expires_in: 5184000, scope: "openid" } } }),
    outcome: { code: "response-malformed", status: 502 },
  },
  {
    id: "github-error-in-200",
    answers: () => ({
      token: {
        type: "application/json; charset=utf-8",
        body: {
          error: "bad_verification_code",
          error_description: "The code passed is incorrect or expired.",
          error_uri: "https://docs.github.com/apps/",
        },
      },
    }),
    outcome: { code: "response-malformed", status: 502 },
  },
  {
    id: "oidc-provider-code-consumed",
    answers: () => ({
      token: {
        status: 400,
        type: "application/json; charset=utf-8",
        body: { error: "invalid_grant", error_description: "grant request is invalid" },
      },
    }),
    outcome: { code: "authorization-code-spent", status: 400 },
  },
  {
    id: "entra-code-redeemed",
    answers: () => ({
      token: {
        status: 400,
        type: "application/json; charset=utf-8",
        body: {
          error: "invalid_grant",
          error_description: "AADSTS54005: OAuth2 Authorization code was already redeemed.\r\nTrace ID: 9df0",
          error_codes: [70002, 54005],
          timestamp: "2018-11-19 17:52:50Z",
          trace_id: "9df0210d-bf9f-45d9-b19b-b326453e6400",
          correlation_id: "48ac1682-e414-42c2-9eac-f1d6114e8648",
        },
      },
    }),
    outcome: { code: "authorization-code-spent", status: 400 },
  },
  {
    id: "oauth2orize-invalid-grant-403",
    answers: () => ({
      token: {
        status: 403,
        body: { error: "invalid_grant", error_description: "Invalid authorization code" },
      },
    }),
    outcome: { code: "authorization-code-spent", status: 400 },
  },
  {
    id: "okta-invalid-client",
    answers: () => ({
      token: {
        status: 401,
        type: "application/json;charset=UTF-8",
        body: { error: "invalid_client", error_description: "No client credentials found." },
      },
    }),
    outcome: { code: "token-request-refused", status: 502 },
  },
  {
    id: "entra-token-interaction-required",
    answers: () => ({
      token: {
        status: 400,
        body: {
          error: "interaction_required",
          error_description: "AADSTS50076: multi-factor authentication is needed.",
          suberror: "basic_action",
          error_codes: [50076],
        },
      },
    }),
    outcome: { code: "token-request-refused", status: 502 },
  },
  {
    id: "entra-token-unavailable",
    answers: () => ({
      token: {
        status: 400,
        body: {
          error: "temporarily_unavailable",
          error_description: "AADSTS90033: A transient error has occurred.",
        },
      },
    }),
    outcome: { code: "endpoint-unavailable", status: 503 },
  },
  {
    id: "keycloak-unknown-error",
    answers: () => ({ token: { status: 500, body: { error: "unknown_error" } } }),
    outcome: { code: "endpoint-unavailable", status: 503 },
  },
  {
    id: "nginx-bad-gateway",
    answers: () => ({ token: { status: 502, type: "text/html", body: html("502 Bad Gateway of nginx") } }),
    outcome: { code: "endpoint-unavailable", status: 503 },
  },
  {
    id: "auth0-too-many-requests",
    answers: () => ({
      token: {
        status: 429,
        body: {
          statusCode: 429,
          error: "Too Many Requests",
          message: "Global limit has been reached",
          errorCode: "too_many_requests",
        },
      },
    }),
    outcome: { code: "endpoint-unavailable", status: 503 },
  },
];

export const idTokenRows: readonly Row[] = [
  {
    id: "auth0-rs256",
    idToken: { alg: "RS256" },
    outcome: { code: "algorithm-not-allowed", status: 502 },
  },
  {
    id: "auth0-hs256",
    idToken: { alg: "HS256" },
    outcome: { code: "algorithm-not-allowed", status: 502 },
  },
  {
    id: "google-iss-without-scheme",
    idToken: { claims: { iss: "accounts.google.com" } },
    outcome: { code: "issuer-mismatch", status: 502 },
  },
  {
    id: "linkedin-no-nonce",
    idToken: { claims: { nonce: undefined } },
    outcome: { code: "claim-missing", status: 502 },
  },
  {
    id: "entra-no-at-hash",
    idToken: { claims: { at_hash: undefined } },
    outcome: { code: "claim-missing", status: 502 },
  },
];
