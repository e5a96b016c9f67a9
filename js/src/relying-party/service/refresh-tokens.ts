import { HonninError } from "../../error.js";
import { requestTokens, type TokenRequestOptions, type Tokens } from "./token-request.js";

/** Options of {@link refreshTokens}. */
export interface RefreshTokensOptions extends TokenRequestOptions {
  readonly refreshToken: string;
  /**
   * The scopes granted so far, space-separated (RFC 6749 §6). They apply if the response has no `scope`, and the response cannot
   * grant others. Not sent. Default: unknown, so `scope` of the response applies.
   */
  readonly scope?: string | undefined;
}

/**
 * Requests new tokens with a refresh token (RFC 6749 §6). If the response has a new refresh token, the old one is no longer
 * valid. If it has an ID token, verify it with `verifyIdToken` and `nonce: null`, and check that its `sub` is unchanged
 * (OpenID Connect Core 1.0 §12.2).
 *
 * @throws HonninError `token-request-refused` (the message names the error code of RFC 6749 §5.2), `endpoint-unreachable`,
 *   `endpoint-unavailable`, `endpoint-timeout`, `response-too-large`, `response-malformed`, `client-key-invalid`, `options-invalid`
 *
 * @example
 * ```ts
 * import { environments } from "honnin/launch";
 * import { type ClientOptions, refreshTokens, type Tokens } from "honnin/relying-party";
 *
 * export async function renew(old: Tokens, client: ClientOptions): Promise<Tokens> {
 *   const { refreshToken, grantedScopes } = old;
 *   if (refreshToken === undefined) throw new Error("Log in again.");
 *   const scope = grantedScopes.join(" ");
 *   return refreshTokens({ ...client, refreshToken, scope, environment: environments.sandbox });
 * }
 * ```
 */
export async function refreshTokens(options: RefreshTokensOptions): Promise<Tokens> {
  const { refreshToken, scope } = options;
  if (typeof refreshToken !== "string" || refreshToken === "") {
    throw new HonninError("options-invalid", "refreshToken is missing.");
  }
  return requestTokens(
    options,
    { grant_type: "refresh_token", refresh_token: refreshToken },
    scope?.split(" "),
  );
}
