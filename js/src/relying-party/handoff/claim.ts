import { randomToken } from "../../launch/random.js";
import { asHonninError } from "../errors.js";
import type { Login } from "../hooks.js";
import type { Exchange } from "../http/exchange.js";
import { checkNavigation } from "../http/navigation.js";
import { redirect, withCookies } from "../http/responses.js";
import { checkSameOrigin } from "../http/same-origin.js";
import type { Site } from "../http/site.js";
import type { Completion } from "../login/completions.js";
import type { HandedIn } from "../login/hand-in.js";
import { claimedAlready, endedAs } from "./errors.js";
import type { Handoff } from "./handoff.js";
import { hasEnded } from "./handoff.js";
import { findOwn, type Keepers } from "./keepers.js";
import { checkPc, settle, claim as take } from "./transitions.js";

/** What the route needs that completes the login on the computer. */
export interface ClaimRoute extends Keepers {
  readonly site: Site;
  /** Milliseconds that a request waits for another one. */
  readonly patience: number;
  admit(request: Request, login: Login): Promise<HandedIn>;
}

/** Milliseconds before the store is read again, doubled each time. */
const FIRST_DELAY = 50;
const MOST_DELAY = 1_000;

/** `POST …/handoff/claim`: completes the login in the browser of the computer. A repeated request leads where the first one led. */
export async function claim(route: ClaimRoute, exchange: Exchange): Promise<Response> {
  const { site, handoffs, now } = route;
  const { request } = exchange;
  checkSameOrigin(site.origin, request);
  await checkNavigation(request);
  const { part, handoff } = await findOwn(route, exchange, "pc");
  exchange.language = handoff.lang;
  exchange.returnTo = handoff.returnTo;
  const by = randomToken();
  let login: Login | undefined;
  const taken = await handoffs.change(part.id, (current) => {
    checkPc(current, part.digest);
    login = current.login;
    return current.state === "claimed" ? current : take(current, part.digest, by, now());
  });
  if (taken.claim !== by || login === undefined) {
    const { location, cookies } = await outcomeOf(route, part.id, taken);
    return withCookies(redirect(site.origin + location), cookies);
  }
  const { completion, response } = await complete(route, request, { id: part.id, by, login });
  return response ?? withCookies(redirect(site.origin + completion.location), completion.cookies);
}

async function complete(
  { handoffs, admit }: ClaimRoute,
  request: Request,
  { id, by, login }: { readonly id: string; readonly by: string; readonly login: Login },
): Promise<HandedIn> {
  const note = async (outcome: Parameters<typeof settle>[2]) => {
    // The browser of this request gets the outcome in any case.
    await handoffs.change(id, (current) => settle(current, by, outcome)).catch(() => undefined);
  };
  try {
    const done = await admit(request, login);
    await note(done.completion);
    return done;
  } catch (thrown) {
    await note((await asHonninError(thrown)).code);
    throw thrown;
  }
}

/** The outcome of another request, as soon as it is available. @throws HonninError `authorization-code-spent`, and its error */
async function outcomeOf(
  { handoffs, patience }: ClaimRoute,
  id: string,
  taken: Handoff,
): Promise<Completion> {
  let current = taken;
  let waited = 0;
  for (let delay = FIRST_DELAY; ; delay = Math.min(2 * delay, MOST_DELAY)) {
    if (current.completion !== undefined) return current.completion;
    if (hasEnded(current)) throw endedAs(current);
    if (waited >= patience) throw claimedAlready();
    await new Promise((resolve) => setTimeout(resolve, delay));
    waited += delay;
    current = await handoffs.find(id);
  }
}
