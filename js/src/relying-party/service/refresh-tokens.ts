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
 * @throws HonninError as {@link requestTokens}; `options-invalid` if the refresh token is missing
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
