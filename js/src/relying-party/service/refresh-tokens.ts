import { HonninError } from "../../error.js";
import { requestTokens, type TokenRequestOptions, type Tokens } from "./token-request.js";

/** What {@link refreshTokens} needs. */
export interface RefreshTokensOptions extends TokenRequestOptions {
  readonly refreshToken: string;
  /** The scopes granted so far, separated by spaces: what the answer means if it names none, and all that it can grant (RFC 6749 §6).
   * Not sent. Default: not known, so that the answer is taken at its word. */
  readonly scope?: string | undefined;
}

/**
 * Gets new tokens for a refresh token (RFC 6749 §6). If the answer holds a new refresh token, the old one is spent.
 * If it holds an ID token, `verifyIdToken` with `nonce: null` verifies it, and its `sub` must be the one known
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
    throw new HonninError("options-invalid", "refreshToken must be given.");
  }
  return requestTokens(
    options,
    { grant_type: "refresh_token", refresh_token: refreshToken },
    scope?.split(" "),
  );
}
