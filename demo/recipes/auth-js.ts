// Auth.js (@auth/core 0.41, and what is built on it: next-auth 5, @auth/sveltekit, @auth/express):
// `providers: [digitalAuthentication({ … })], callbacks`. The redirect URI to register is `…/callback/digital-authentication`.
import { type AuthConfig, customFetch } from "@auth/core";
import type { OIDCConfig } from "@auth/core/providers";
import { remoteKeys, verifyIdToken } from "honnin";
import type { Environment } from "honnin/launch";
import { type ClientOptions, clientAssertion, readBasicItems } from "honnin/relying-party";

export interface DigitalAuthentication extends Pick<ClientOptions, "clientId" | "clientKey"> {
  /** `environments.sandbox`, `environments.production`, or `emulatorAt(…)` in development. */
  readonly environment: Environment;
  readonly scope?: string;
  /** Seconds for each request to the service. */
  readonly timeout?: number;
}

export function digitalAuthentication({
  environment,
  clientId,
  clientKey,
  scope = "openid name address birthdate gender",
  timeout = 10,
}: DigitalAuthentication): OIDCConfig<Record<string, unknown>> {
  const { issuer, authorizationEndpoint, tokenEndpoint, userinfoEndpoint, jwksUri } = environment;
  const keys = remoteKeys(jwksUri, { timeout });
  return {
    id: "digital-authentication",
    name: "デジタル認証サービス",
    type: "oidc",
    // With the endpoints, Auth.js needs no discovery document. It compares `iss` of the response and of the ID token with the issuer.
    issuer,
    // The service demands a state of at most 255 characters, and that of Auth.js is longer. PKCE and nonce bind the response to the browser.
    authorization: { url: authorizationEndpoint, params: { scope, state: "not-used" } },
    checks: ["pkce", "nonce"],
    clientId,
    // Not without authentication: `customFetch` adds it. Auth.js would write two audiences into the assertion, and needs the key itself.
    client: { token_endpoint_auth_method: "none", id_token_signed_response_alg: "ES256" },
    token: tokenEndpoint,
    userinfo: userinfoEndpoint,
    // The basic items are in UserInfo only.
    idToken: false,
    profile(userInfo) {
      const { name } = readBasicItems(userInfo);
      return { id: String(userInfo.sub), name: name ?? null };
    },
    async [customFetch](...[input, init]: Parameters<typeof fetch>) {
      const signal = AbortSignal.timeout(timeout * 1000);
      const body = init?.body;
      // Only a token request has one.
      if (!(body instanceof URLSearchParams)) return fetch(input, { ...init, signal });
      const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
      body.set("client_assertion_type", type);
      body.set("client_assertion", await clientAssertion({ clientId, clientKey, audience: tokenEndpoint }));
      const response = await fetch(input, { ...init, signal });
      if (!response.ok) return response;
      const { id_token, access_token } = (await response.clone().json()) as Record<string, unknown>;
      // Auth.js compares the nonce, and does not verify the signature.
      await verifyIdToken(String(id_token), {
        issuer,
        clientId,
        keys,
        nonce: null,
        accessToken: String(access_token),
      });
      return response;
    },
  };
}

/**
 * The session's `user.id` is the `sub` of the service: without a database, Auth.js makes up another one for each login. The other basic
 * items are in the `profile` of `jwt`, once: `readBasicItems(profile).birthdate`. What you put into the token is in the cookie.
 */
export const callbacks = {
  jwt({ token, account }) {
    return account ? { ...token, sub: account.providerAccountId } : token;
  },
  session({ session, token }) {
    return { ...session, user: { ...session.user, id: token.sub ?? "" } };
  },
} satisfies AuthConfig["callbacks"];
