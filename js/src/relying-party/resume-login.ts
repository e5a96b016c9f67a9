import { HonninError } from "../error.js";
import { type Exchange, parameter } from "./exchange.js";
import { findLogin, type LoginState, openLogin } from "./login-cookie.js";
import type { Setup } from "./options.js";
import { isSigningState } from "./signing/state.js";
import { clearCookie } from "./tab-cookies.js";

/** Finds what this browser kept of the login and spends it, whatever comes of the rest. */
export async function resumeLogin(setup: Setup, exchange: Exchange): Promise<LoginState> {
  const state = parameter(exchange.url, "state");
  if (typeof state !== "string" || state === "" || state.length > 255) {
    throw new HonninError(
      "authorization-response-malformed",
      "The authorization response has not exactly one state.",
    );
  }
  // For the words of a page alone: the state is not verified yet.
  if (setup.signing !== undefined && isSigningState(state)) exchange.flow = "signing";
  const cookie = await findLogin(setup, exchange.request, state);
  if (cookie === undefined) {
    throw new HonninError(
      "login-cookie-missing",
      "The callback came without the login's cookie: another browser or host than the login's, a private window, " +
        "blocked cookies, or a login already completed.",
    );
  }
  // Each is good for one callback.
  exchange.cookies.push(clearCookie(setup, cookie));
  const begun = await openLogin(setup, cookie);
  exchange.language = begun.lang;
  exchange.returnTo = begun.returnTo;
  return begun;
}
