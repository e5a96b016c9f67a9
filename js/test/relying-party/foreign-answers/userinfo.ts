// Answers of the userinfo endpoint.
import type { Row } from "./row.js";

export const userinfoRows: readonly Row[] = [
  {
    id: "auth0-updated-at-text",
    answers: ({ person }) => ({
      userinfo: { body: { ...person, nickname: "hanako", updated_at: "2017-08-28T16:10:58.969Z" } },
    }),
    outcome: { login: { user: { name: "山田　花子" } } },
  },
  {
    id: "cognito-boolean-texts",
    answers: ({ person }) => ({
      userinfo: {
        body: { ...person, email_verified: "true", phone_number_verified: "true", username: "hanako" },
      },
    }),
    outcome: { login: { user: { name: "山田　花子" } } },
  },
  {
    id: "wso2-birthdate-with-time",
    answers: ({ person }) => ({
      userinfo: {
        body: {
          ...person,
          birthdate: "1997-11-26T05:09:15.680889Z",
          gender: "male",
          updated_at: 1609988421000,
        },
      },
    }),
    outcome: {
      login: {
        user: { birthdate: { raw: "1997-11-26T05:09:15.680889Z" }, gender: { raw: "male" } },
      },
    },
  },
  {
    id: "keycloak-numeric-items",
    answers: ({ person }) => ({ userinfo: { body: { ...person, birthdate: 19800217, gender: 2 } } }),
    outcome: {
      login: {
        user: {
          birthdate: { raw: "19800217", parsed: { year: 1980, month: 2, day: 17 } },
          gender: { raw: "2", parsed: "female" },
        },
      },
    },
  },
  {
    id: "keycloak-accept-json-only",
    answers: ({ person }) => ({
      userinfo: (request) =>
        /jwt|jose/.test(request.get("accept") ?? "")
          ? { status: 406, body: { error: "RESTEASY003635: No match for accept header" } }
          : { body: person },
    }),
    outcome: { login: { user: { name: "山田　花子" } } },
  },
  {
    id: "keycloak-signed-userinfo",
    answers: () => ({ userinfo: { type: "application/jwt", body: "eyJhbGciOiJSUzI1NiJ9.e30.c2ln" } }),
    outcome: { code: "response-malformed", status: 502 },
  },
  {
    id: "keycloak-userinfo-invalid-token",
    answers: () => ({
      userinfo: {
        status: 401,
        headers: { "www-authenticate": 'Bearer realm="shop", error="invalid_token"' },
        body: { error: "invalid_token", error_description: "Token verification failed" },
      },
    }),
    outcome: { code: "user-info-refused", status: 502 },
  },
  {
    id: "keycloak-userinfo-unknown-error",
    answers: () => ({ userinfo: { status: 500, body: { error: "unknown_error" } } }),
    outcome: { code: "endpoint-unavailable", status: 503 },
  },
  {
    id: "logto-null-items",
    answers: ({ person }) => ({
      userinfo: { body: { ...person, address: null, birthdate: null, gender: null, picture: null } },
    }),
    outcome: {
      login: {
        user: { name: "山田　花子", address: undefined, birthdate: undefined, gender: undefined },
      },
    },
  },
  {
    id: "cdr-address-object",
    answers: ({ person }) => ({
      userinfo: {
        body: {
          ...person,
          address: { street_address: "霞が関１－１", locality: "千代田区", region: "東京都" },
        },
      },
    }),
    outcome: {
      login: {
        user: {
          address: {
            raw: { street_address: "霞が関１－１", locality: "千代田区", region: "東京都" },
            text: "東京都 千代田区 霞が関１－１",
          },
        },
      },
    },
  },
  {
    id: "proconnect-numeric-sub",
    answers: ({ person }) => ({ userinfo: { body: { ...person, sub: 42 } } }),
    outcome: { code: "response-malformed", status: 502 },
  },
  {
    id: "gluu-no-sub",
    answers: ({ person }) => ({
      userinfo: { body: { ...person, sub: undefined, inum: "@!1111!0000!D4E7" } },
    }),
    outcome: { code: "response-malformed", status: 502 },
  },
];
