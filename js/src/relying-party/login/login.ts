import { createAuthorizationRequest } from "../../launch/authorization-request.js";
import { type Exchange, parameter } from "../http/exchange.js";
import { redirect, withCookies } from "../http/responses.js";
import { linkedReturnAddress, returnAddress } from "../http/return-address.js";
import { checkNavigation, isFromElsewhere } from "../http/same-origin.js";
import type { Setup } from "../options/read-options.js";
import { beginLogin } from "./login-cookie.js";
import { freshState } from "./login-state.js";

/** `GET …/login?return_to=&lang=`: keeps the state in a cookie and sends the user to the service. */
export async function login(setup: Setup, exchange: Exchange): Promise<Response> {
  const { environment, clientId, redirectUri, acrValues, origin, paths } = setup;
  const { request, url, language } = exchange;
  checkNavigation(request);
  const linked = isFromElsewhere(origin, request);
  const read = linked ? linkedReturnAddress : returnAddress;
  const returnTo = read(origin, parameter(url, "return_to"), Object.values(paths));
  exchange.returnTo = returnTo;
  const scopes = setup.scopes(request);
  const authorization = await createAuthorizationRequest({
    environment,
    clientId,
    redirectUri,
    scope: scopes.join(" "),
    acrValues,
    state: freshState(url, "login"),
  });
  const { state, nonce, codeVerifier } = authorization;
  const begun = { state, nonce, codeVerifier, returnTo, lang: language, scopes, iat: setup.now() };
  const cookies = await beginLogin(setup, request, begun, linked);
  return withCookies(redirect(authorization.url), cookies);
}
