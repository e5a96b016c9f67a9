import { problem } from "../problem.js";
import { requestTokens, type TokenRequestOptions, type Tokens } from "./token-request.js";

/** Options of {@link exchangeCode}. */
export interface ExchangeCodeOptions extends TokenRequestOptions {
  /** The code of the authorization response. */
  readonly code: string;
  /** The code verifier of the authorization request. */
  readonly codeVerifier: string;
  /** The redirect URI of the authorization request. */
  readonly redirectUri: string;
  /** The scopes of the authorization request, space-separated. Default `openid`. */
  readonly scope?: string | undefined;
}

/** The tokens of a login. The ID token is present, but not verified yet. */
export interface LoginTokens extends Tokens {
  readonly idToken: string;
}

/**
 * Exchanges the code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5, OpenID Connect Core 1.0 §3.1.3). A code works once.
 *
 * @throws HonninError `authorization-code-spent`, `token-request-refused` (the message names the error code of RFC 6749 §5.2), `endpoint-unreachable`,
 *   `endpoint-unavailable`, `endpoint-timeout`, `response-too-large`, `response-malformed`, `client-key-invalid`, `options-invalid`
 *
 * @example
 * ```ts
 * import { environments } from "honnin/launch";
 * import { type ClientOptions, exchangeCode } from "honnin/relying-party";
 *
 * // The values of createAuthorizationRequest, stored until the callback.
 * type Kept = { codeVerifier: string; redirectUri: string; scope: string };
 *
 * export async function idTokenFor(code: string, kept: Kept, client: ClientOptions): Promise<string> {
 *   const { idToken } = await exchangeCode({ ...client, ...kept, code, environment: environments.sandbox });
 *   return idToken; // for verifyIdToken: nothing is verified yet
 * }
 * ```
 */
export async function exchangeCode(options: ExchangeCodeOptions): Promise<LoginTokens> {
  const { code, codeVerifier, redirectUri, scope = "openid" } = options;
  const tokens = await requestTokens(
    options,
    { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: codeVerifier },
    scope.split(" "),
  );
  const { idToken } = tokens;
  if (idToken === undefined) {
    throw await problem("response-malformed", ["no-id-token"]);
  }
  return { ...tokens, idToken };
}
