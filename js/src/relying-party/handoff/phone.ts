import { randomToken } from "../../launch/random.js";
import type { Exchange } from "../http/exchange.js";
import { checkNavigation } from "../http/navigation.js";
import { redirect } from "../http/responses.js";
import { checkNotFromElsewhere, checkOwnNavigation, checkSameOrigin } from "../http/same-origin.js";
import type { Site } from "../http/site.js";
import { type Leaving, leave } from "../login/leave.js";
import { readField } from "./body.js";
import { endedAs, mismatch } from "./errors.js";
import { hasEnded } from "./handoff.js";
import { answerOf, cookieLifetime, findOwn, json, type Keepers, partOf } from "./keepers.js";
import { notFound } from "./not-found.js";
import { randomNumber } from "./number.js";
import { phonePage, scanPage } from "./pages.js";
import { scan as bind, checkPhone, authorize as go } from "./transitions.js";

/** What the routes for the phone need. */
export interface PhoneRoutes extends Keepers, Leaving {
  readonly site: Site;
  readonly operator: string | undefined;
}

const SECRET = /^[A-Za-z0-9_-]{43}$/;

function idOf({ handoffs }: Keepers, scanSecret: string): Promise<string> {
  if (!SECRET.test(scanSecret)) throw notFound();
  return handoffs.idOf(scanSecret);
}

/** `GET …/handoff/s/<secret>`: says what will happen. Changes nothing, because messengers and browsers load links in advance. */
export async function opened(routes: PhoneRoutes, exchange: Exchange): Promise<Response> {
  const { site, handoffs, operator } = routes;
  const secret = exchange.url.pathname.slice(`${site.paths.handoff}/s/`.length);
  const id = await idOf(routes, secret);
  const handoff = await handoffs.find(id);
  if (hasEnded(handoff)) throw endedAs(handoff);
  // The phone that scanned it has loaded the address again.
  if (await isBound(routes, exchange, id)) return redirect(`${site.origin}${site.paths.handoff}/phone`);
  if (handoff.state !== "waiting") throw mismatch(handoff.state, ["waiting"]);
  const userAgent = exchange.request.headers.get("user-agent") ?? "";
  return scanPage(exchange.language, { site, operator, secret, userAgent });
}

/** `POST …/handoff/scan`: binds this phone and gives it a number. Works once for each code. */
export async function scan(routes: PhoneRoutes, exchange: Exchange): Promise<Response> {
  const { site, handoffs, cookies, steps, now } = routes;
  const { request } = exchange;
  checkSameOrigin(site.origin, request);
  await checkNavigation(request);
  const id = await idOf(routes, await readField(request, "secret"));
  const next = redirect(`${site.origin}${site.paths.handoff}/phone`);
  if (await isBound(routes, exchange, id)) return next;
  const secret = randomToken();
  const phone = await handoffs.digestOf("phone", id, secret);
  const number = randomNumber();
  await handoffs.change(id, (current) => bind(current, { phone, number }, steps, now()));
  cookies.set(exchange, "phone", { id, secret }, cookieLifetime(steps));
  return next;
}

/** Whether this phone sent the form before. */
async function isBound(routes: PhoneRoutes, exchange: Exchange, id: string): Promise<boolean> {
  if (routes.cookies.read(exchange.request, "phone")?.id !== id) return false;
  const { digest } = await partOf(routes, exchange, "phone");
  checkPhone(await routes.handoffs.find(id), digest);
  return true;
}

/** `GET …/handoff/phone`: the number, then the way to the service, then the way back to the computer. */
export async function phone(routes: PhoneRoutes, exchange: Exchange): Promise<Response> {
  const { handoff } = await findOwn(routes, exchange, "phone");
  if (hasEnded(handoff)) throw endedAs(handoff);
  return phonePage(exchange.language, { site: routes.site, operator: routes.operator, handoff });
}

/** `GET …/handoff/phone/state`: whether the page must be loaded again. */
export async function phoneState(routes: PhoneRoutes, exchange: Exchange): Promise<Response> {
  checkNotFromElsewhere(routes.site.origin, exchange.request);
  const { handoff } = await findOwn(routes, exchange, "phone");
  return json(answerOf(handoff, routes.now()));
}

/** `GET …/handoff/authorize`: a link of the phone's page. Sends the phone to the service. */
export async function authorize(routes: PhoneRoutes, exchange: Exchange): Promise<Response> {
  const { handoffs, now } = routes;
  await checkOwnNavigation(exchange.request);
  const { id, digest } = await partOf(routes, exchange, "phone");
  const { scopes } = await handoffs.change(id, (current) => go(current, digest, now()));
  // The return address is the computer's: the phone does not learn it.
  return leave(routes, exchange, { scopes, returnTo: "/", linked: false, handoff: id });
}
