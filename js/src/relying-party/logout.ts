import { type Exchange, parameter } from "./exchange.js";
import { isResponse, ofSite, redirect } from "./responses.js";
import { returnAddress } from "./return-address.js";
import { checkSameOrigin } from "./same-origin.js";
import { endSession, readSession, revokeSession } from "./session.js";
import type { Setup } from "./setup.js";
import { forgetAll } from "./signing/pending-cookie.js";

/** `POST …/logout?return_to=`: ends the session of this site, and its signatures under way. The service has no logout of its own. */
export async function logout(setup: Setup, exchange: Exchange): Promise<Response> {
  const { request, url } = exchange;
  checkSameOrigin(setup.origin, request);
  const closed = Object.values(setup.paths);
  const asked = returnAddress(setup.origin, parameter(url, "return_to"), closed);
  const known = await readSession(setup, request);
  const outcome: unknown = await setup.onLogout?.(known?.session, request);
  // From here on, this browser is logged out, whatever becomes of copies of its cookie.
  exchange.cookies.push(endSession(setup), ...(await forgetAll(setup, request)));
  await revokeSession(setup, request);
  if (isResponse(outcome)) return ofSite(outcome);
  const returnTo: unknown =
    typeof outcome === "object" && outcome !== null ? Reflect.get(outcome, "returnTo") : undefined;
  const location = returnTo === undefined ? asked : returnAddress(setup.origin, returnTo);
  return redirect(setup.origin + location);
}
