import { createAuthorizationRequest } from "../../launch/authorization-request.js";
import type { Exchange } from "../http/exchange.js";
import { redirect, withCookies } from "../http/responses.js";
import { beginLogin } from "../login/login-cookie.js";
import { freshState } from "../login/login-state.js";
import type { Setup } from "../options/read-options.js";
import type { StartedRecord } from "./record.js";

const scopes = ["openid", "sign"] as const;

/** Sends the user to the service with the transaction, as a login does; the record's id goes into the login's cookie. */
export async function authorize(setup: Setup, exchange: Exchange, record: StartedRecord): Promise<Response> {
  const { environment, clientId, redirectUri, acrValues } = setup;
  const authorization = await createAuthorizationRequest({
    environment,
    clientId,
    redirectUri,
    scope: scopes,
    acrValues,
    signTransactionId: record.transaction.id,
    state: freshState(exchange.url, "signing"),
  });
  const { state, nonce, codeVerifier } = authorization;
  const begun = {
    state,
    nonce,
    codeVerifier,
    returnTo: record.returnTo,
    lang: exchange.language,
    scopes,
    iat: setup.now(),
    signing: record.id,
  };
  const cookies = await beginLogin(setup, exchange.request, begun, false);
  return withCookies(redirect(authorization.url), cookies);
}
