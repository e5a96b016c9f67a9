import { type VerifiedIdToken, verifyIdToken } from "honnin";
import { readAuthorizationResponse } from "../launch/authorization-response.js";
import type { Exchange } from "./exchange.js";
import { exchangeCode, type LoginTokens } from "./exchange-code.js";
import type { LoginState } from "./login-cookie.js";
import type { Setup } from "./options.js";

/** What the way to the service brought: tokens, the ID token verified. */
export interface Redeemed extends Pick<VerifiedIdToken, "claims" | "report"> {
  readonly tokens: LoginTokens;
}

/** Checks the authorization response, exchanges its code and verifies the ID token. */
export async function redeem(setup: Setup, exchange: Exchange, begun: LoginState): Promise<Redeemed> {
  const { environment, clientId, clientKey, redirectUri, timeout, maxBytes, fetch } = setup;
  const { state, nonce, codeVerifier, scopes } = begun;
  const { code } = readAuthorizationResponse(exchange.url, { state, issuer: environment.issuer });
  const tokens = await exchangeCode({
    environment,
    clientId,
    clientKey: await clientKey.cryptoKey(),
    clientKeyAlgorithm: clientKey.algorithm,
    clientKeyId: clientKey.keyId,
    redirectUri,
    code,
    codeVerifier,
    scope: scopes.join(" "),
    timeout,
    maxBytes,
    fetch,
    now: setup.now(),
  });
  const { idToken, accessToken } = tokens;
  const { claims, report } = await verifyIdToken(idToken, {
    issuer: environment.issuer,
    clientId,
    nonce,
    keys: setup.keys,
    accessToken,
    now: setup.now(),
    ...(setup.clockTolerance === undefined ? {} : { clockTolerance: setup.clockTolerance }),
    ...(setup.requiredAcrValues === undefined ? {} : { acrValues: setup.requiredAcrValues }),
  });
  return { tokens, claims, report };
}
