import { createAuthorizationRequest } from "../../launch/authorization-request.js";
import type { Environment } from "../../launch/environments.js";
import type { Exchange } from "../http/exchange.js";
import { redirect, withCookies } from "../http/responses.js";
import type { LoginCookies } from "./login-cookie.js";
import { freshState } from "./login-state.js";

/** What an authorization request says of this client, and what its answer has to say. */
export interface Authorization {
  readonly environment: Environment;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly acrValues: readonly string[] | undefined;
  readonly requireIss: boolean;
}

/** What it takes to send somebody to the service. */
export interface Leaving {
  readonly authorization: Authorization;
  readonly logins: LoginCookies;
  /** Whole seconds since 1970. */
  now(): number;
}

/** What somebody goes there for. */
export interface Purpose {
  readonly scopes: readonly string[];
  readonly returnTo: string;
  /** Whether a link of another site led here. */
  readonly linked: boolean;
  /** The record of a signature, and its transaction. */
  readonly signing?: { readonly id: string; readonly transactionId: string };
}

/** Keeps the state in a cookie and sends the user to the service. */
export async function leave(
  { authorization, logins, now }: Leaving,
  { request, url, language }: Exchange,
  { scopes, returnTo, linked, signing }: Purpose,
): Promise<Response> {
  const { environment, clientId, redirectUri, acrValues } = authorization;
  const { state, nonce, codeVerifier, ...way } = await createAuthorizationRequest({
    environment,
    clientId,
    redirectUri,
    scope: scopes.join(" "),
    acrValues,
    signTransactionId: signing?.transactionId,
    state: freshState(url, signing === undefined ? "login" : "signing"),
  });
  const begun = { state, nonce, codeVerifier, returnTo, lang: language, scopes, iat: now() };
  const login = signing === undefined ? begun : { ...begun, signing: signing.id };
  return withCookies(redirect(way.url), await logins.begin(request, login, linked));
}
