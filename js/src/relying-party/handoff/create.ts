import { randomToken } from "../../launch/random.js";
import type { Exchange } from "../http/exchange.js";
import { returnAddress } from "../http/return-address.js";
import { checkSameOrigin } from "../http/same-origin.js";
import type { Site } from "../http/site.js";
import type { Quota } from "../login/quota.js";
import type { Sessions } from "../login/session.js";
import { readJson } from "./body.js";
import { badRequest } from "./errors.js";
import { cookieLifetime, json, type Keepers, partOf } from "./keepers.js";
import { end, open } from "./transitions.js";

/** What the route needs that starts a handoff. */
export interface CreateRoute extends Keepers {
  readonly site: Site;
  readonly sessions: Sessions;
  readonly quota: Quota;
  scopes(request: Request): readonly string[];
  readonly requiredScopes: readonly string[];
}

/** `POST …/handoff`: starts a handoff for the browser of a computer. */
export async function create(route: CreateRoute, exchange: Exchange): Promise<Response> {
  const { site, sessions, quota, handoffs, cookies, steps, now } = route;
  const { request, language } = exchange;
  checkSameOrigin(site.origin, request);
  const body = await readJson(request, ["returnTo", "scopes"]);
  const returnTo = await returnAddress(site, body.returnTo);
  const scopes = chosenScopes(route, body.scopes, request);
  await quota.count(request, await sessions.read(request));
  const [scanSecret, secret] = [randomToken(), randomToken()];
  const id = await handoffs.idOf(scanSecret);
  const pc = await handoffs.digestOf("pc", id, secret);
  const handoff = open({ pc, returnTo, lang: language, scopes }, steps, now());
  await handoffs.create(id, handoff);
  await cancelEarlier(route, exchange);
  cookies.set(exchange, "pc", { id, secret }, cookieLifetime(steps));
  const url = `${site.origin}${site.paths.handoff}/s/${scanSecret}`;
  return json({ url, expiresIn: handoff.until - now() }, 201);
}

/** A page may ask for less than the site's logins, never for more. */
function chosenScopes(
  { scopes, requiredScopes }: Pick<CreateRoute, "scopes" | "requiredScopes">,
  asked: unknown,
  request: Request,
): readonly string[] {
  const all = scopes(request);
  if (asked === undefined) return all;
  if (!Array.isArray(asked) || !asked.every((scope): scope is string => all.includes(scope as string)))
    throw badRequest("asks for scopes that the logins of this site do not have");
  if (!["openid", ...requiredScopes].every((scope) => asked.includes(scope)))
    throw badRequest("lacks a scope that the logins of this site require");
  return [...new Set(asked)];
}

/** The code of a page that was left must not lead anywhere. Without success, it lapses. */
async function cancelEarlier(route: CreateRoute, exchange: Exchange): Promise<void> {
  try {
    const { id, digest } = await partOf(route, exchange, "pc");
    const by = { pc: digest };
    await route.handoffs.change(id, (current) =>
      end(current, by, "cancelled", "handoff-cancelled", route.now()),
    );
  } catch {
    // There is none, or the store fails.
  }
}
