import { verifyIdToken } from "honnin";
import { HonninError } from "../error.js";
import { readAuthorizationResponse } from "../launch/authorization-response.js";
import { basicItemScopes } from "./basic-items.js";
import { type Exchange, parameter } from "./exchange.js";
import { exchangeCode } from "./exchange-code.js";
import type { Login, LoginOutcome } from "./hooks.js";
import { endLogin, findLogin, type LoginState, openLogin } from "./login-cookie.js";
import type { Setup } from "./options.js";
import { isResponse, redirect, withCookies } from "./responses.js";
import { returnAddress } from "./return-address.js";
import { beginSession, endSession } from "./session.js";
import { fetchUserInfo } from "./user-info.js";

/** `GET …/callback`: checks the response, gets and verifies the tokens, and hands the login to the site. */
export async function callback(setup: Setup, exchange: Exchange): Promise<Response> {
  const begun = await resumeLogin(setup, exchange);
  const login = await completeLogin(setup, exchange, begun);
  const outcome: unknown = await setup.onLogin(login, exchange.request);
  if (isResponse(outcome)) return outcome;
  const { session, returnTo } = readOutcome(outcome);
  const location = returnTo === undefined ? login.returnTo : returnAddress(setup.origin, returnTo);
  // Without one, a session that was there before ends: it may be another person's.
  const cookie =
    session === null ? endSession(setup) : await beginSession(setup, session ?? { sub: login.sub });
  return withCookies(redirect(setup.origin + location), [cookie]);
}

/** Finds what this browser kept of the login and spends it, whatever comes of the rest. */
async function resumeLogin(setup: Setup, exchange: Exchange): Promise<LoginState> {
  const state = parameter(exchange.url, "state");
  if (typeof state !== "string" || state === "" || state.length > 255) {
    throw new HonninError(
      "authorization-response-malformed",
      "The authorization response has not exactly one state.",
    );
  }
  const cookie = await findLogin(setup, exchange.request, state);
  if (cookie === undefined) {
    throw new HonninError(
      "login-cookie-missing",
      "The callback came without the login's cookie: another browser or host than the login's, a private window, " +
        "blocked cookies, or a login already completed.",
    );
  }
  exchange.cookies.push(endLogin(setup, cookie));
  const begun = await openLogin(setup, cookie);
  exchange.language = begun.lang;
  exchange.returnTo = begun.returnTo;
  return begun;
}

async function completeLogin(setup: Setup, exchange: Exchange, begun: LoginState): Promise<Login> {
  const { environment, clientId, clientKey, redirectUri, timeout, maxBytes, fetch } = setup;
  const { state, nonce, codeVerifier, returnTo, lang, scopes } = begun;
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
  const { idToken, accessToken, grantedScopes } = tokens;
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
  const missingScopes = scopes.filter((scope) => !grantedScopes.includes(scope));
  const lacking = setup.requiredScopes.filter((scope) => missingScopes.includes(scope));
  if (lacking.length > 0) {
    throw new HonninError("scope-not-granted", `Required scopes were not granted: ${lacking.join(", ")}.`, {
      report,
    });
  }
  const { sub } = claims;
  const items = basicItemScopes.filter((scope) => scopes.includes(scope) && grantedScopes.includes(scope));
  const user =
    items.length === 0
      ? {}
      : {
          user: await fetchUserInfo({
            environment,
            accessToken,
            sub,
            grantedScopes: items,
            timeout,
            maxBytes,
            fetch,
          }),
        };
  return {
    sub,
    claims,
    ...user,
    report,
    requestedScopes: scopes,
    grantedScopes,
    missingScopes,
    tokens,
    returnTo,
    lang,
  };
}

function readOutcome(outcome: unknown): LoginOutcome {
  if (outcome === undefined || outcome === null) return {};
  if (typeof outcome === "object" && !Array.isArray(outcome)) return outcome as LoginOutcome;
  throw new HonninError(
    "options-invalid",
    "onLogin must return a Response, { session?, returnTo? } or nothing.",
  );
}
