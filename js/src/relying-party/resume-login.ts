import { HonninError } from "../error.js";
import { asHonninError } from "./errors.js";
import { type Exchange, parameter } from "./http/exchange.js";
import type { Site } from "./http/site.js";
import type { BegunLogin, DoneLogin, LoginCookies } from "./login/login-cookie.js";
import { beganElsewhere, isSigningState } from "./login/login-state.js";
import type { Setup } from "./setup.js";

/** The login that this browser stored; or the path that it led to, if it was completed a short time ago. A failed login fails again. */
export async function resumeLogin(
  { logins, signing, site }: Pick<Setup, "logins" | "signing" | "site">,
  exchange: Exchange,
): Promise<BegunLogin | string> {
  const state = parameter(exchange.url, "state");
  if (typeof state !== "string" || state === "" || state.length > 255) {
    throw new HonninError(
      "authorization-response-malformed",
      "The authorization response does not have exactly one state.",
    );
  }
  // Only for the text and the link of a page: the state is not verified yet.
  if (signing !== undefined && isSigningState(state)) exchange.flow = "signing";
  try {
    const found = await find(logins, exchange, state);
    const { lang, returnTo } = "login" in found ? found.login : found;
    exchange.language = lang;
    exchange.returnTo = returnTo;
    if ("login" in found) return found;
    if (found.failed === undefined) return returnTo;
    throw new HonninError(found.failed, "This callback was refused before, for the same reason.");
  } catch (thrown) {
    if (exchange.flow === "signing") await (await signing?.())?.pending.offer(exchange, state);
    throw explained(site, exchange, await asHonninError(thrown), state);
  }
}

async function find(
  logins: LoginCookies,
  exchange: Exchange,
  state: string,
): Promise<BegunLogin | DoneLogin> {
  const cookie = await logins.find(exchange.request, state);
  if (cookie === undefined) {
    throw new HonninError(
      "login-cookie-missing",
      "The callback has no login cookie. Possible causes: another browser or host than at the start of the login, a private window, " +
        "blocked cookies, or a login that was completed some time ago.",
    );
  }
  try {
    return await logins.read(cookie, state);
  } catch (thrown) {
    // This cookie can never be used.
    exchange.cookies.push(logins.end(cookie));
    throw thrown;
  }
}

/** Cookies belong to a host name: `localhost` and `127.0.0.1` are different, even on the same machine. */
function explained({ origin }: Site, { url }: Exchange, error: HonninError, state: string): HonninError {
  if (error.code !== "login-cookie-missing" || !beganElsewhere(state, url)) return error;
  return new HonninError(
    "login-host-mismatch",
    `The login started on a different host name than the callback, so its cookie is not sent. Open the site at ${origin}.`,
  );
}
