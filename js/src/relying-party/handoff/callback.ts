import type { HonninError, HonninErrorCode } from "../../error.js";
import { asHonninError } from "../errors.js";
import type { Login } from "../hooks.js";
import type { Exchange } from "../http/exchange.js";
import { redirect, withCookies } from "../http/responses.js";
import type { Site } from "../http/site.js";
import type { HandedIn } from "../login/hand-in.js";
import type { Leaving } from "../login/leave.js";
import type { BegunLogin, LoginState } from "../login/login-cookie.js";
import { readCode } from "../login/redeem.js";
import { otherBrowser } from "./errors.js";
import { findOwn, type Keepers, type Part } from "./keepers.js";
import { checkAwaited, checkPhone, deliver, end } from "./transitions.js";

/** What a callback of a phone needs. */
export interface HandoffCallback extends Keepers, Leaving {
  readonly site: Site;
  /** Does the work if the code of this state is unused; otherwise returns its outcome. */
  once(state: string, work: () => Promise<HandedIn>): Promise<HandedIn>;
  /** The same error, after which the callback may be tried again. */
  stillOpen(error: HonninError): HonninError;
  verify(code: string, begun: LoginState): Promise<Login>;
}

/** The user's own decision, not a fault. */
const refusals: readonly HonninErrorCode[] = ["login-denied", "scope-not-granted"];

/**
 * `GET …/callback` of a phone: verifies the login as always, and keeps it for the computer. The phone gets no session, and its own
 * session stays.
 */
export async function handoffCallback(
  route: HandoffCallback,
  exchange: Exchange,
  begun: BegunLogin,
  id: string,
): Promise<Response> {
  const { site, authorization, logins, now } = route;
  const { part, handoff } = await findUnspent(route, exchange);
  if (part.id !== id) throw otherBrowser();
  const location = `${site.paths.handoff}/phone`;
  // Another callback was faster. The code of this one stays unused.
  if (handoff.state === "done" || handoff.state === "claimed") return redirect(site.origin + location);
  checkAwaited(handoff, part.digest, now());
  const code = await orEnd(route, part, readCode(authorization, exchange, begun.login));
  const { completion } = await route.once(begun.login.state, async () => {
    await keepLogin(route, part, await orEnd(route, part, withReport(route.verify(code, begun.login))));
    return { completion: { location, cookies: [] } };
  });
  const done = await logins.markDone(begun, { returnTo: completion.location });
  return withCookies(redirect(site.origin + completion.location), [done]);
}

/** While the store fails, the code is unused: the same callback may be tried again. */
async function findUnspent(route: HandoffCallback, exchange: Exchange): ReturnType<typeof findOwn> {
  try {
    return await findOwn(route, exchange, "phone");
  } catch (thrown) {
    const error = await asHonninError(thrown);
    throw error.code === "store-unreachable" ? route.stillOpen(error) : error;
  }
}

/** The report is made when it is read: here, so that the handoff ends if it cannot be made. */
async function withReport(login: Promise<Login>): Promise<Login> {
  return { ...(await login) };
}

async function keepLogin(
  { handoffs, steps, now }: Keepers,
  { id, digest }: Part,
  login: Login,
): Promise<void> {
  await handoffs.change(id, (current) => {
    checkPhone(current, digest);
    // Another callback of this phone was faster, while this one was verified. Its login counts.
    if (current.state === "done" || current.state === "claimed") return current;
    const { returnTo, lang } = current;
    // As if the login had started on the computer.
    return deliver(current, digest, { ...login, returnTo, language: lang }, steps, now());
  });
}

/** Without a login, the handoff ends, and the computer learns the code. */
async function orEnd<T>({ handoffs, now }: Keepers, { id, digest }: Part, step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (thrown) {
    const { code } = await asHonninError(thrown);
    const state = refusals.includes(code) ? "refused" : "failed";
    const by = { phone: digest };
    // Without success, it lapses.
    await handoffs.change(id, (current) => end(current, by, state, code, now())).catch(() => undefined);
    throw thrown;
  }
}
