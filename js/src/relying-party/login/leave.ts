import { authorizationUrl } from "../../launch/authorization-url.js";
import type { Environment } from "../../launch/environments.js";
import { randomToken } from "../../launch/random.js";
import { secureUrl } from "../../secure-url.js";
import type { Exchange } from "../http/exchange.js";
import { redirect, withCookies } from "../http/responses.js";
import type { LoginCookies, LoginState } from "./login-cookie.js";
import { freshState } from "./login-state.js";

/** The client's part of an authorization request, and what is expected of the response. */
export interface Authorization {
  readonly environment: Environment;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly acrValues: readonly string[] | undefined;
  readonly requireIss: boolean;
}

/** What is needed to send the user to the service. */
export interface Leaving {
  readonly authorization: Authorization;
  readonly logins: LoginCookies;
  /** Unix time in whole seconds. */
  now(): number;
}

/** Why the user is sent to the service. */
export interface Purpose {
  readonly scopes: readonly string[];
  readonly returnTo: string;
  /** Whether a link on another site led here. */
  readonly linked: boolean;
  /** The IDs of the signature's record and of its transaction. */
  readonly signing?: { readonly id: string; readonly transactionId: string };
  /** The ID of the handoff, if a phone logs a computer in. */
  readonly handoff?: string;
}

/** Stores the state in a cookie and sends the user to the service. */
export async function leave(
  { authorization, logins, now }: Leaving,
  { request, language }: Exchange,
  { scopes, returnTo, linked, signing, handoff }: Purpose,
): Promise<Response> {
  const { environment, clientId, redirectUri, acrValues } = authorization;
  const state = freshState(request, signing ? "signing" : handoff ? "handoff" : "login");
  const [nonce, codeVerifier] = [randomToken(), randomToken()];
  // The options were checked when they were read, and the service's transaction ID when it was received.
  const location = await authorizationUrl(
    secureUrl(environment.authorizationEndpoint, "authorizationEndpoint"),
    {
      clientId,
      redirectUri,
      scope: scopes.join(" "),
      acrValues: acrValues?.filter((value) => value !== "").join(" "),
      signTransactionId: signing?.transactionId,
      state,
      nonce,
      codeVerifier,
    },
  );
  const begun = { state, nonce, codeVerifier, returnTo, lang: language, scopes, iat: now() };
  const login: LoginState = {
    ...begun,
    ...(signing === undefined ? {} : { signing: signing.id }),
    ...(handoff === undefined ? {} : { handoff }),
  };
  return withCookies(redirect(location), await logins.begin(request, login, linked));
}
