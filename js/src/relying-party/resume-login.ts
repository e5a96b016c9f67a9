import { type Exchange, parameter } from "./http/exchange.js";
import type { BegunLogin, DoneLogin } from "./login/login-cookie.js";
import { beganElsewhere, flowOf } from "./login/login-state.js";
import { problem } from "./problem.js";
import type { Setup } from "./setup.js";

/** The login that this browser stored; or the path that it led to, if it was completed a short time ago. A failed login fails again. */
export async function resumeLogin(
  { logins, signing, handoff, site }: Pick<Setup, "logins" | "signing" | "handoff" | "site">,
  exchange: Exchange,
): Promise<BegunLogin | string> {
  const state = parameter(exchange.url, "state");
  if (typeof state !== "string" || state === "" || state.length > 255) {
    throw await problem("authorization-response-malformed", ["state"]);
  }
  // Only for the text and the link of a page: the state is not verified yet.
  const flow = flowOf(state);
  if (flow !== "login" && { signing, handoff }[flow] !== undefined) exchange.flow = flow;
  try {
    const found = await find({ logins, site }, exchange, state);
    const { lang, returnTo } = "login" in found ? found.login : found;
    exchange.language = lang;
    exchange.returnTo = returnTo;
    if ("login" in found) return found;
    if (found.failed === undefined) return returnTo;
    throw await problem(found.failed, ["refused-before"]);
  } catch (thrown) {
    if (exchange.flow === "signing") await offer(signing, exchange, state);
    throw thrown;
  }
}

/** The error matters more than the offer to continue. */
async function offer(signing: Setup["signing"], exchange: Exchange, state: string): Promise<void> {
  try {
    await (await signing?.())?.pending.offer(exchange, state);
  } catch {
    // Its code is missing on the server, or the store fails.
  }
}

async function find(
  { logins, site }: Pick<Setup, "logins" | "site">,
  exchange: Exchange,
  state: string,
): Promise<BegunLogin | DoneLogin> {
  const cookie = await logins.find(exchange.request, state);
  if (cookie === undefined) {
    throw await (beganElsewhere(state, exchange.request)
      ? problem("login-host-mismatch", ["other-host", site.origin])
      : problem("login-cookie-missing", ["no-cookie"]));
  }
  try {
    return await logins.read(cookie, state);
  } catch (thrown) {
    // This cookie can never be used.
    exchange.cookies.push(logins.end(cookie));
    throw thrown;
  }
}
