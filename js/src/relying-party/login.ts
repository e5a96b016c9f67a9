import { createAuthorizationRequest } from "../launch/authorization-request.js";
import { type Exchange, parameter } from "./exchange.js";
import { beginLogin } from "./login-cookie.js";
import type { Setup } from "./options.js";
import { redirect, withCookies } from "./responses.js";
import { returnAddress } from "./return-address.js";

/** `GET …/login?return_to=&lang=`: keeps the state in a cookie and sends the user to the service. */
export async function login(setup: Setup, exchange: Exchange): Promise<Response> {
  const { environment, clientId, redirectUri, acrValues, origin, paths } = setup;
  const { request, url, language } = exchange;
  const returnTo = returnAddress(origin, parameter(url, "return_to"), Object.values(paths));
  exchange.returnTo = returnTo;
  const scopes = setup.scopes(request);
  const authorization = await createAuthorizationRequest({
    environment,
    clientId,
    redirectUri,
    scope: scopes.join(" "),
    acrValues,
  });
  const { state, nonce, codeVerifier } = authorization;
  const cookies = await beginLogin(setup, request, {
    state,
    nonce,
    codeVerifier,
    returnTo,
    lang: language,
    scopes,
    iat: setup.now(),
  });
  return withCookies(redirect(authorization.url), cookies);
}
