import { HonninError } from "../error.js";
import { type Exchange, parameter } from "./exchange.js";
import type { Setup } from "./options.js";
import { isResponse, redirect, withCookies } from "./responses.js";
import { returnAddress } from "./return-address.js";
import { endSession, readSession } from "./session.js";

/** `POST …/logout?return_to=`: ends the session of this site. The service has no logout of its own. */
export async function logout(setup: Setup, exchange: Exchange): Promise<Response> {
  const { request, url } = exchange;
  checkSameSite(setup.origin, request);
  const closed = Object.values(setup.paths);
  const asked = returnAddress(setup.origin, parameter(url, "return_to"), closed);
  const outcome: unknown = await setup.onLogout?.(await readSession(setup, request), request);
  const cookies = [endSession(setup)];
  if (isResponse(outcome)) return withCookies(outcome, cookies);
  const returnTo: unknown =
    typeof outcome === "object" && outcome !== null ? Reflect.get(outcome, "returnTo") : undefined;
  const location = returnTo === undefined ? asked : returnAddress(setup.origin, returnTo);
  return withCookies(redirect(setup.origin + location), cookies);
}

/**
 * Whether a page of this very origin sent the request. `Sec-Fetch-Site` decides where the browser sends it; `Origin` must agree,
 * but may be `null`, which is what a page under `Referrer-Policy: no-referrer` sends.
 */
function checkSameSite(origin: string, request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  const sender = request.headers.get("origin");
  const siteAgrees = site === null || site === "same-origin" || site === "none";
  const senderAgrees = sender === null || sender === origin || (sender === "null" && site === "same-origin");
  if (siteAgrees && senderAgrees && (site !== null || sender !== null)) return;
  throw new HonninError("cross-site-request-refused", "The request did not come from a page of this site.");
}
