// Authorization responses.
import type { Row } from "./row.js";

const error = (name: string, error_description: string, more: Record<string, string> = {}) => ({
  authorization: { error: name, error_description, ...more },
});

export const authorizationRows: readonly Row[] = [
  {
    id: "keycloak-session-state-and-iss",
    answers: ({ issuer }) => ({
      authorization: { session_state: "6d7c1b2e-7f1c", iss: issuer, code: "f5a1.6d7c1b2e.1a2b" },
    }),
    outcome: { login: {} },
  },
  {
    id: "keycloak-iss-excluded",
    answers: () => ({ authorization: { session_state: "6d7c1b2e-7f1c", code: "f5a1.6d7c1b2e.1a2b" } }),
    outcome: { login: {} },
  },
  {
    id: "keycloak-authentication-expired",
    answers: () => error("temporarily_unavailable", "authentication_expired"),
    outcome: { code: "authorization-lapsed", status: 400 },
  },
  {
    id: "keycloak-cancelled",
    answers: () => ({ authorization: { error: "access_denied" } }),
    outcome: { code: "login-denied", status: 400 },
  },
  {
    id: "keycloak-login-required",
    answers: () => ({ authorization: { error: "login_required" } }),
    outcome: { code: "authorization-lapsed", status: 400 },
  },
  {
    id: "keycloak-server-error",
    answers: () => ({ authorization: { error: "server_error" } }),
    outcome: { code: "authorization-unavailable", status: 503 },
  },
  {
    id: "auth0-consent-required",
    answers: () => error("consent_required", "Consent required"),
    outcome: { code: "authorization-lapsed", status: 400 },
  },
  {
    id: "auth0-blocked",
    answers: () => error("unauthorized", "user is blocked"),
    outcome: { code: "authorization-refused", status: 502 },
  },
  {
    id: "okta-not-assigned",
    answers: () => error("access_denied", "User is not assigned to the client application."),
    outcome: { code: "login-denied", status: 400 },
  },
  {
    id: "okta-unavailable",
    answers: () => error("temporarily_unavailable", "The server is temporarily unavailable."),
    outcome: { code: "authorization-unavailable", status: 503 },
  },
  {
    id: "okta-social-cancelled",
    answers: () => error("user_canceled_request", "User canceled the social sign-in request."),
    outcome: { code: "authorization-refused", status: 502 },
  },
  {
    id: "entra-interaction-required",
    answers: () => error("interaction_required", "AADSTS50076: multi-factor authentication is needed."),
    outcome: { code: "authorization-lapsed", status: 400 },
  },
  {
    id: "entra-b2c-cancelled",
    answers: () =>
      error(
        "access_denied",
        "AADB2C90091: The user has cancelled entering self-asserted information.\r\nCorrelation ID: 8cfece7a\r\n",
      ),
    outcome: { code: "login-denied", status: 400 },
  },
  {
    id: "google-extra-parameters",
    answers: () => ({
      authorization: {
        code: "4/0AX4XfWh-abc_DEF",
        scope: "email profile https://www.googleapis.com/auth/userinfo.email openid",
        authuser: "0",
        hd: "shop.example",
        prompt: "consent",
      },
    }),
    outcome: { login: { grantedScopes: ["openid", "name", "address", "birthdate", "gender"] } },
  },
  {
    id: "apple-cancelled",
    answers: () => ({ authorization: { error: "user_cancelled_authorize" } }),
    outcome: { code: "authorization-refused", status: 502 },
  },
  {
    id: "better-auth-account-selection",
    answers: ({ issuer }) =>
      error("account_selection_required", "an account has to be selected", { iss: issuer }),
    outcome: { code: "authorization-lapsed", status: 400 },
  },
  {
    id: "oidc-provider-server-error",
    answers: () => error("server_error", "oops something went wrong"),
    outcome: { code: "authorization-unavailable", status: 503 },
  },
];
