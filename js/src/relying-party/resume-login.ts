import { HonninError } from "../error.js";
import { type Exchange, parameter } from "./exchange.js";
import { findLogin, type LoginState, openLogin } from "./login-cookie.js";
import type { Setup } from "./options.js";
import { offerResumption } from "./signing/pending-cookie.js";
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
  if (setup.signing === undefined || !isSigningState(state)) return spend(setup, exchange, state);
  // For the words and the link of a page alone: the state is not verified yet.
  exchange.flow = "signing";
  return spend(setup, exchange, state).catch(async (error: unknown) => {
    await offerResumption(setup, exchange, state);
    throw error;
  });
}

async function spend(setup: Setup, exchange: Exchange, state: string): Promise<LoginState> {
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
