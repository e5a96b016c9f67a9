import type { VerifiedIdToken } from "honnin";
import { readAuthorizationResponse } from "../../launch/authorization-response.js";
import type { Exchange } from "../http/exchange.js";
import { asClient, type ServiceClient } from "../service/client.js";
import { exchangeCode, type LoginTokens } from "../service/exchange-code.js";
import { type IdTokenRules, verifyToken } from "../service/verify-token.js";
import type { Authorization } from "./leave.js";
import type { LoginState } from "./login-cookie.js";

/** The tokens, and the result of verifying the ID token. */
export interface Redeemed extends Pick<VerifiedIdToken, "claims" | "report"> {
  readonly tokens: LoginTokens;
}

/** What is needed to exchange a code. */
export interface Redeeming {
  readonly authorization: Pick<Authorization, "redirectUri">;
  readonly client: ServiceClient;
  readonly idTokens: IdTokenRules;
}

/** Checks the authorization response. */
export function readCode(
  { environment, requireIss }: Authorization,
  { url }: Exchange,
  { state }: LoginState,
): string {
  return readAuthorizationResponse(url, { state, issuer: environment.issuer, requireIss }).code;
}

/** Exchanges the code and verifies the ID token. */
export async function redeem(
  { authorization, client, idTokens }: Redeeming,
  code: string,
  { nonce, codeVerifier, scopes }: LoginState,
): Promise<Redeemed> {
  const { redirectUri } = authorization;
  const scope = scopes.join(" ");
  const tokens = await exchangeCode({ ...(await asClient(client)), redirectUri, code, codeVerifier, scope });
  const { idToken, accessToken } = tokens;
  const { claims, report } = await verifyToken(idTokens, idToken, { nonce, accessToken });
  return { tokens, claims, report };
}
