import { HonninError } from "../../error.js";
import type { Exchange } from "../http/exchange.js";
import type { BegunLogin } from "../login/login-cookie.js";
import { type Counted, Quota } from "../login/quota.js";
import { keyedDigest } from "../storage/keyed-digest.js";
import { HANDOFFS } from "../storage/store.js";
import { type HandoffCallback, handoffCallback } from "./callback.js";
import { type ClaimRoute, claim } from "./claim.js";
import { type ComputerRoutes, cancel, events, number, state } from "./computer.js";
import { HandoffCookies } from "./cookies.js";
import { type CreateRoute, create } from "./create.js";
import { waitFor } from "./events.js";
import { Handoffs, MAX_HANDOFF_CHARACTERS } from "./handoffs.js";
import { authorize, opened, type PhoneRoutes, phone, phoneState, scan } from "./phone.js";
import type { HandoffRules } from "./rules.js";

const counted: Counted = {
  prefix: `${HANDOFFS}s`,
  name: "handoffs",
  option: "handoff",
  code: "handoff-quota-exceeded",
};

/** All that a handler does with handoffs. */
export interface HandoffWing {
  /** Answers a request to `paths.handoff` or below. */
  answer(exchange: Exchange): Promise<Response>;
  /** @param id the ID of the handoff */
  callback(exchange: Exchange, begun: BegunLogin, id: string): Promise<Response>;
}

/** Where errors are seen: by a script, by the user of the computer, or by the user of the phone. */
type Reader = "script" | "computer" | "phone";

type Route = readonly [
  method: string,
  reader: Reader,
  handle: (route: WingRoute, exchange: Exchange) => Promise<Response>,
];

type WingRoute = CreateRoute & ComputerRoutes & ClaimRoute & PhoneRoutes & HandoffCallback;

/** By the path below `paths.handoff`. After the last slash of `/s/` is a secret. */
const routes: Readonly<Record<string, Route>> = {
  "": ["POST", "script", create],
  "/state": ["GET", "script", state],
  "/events": ["GET", "script", events],
  "/number": ["POST", "script", number],
  "/cancel": ["POST", "script", cancel],
  "/claim": ["POST", "computer", claim],
  "/s/": ["GET", "phone", opened],
  "/scan": ["POST", "phone", scan],
  "/phone": ["GET", "phone", phone],
  "/phone/state": ["GET", "script", phoneState],
  "/authorize": ["GET", "phone", authorize],
};

async function answer(route: WingRoute, exchange: Exchange): Promise<Response> {
  const { paths } = route.site;
  const below = exchange.url.pathname.slice(paths.handoff?.length);
  const path = below.startsWith("/s/") ? "/s/" : below;
  const [method, reader, handle] = (Object.hasOwn(routes, path) ? routes[path] : undefined) ?? [];
  if (method === undefined || handle === undefined)
    throw new HonninError("route-not-found", `There is no such route. Handoffs start at ${paths.handoff}.`);
  exchange.json = reader === "script";
  if (reader === "phone") exchange.flow = "handoff";
  exchange.allow = method;
  if (exchange.request.method !== method)
    throw new HonninError("method-not-allowed", `This route accepts ${method} only.`);
  return handle(route, exchange);
}

export function openHandoff(rules: HandoffRules): HandoffWing {
  const { site, store, steps, clients, pollInterval, owner, now, seal, secret, purpose } = rules;
  const handoffs = new Handoffs({
    store,
    // For this handler only: another one of this client may have other rules for logins.
    sealer: seal(`handoff ${site.origin}${site.paths.handoff}`, MAX_HANDOFF_CHARACTERS),
    digest: keyedDigest(secret, purpose("handoff-secrets")),
    now,
  });
  const nameOf = keyedDigest(secret, purpose("handoff-starts"));
  const { lifetime } = steps;
  const quota = new Quota({ store, counted, lifetime, ...clients, nameOf, tag: owner.tag, now });
  const stream = { interval: pollInterval, wait: waitFor };
  const route = { ...rules, handoffs, cookies: new HandoffCookies(owner), quota, stream };
  return {
    answer: (exchange) => answer(route, exchange),
    callback: (exchange, begun, id) => handoffCallback(route, exchange, begun, id),
  };
}
