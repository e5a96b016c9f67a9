import { HonninError, type HonninErrorCode } from "../../error.js";
import type { Exchange } from "../http/exchange.js";
import { redirect } from "../http/responses.js";
import { checkNotFromElsewhere, checkSameOrigin } from "../http/same-origin.js";
import type { Site } from "../http/site.js";
import { isForm, readJson } from "./body.js";
import { badRequest } from "./errors.js";
import { eventStream, type StreamOptions } from "./events.js";
import { answerOf, findOwn, json, type Keepers, partOf } from "./keepers.js";
import { isNumber } from "./number.js";
import { end, typeNumber } from "./transitions.js";

/** What the routes for the page on the computer need. */
export interface ComputerRoutes extends Keepers {
  readonly site: Site;
  readonly stream: StreamOptions;
}

/** `GET …/handoff/state`. */
export async function state(routes: ComputerRoutes, exchange: Exchange): Promise<Response> {
  checkNotFromElsewhere(routes.site.origin, exchange.request);
  const { handoff } = await findOwn(routes, exchange, "pc");
  return json(answerOf(handoff, routes.now()));
}

/** `GET …/handoff/events`: the same objects as Server-Sent Events. */
export async function events(routes: ComputerRoutes, exchange: Exchange): Promise<Response> {
  const { site, stream, now } = routes;
  checkNotFromElsewhere(site.origin, exchange.request);
  const read = async () => answerOf((await findOwn(routes, exchange, "pc")).handoff, now());
  // Before the stream starts, an error is still a response of its own.
  const first = await read();
  return new Response(eventStream(first, read, stream, exchange.request.signal), {
    headers: {
      "content-type": "text/event-stream",
      // Compression in between would collect events, too.
      "cache-control": "no-store, no-transform",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      // Proxies that collect responses before they send them.
      "x-accel-buffering": "no",
    },
  });
}

/** `POST …/handoff/number`: the number that the user reads on the phone. */
export async function number(routes: ComputerRoutes, exchange: Exchange): Promise<Response> {
  const { site, handoffs, now } = routes;
  checkSameOrigin(site.origin, exchange.request);
  const typed = (await readJson(exchange.request, ["number"])).number;
  // A number of another form cannot be right, and costs no try.
  if (!isNumber(typed)) throw badRequest("has no number of six digits");
  const { id, digest } = await partOf(routes, exchange, "pc");
  let wrong: HonninErrorCode | undefined;
  const handoff = await handoffs.change(id, (current) => {
    const result = typeNumber(current, digest, typed, now());
    wrong = result.wrong;
    return result.next;
  });
  if (wrong !== undefined) throw new HonninError(wrong, "The typed number is not the one on the phone.");
  return json(answerOf(handoff, now()));
}

/** `POST …/handoff/cancel`: of the page on the computer by `fetch`, of the one on the phone by a form. */
export async function cancel(routes: ComputerRoutes, exchange: Exchange): Promise<Response> {
  const { site, handoffs, now } = routes;
  const { request } = exchange;
  const role = isForm(request) ? "phone" : "pc";
  if (role === "phone") {
    exchange.json = false;
    exchange.flow = "handoff";
  }
  checkSameOrigin(site.origin, request);
  const { id, digest } = await partOf(routes, exchange, role);
  const by = role === "pc" ? { pc: digest } : { phone: digest };
  const handoff = await handoffs.change(id, (current) =>
    end(current, by, "cancelled", "handoff-cancelled", now()),
  );
  if (role === "phone") return redirect(`${site.origin}${site.paths.handoff}/phone`);
  return json(answerOf(handoff, now()));
}
