// Better Auth 1.7: `plugins: [digitalAuthentication({ … })]`, and on a page
// `authClient.signIn.social({ provider: "digital-authentication", callbackURL: "/account" })`.
// The redirect URI to register is `…/api/auth/callback/digital-authentication`.
import type { BetterAuthPlugin } from "better-auth";
import type { OAuthProvider } from "better-auth/oauth2";
import { HonninError, remoteKeys, verifyIdToken } from "honnin";
import { createAuthorizationRequest, type Environment } from "honnin/launch";
import { type ClientOptions, exchangeCode, fetchUserInfo, type UserInfo } from "honnin/relying-party";

export interface DigitalAuthentication extends Pick<ClientOptions, "clientId" | "clientKey"> {
  /** `environments.sandbox`, `environments.production`, or `emulatorAt(…)` in development. */
  readonly environment: Environment;
  readonly scope?: string;
  /** Seconds for each request to the service. */
  readonly timeout?: number;
  /**
   * Gets the verified basic items at each login, before the session. Keep those that you need in a table of your own, by `sub`: a field of
   * Better Auth's user either gets nothing from a provider (`input: false`), or the user may change it, as the name. If it throws, nobody is
   * logged in.
   */
  readonly onLogin?: (userInfo: UserInfo) => Promise<void> | void;
}

/** Better Auth demands an address for mail, and the service has none. It is in a domain that cannot exist, and says nothing of the user. */
async function unreachableMail(sub: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(sub));
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex}@digital-authentication.invalid`;
}

export function digitalAuthentication({
  environment,
  clientId,
  clientKey,
  scope = "openid name address birthdate gender",
  timeout = 10,
  onLogin = () => {},
}: DigitalAuthentication): BetterAuthPlugin {
  const { issuer } = environment;
  const keys = remoteKeys(environment.jwksUri, { timeout });
  // Better Auth keeps state, nonce and code verifier, and compares the first with the browser's cookie, and `iss` with the issuer.
  const provider: OAuthProvider<UserInfo> = {
    id: "digital-authentication",
    name: "デジタル認証サービス",
    issuer,
    requiresIdTokenNonce: true,
    accountSubject: ({ profile }) => profile.sub,
    async createAuthorizationURL({ state, codeVerifier, idTokenNonce: nonce, redirectURI: redirectUri }) {
      const request = { environment, clientId, scope, redirectUri, state, nonce, codeVerifier };
      return new URL((await createAuthorizationRequest(request)).url);
    },
    async validateAuthorizationCode({ code, codeVerifier = "", redirectURI: redirectUri }) {
      const client = { environment, clientId, clientKey, timeout };
      const { accessToken, idToken, grantedScopes } = await exchangeCode({
        ...client,
        ...{ code, codeVerifier, redirectUri, scope },
      });
      return { accessToken, idToken, scopes: [...grantedScopes] };
    },
    async getUserInfo({ idToken = "", accessToken = "", expectedIdTokenNonce: nonce = "" }) {
      try {
        const { claims } = await verifyIdToken(idToken, { issuer, clientId, keys, nonce, accessToken });
        const userInfo = await fetchUserInfo({ environment, accessToken, sub: claims.sub, timeout });
        const email = await unreachableMail(claims.sub);
        await onLogin(userInfo);
        return { user: { name: userInfo.name ?? "", email, emailVerified: false }, data: userInfo };
      } catch (error) {
        // Better Auth refuses the login when there is no user, and would answer 500 to an exception.
        console.error(error instanceof HonninError ? `${error.code}: ${error.message}` : error);
        return null;
      }
    },
  };
  return {
    id: "digital-authentication",
    init: ({ socialProviders }) => ({ context: { socialProviders: [provider, ...socialProviders] } }),
  };
}
