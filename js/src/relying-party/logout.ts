import { type Exchange, parameter } from "./http/exchange.js";
import { placeAfter } from "./http/place-after.js";
import { isResponse, ofSite, redirect } from "./http/responses.js";
import { returnAddress } from "./http/return-address.js";
import { checkSameOrigin } from "./http/same-origin.js";
import { endSession, revokeSession, sealedSession } from "./login/session.js";
import type { Setup } from "./options/read-options.js";
import { forgetAll } from "./signing/pending-cookie.js";

/** `POST …/logout?return_to=`: ends the session of this site, and its signatures under way. The service has no logout of its own. */
export async function logout(setup: Setup, exchange: Exchange): Promise<Response> {
  const { request, url } = exchange;
  checkSameOrigin(setup.origin, request);
  const closed = Object.values(setup.paths);
  const asked = returnAddress(setup.origin, parameter(url, "return_to"), closed);
  // From here on, this browser is logged out, whatever the site and the store say.
  exchange.cookies.push(endSession(setup), ...(await forgetAll(setup, request)));
  const outcome: unknown = await setup.onLogout?.(await sealedSession(setup, request), request);
  await revokeSession(setup, request);
  if (isResponse(outcome)) return ofSite(outcome);
  const returnTo: unknown =
    typeof outcome === "object" && outcome !== null ? Reflect.get(outcome, "returnTo") : undefined;
  return redirect(setup.origin + placeAfter(setup, "onLogout", returnTo, asked));
}
