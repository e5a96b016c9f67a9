import type { VerifiedIdToken } from "honnin";
import { HonninError } from "../../error.js";
import { checkResponse } from "../../launch/check-response.js";
import type { Exchange } from "../http/exchange.js";
import { asClient, type ServiceClient } from "../service/client.js";
import { exchangeCode, type LoginTokens } from "../service/exchange-code.js";
import { type IdTokenRules, verifyToken } from "../service/verify-token.js";
import type { Authorization } from "./leave.js";
import type { LoginState } from "./login-cookie.js";

/** The tokens, and the result of verifying the ID token. */
export interface Redeemed {
  readonly tokens: LoginTokens;
  /** Its report is made when it is read. */
  readonly verified: VerifiedIdToken;
}

/** What is needed to exchange a code. */
export interface Redeeming {
  readonly authorization: Pick<Authorization, "redirectUri">;
  readonly client: ServiceClient;
  readonly idTokens: IdTokenRules;
}

/** Checks the authorization response. */
export async function readCode(
  { environment, requireIss }: Authorization,
  { url }: Exchange,
  { state }: LoginState,
): Promise<string> {
  const expected = { state, issuer: environment.issuer, requireIss };
  const code = checkResponse(url.search, expected);
  if (typeof code === "string") return code;
  const { responseProblem } = await import("../../launch/response-problem.js");
  throw new HonninError(...responseProblem(code));
}

/** Exchanges the code and verifies the ID token. */
export async function redeem(
  { authorization, client, idTokens }: Redeeming,
  code: string,
  { nonce, codeVerifier, scopes }: LoginState,
): Promise<Redeemed> {
  const { redirectUri } = authorization;
  const scope = scopes.join(" ");
  const tokens = await exchangeCode({ ...asClient(client), redirectUri, code, codeVerifier, scope });
  const { idToken, accessToken } = tokens;
  return { tokens, verified: await verifyToken(idTokens, idToken, { nonce, accessToken }) };
}
