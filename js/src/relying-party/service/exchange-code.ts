import { HonninError } from "../../error.js";
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
 * @throws HonninError as {@link requestTokens}; `response-malformed` also if the ID token is missing
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
    throw new HonninError("response-malformed", "The response of the token endpoint has no id_token.");
  }
  return { ...tokens, idToken };
}
