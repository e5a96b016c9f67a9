import { HonninError } from "../error.js";
import { completeLogin } from "./complete-login.js";
import { asHonninError } from "./errors.js";
import type { Exchange } from "./http/exchange.js";
import { checkNavigation } from "./http/navigation.js";
import { redirect, withCookies } from "./http/responses.js";
import { leavesCode } from "./login/completions.js";
import { onceForCode } from "./login/hand-in.js";
import type { BegunLogin, LoginCookies } from "./login/login-cookie.js";
import { readCode } from "./login/redeem.js";
import { resumeLogin } from "./resume-login.js";
import type { Setup } from "./setup.js";
import { notFound } from "./signing/not-found.js";

/**
 * `GET …/callback`: checks the response, requests and verifies the tokens, and passes the login to the site; or continues a
 * signature or a handoff, if the user went to the service for one. A reloaded callback leads where the first one led.
 */
export async function callback(setup: Setup, exchange: Exchange): Promise<Response> {
  await checkNavigation(exchange.request);
  const begun = await resumeLogin(setup, exchange);
  if (typeof begun === "string") return redirect(setup.site.origin + begun);
  try {
    if (begun.login.signing !== undefined)
      return await signingCallback(setup, exchange, begun, begun.login.signing);
    if (begun.login.handoff !== undefined)
      return await handoffCallback(setup, exchange, begun, begun.login.handoff);
    return await loginCallback(setup, exchange, begun);
  } catch (thrown) {
    // Each login is good for one callback with any outcome, unless another request has the code and its outcome is unknown.
    if (!leavesCode(thrown))
      exchange.cookies.push(await endOf(setup.logins, exchange, begun, await asHonninError(thrown)));
    throw thrown;
  }
}

async function signingCallback(
  { signing }: Pick<Setup, "signing">,
  exchange: Exchange,
  begun: BegunLogin,
  id: string,
): Promise<Response> {
  exchange.flow = "signing";
  if (signing !== undefined) return (await signing()).callback(exchange, begun, id);
  // The cookie is from a time when `signing` was set.
  throw notFound();
}

async function handoffCallback(
  { handoff }: Pick<Setup, "handoff">,
  exchange: Exchange,
  begun: BegunLogin,
  id: string,
): Promise<Response> {
  exchange.flow = "handoff";
  if (handoff !== undefined) return (await handoff()).callback(exchange, begun, id);
  // The cookie is from a time when `handoff` was set. It must not become a login of this browser.
  throw new HonninError("handoff-not-found", "This site offers no handoffs.");
}

/** A signature that can be resumed continues from its record. A failed login, or a signature that has ended, gets the same error again. */
async function endOf(
  logins: LoginCookies,
  { resumeHint }: Exchange,
  begun: BegunLogin,
  { code }: HonninError,
): Promise<string> {
  // While the store fails, it is unknown whether the signature can be resumed.
  const mayResume = resumeHint !== undefined || code === "store-unreachable";
  if (begun.login.signing !== undefined && mayResume) return logins.end(begun.cookie);
  return logins.markDone(begun, { failed: code });
}

async function loginCallback(setup: Setup, exchange: Exchange, begun: BegunLogin): Promise<Response> {
  const { authorization, codes, logins, site, signing } = setup;
  // Before the code is used: what completes the login may be missing on the server.
  await signing?.();
  const code = await readCode(authorization, exchange, begun.login);
  const { completion, response } = await onceForCode(codes, begun.login.state, () =>
    completeLogin(setup, exchange.request, code, begun.login),
  );
  const { location, cookies } = completion;
  const done = await logins.markDone(begun, { returnTo: location });
  if (response !== undefined) return withCookies(response, [done]);
  return withCookies(redirect(site.origin + location), [...cookies, done]);
}
