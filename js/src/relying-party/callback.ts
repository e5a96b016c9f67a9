import { HonninError } from "../error.js";
import { basicItemScopes } from "./basic-items.js";
import type { Exchange } from "./exchange.js";
import type { Login, LoginOutcome } from "./hooks.js";
import type { LoginState } from "./login-cookie.js";
import type { Setup } from "./options.js";
import { readCode, redeem } from "./redeem.js";
import { isResponse, redirect, withCookies } from "./responses.js";
import { resumeLogin } from "./resume-login.js";
import { returnAddress } from "./return-address.js";
import { beginSession, endSession } from "./session.js";
import { signingCallback } from "./signing/callback.js";
import { forgetAll } from "./signing/pending-cookie.js";
import { fetchUserInfo } from "./user-info.js";

/**
 * `GET …/callback`: checks the response, gets and verifies the tokens, and hands the login to the site; or goes on with a
 * signature, if that is what the way to the service was for.
 */
export async function callback(setup: Setup, exchange: Exchange): Promise<Response> {
  const begun = await resumeLogin(setup, exchange);
  if (begun.signing !== undefined) return signingCallback(setup, exchange, begun, begun.signing);
  const login = await completeLogin(setup, exchange, begun);
  const outcome: unknown = await setup.onLogin(login, exchange.request);
  await forgetAll(setup, exchange, login.sub);
  if (isResponse(outcome)) return outcome;
  const { session, returnTo } = readOutcome(outcome);
  const location = returnTo === undefined ? login.returnTo : returnAddress(setup.origin, returnTo);
  // Without one, a session that was there before ends: it may be another person's.
  const cookie =
    session === null ? endSession(setup) : await beginSession(setup, session ?? { sub: login.sub });
  return withCookies(redirect(setup.origin + location), [cookie]);
}

async function completeLogin(setup: Setup, exchange: Exchange, begun: LoginState): Promise<Login> {
  const { environment, timeout, maxBytes, fetch } = setup;
  const { returnTo, lang, scopes } = begun;
  const { tokens, claims, report } = await redeem(setup, readCode(setup, exchange, begun), begun);
  const { accessToken, grantedScopes } = tokens;
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
