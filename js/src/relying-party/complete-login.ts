import type { Login } from "./hooks.js";
import { placeAfter } from "./http/place-after.js";
import { isResponse, ofSite, withCookies } from "./http/responses.js";
import type { HandedIn } from "./login/hand-in.js";
import type { LoginState } from "./login/login-cookie.js";
import { type Redeeming, redeem } from "./login/redeem.js";
import { readOutcome } from "./option-checks.js";
import { problem } from "./problem.js";
import { basicItemScopes } from "./service/basic-items.js";
import { fetchUserInfo } from "./service/user-info.js";
import type { Setup } from "./setup.js";

/** Exchanges the code, verifies the tokens, and lets the site decide about the login. */
export async function completeLogin(
  setup: Setup,
  request: Request,
  code: string,
  begun: LoginState,
): Promise<HandedIn> {
  return admit(setup, request, await verifyLogin(setup, code, begun));
}

/** Lets the site decide about a verified login, and starts its session. */
export async function admit(setup: Setup, request: Request, login: Login): Promise<HandedIn> {
  const { site, sessions, signing } = setup;
  // Before the site learns of the login: its code may be missing on the server.
  const wing = await signing?.();
  const outcome: unknown = await setup.onLogin(login, request);
  const forgotten = (await wing?.pending.forgetAll(request, login.sub)) ?? [];
  const decided = isResponse(outcome)
    ? undefined
    : readOutcome(outcome, "onLogin", ["sessionData", "returnTo"]);
  const location = await placeAfter(site, "onLogin", decided?.returnTo, login.returnTo);
  // Without a session, and with a response of the site, an earlier session ends: it may belong to another person.
  const cookie =
    decided === undefined || decided.sessionData === null
      ? sessions.end()
      : await sessions.begin(decided.sessionData ?? { sub: login.sub }, login.sub);
  // The login is valid even if the store fails here.
  await sessions.revoke(request).catch(() => undefined);
  if (isResponse(outcome)) {
    const response = withCookies(ofSite(outcome), [cookie, ...forgotten]);
    return { completion: { location, cookies: response.headers.getSetCookie() }, response };
  }
  return { completion: { location, cookies: [cookie, ...forgotten] } };
}

/** Exchanges the code, verifies the tokens, and fetches the basic items. */
export async function verifyLogin(
  setup: Redeeming & Pick<Setup, "requiredScopes">,
  code: string,
  begun: LoginState,
): Promise<Login> {
  const { environment, timeout, maxBytes, fetch } = setup.client;
  const { returnTo, lang, scopes } = begun;
  const { tokens, verified } = await redeem(setup, code, begun);
  const { accessToken, grantedScopes } = tokens;
  const missingScopes = scopes.filter((scope) => !grantedScopes.includes(scope));
  const lacking = setup.requiredScopes.filter((scope) => missingScopes.includes(scope));
  if (lacking.length > 0) {
    const { report } = verified;
    throw await problem("scope-not-granted", ["not-granted", lacking.join(", ")], { report });
  }
  const { claims } = verified;
  const { sub } = claims;
  const items = basicItemScopes.filter((scope) => grantedScopes.includes(scope));
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
    // Made when it is read.
    get report() {
      return verified.report;
    },
    requestedScopes: scopes,
    grantedScopes,
    missingScopes,
    tokens,
    returnTo,
    language: lang,
  };
}
