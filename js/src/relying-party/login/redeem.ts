import type { VerifiedIdToken } from "honnin";
import { readAuthorizationResponse } from "../../launch/authorization-response.js";
import type { Exchange } from "../http/exchange.js";
import type { Setup } from "../options/read-options.js";
import { clientOf } from "../service/client.js";
import { exchangeCode, type LoginTokens } from "../service/exchange-code.js";
import { verifyToken } from "../service/verify-token.js";
import type { LoginState } from "./login-cookie.js";

/** What the way to the service brought: tokens, the ID token verified. */
export interface Redeemed extends Pick<VerifiedIdToken, "claims" | "report"> {
  readonly tokens: LoginTokens;
}

/** Checks the authorization response. */
export function readCode(
  { environment, requireIss }: Setup,
  { url }: Exchange,
  { state }: LoginState,
): string {
  return readAuthorizationResponse(url, { state, issuer: environment.issuer, requireIss }).code;
}

/** Exchanges the code and verifies the ID token. */
export async function redeem(setup: Setup, code: string, begun: LoginState): Promise<Redeemed> {
  const { redirectUri } = setup;
  const { nonce, codeVerifier, scopes } = begun;
  const tokens = await exchangeCode({
    ...(await clientOf(setup)),
    redirectUri,
    code,
    codeVerifier,
    scope: scopes.join(" "),
  });
  const { idToken, accessToken } = tokens;
  const { claims, report } = await verifyToken(setup, idToken, { nonce, accessToken });
  return { tokens, claims, report };
}
