import { type Exchange, parameter } from "./exchange.js";
import type { Setup } from "./options.js";
import { isResponse, redirect, withCookies } from "./responses.js";
import { returnAddress } from "./return-address.js";
import { checkSameOrigin } from "./same-origin.js";
import { endSession, readSession } from "./session.js";
import { forgetAll } from "./signing/pending-cookie.js";

/** `POST …/logout?return_to=`: ends the session of this site, and its signatures under way. The service has no logout of its own. */
export async function logout(setup: Setup, exchange: Exchange): Promise<Response> {
  const { request, url } = exchange;
  checkSameOrigin(setup.origin, request);
  const closed = Object.values(setup.paths);
  const asked = returnAddress(setup.origin, parameter(url, "return_to"), closed);
  const outcome: unknown = await setup.onLogout?.(await readSession(setup, request), request);
  const cookies = [endSession(setup)];
  await forgetAll(setup, exchange);
  if (isResponse(outcome)) return withCookies(outcome, cookies);
  const returnTo: unknown =
    typeof outcome === "object" && outcome !== null ? Reflect.get(outcome, "returnTo") : undefined;
  const location = returnTo === undefined ? asked : returnAddress(setup.origin, returnTo);
  return withCookies(redirect(setup.origin + location), cookies);
}
