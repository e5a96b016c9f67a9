import { type Exchange, parameter } from "./http/exchange.js";
import { placeAfter } from "./http/place-after.js";
import { isResponse, ofSite, redirect } from "./http/responses.js";
import { returnAddress } from "./http/return-address.js";
import { checkSameOrigin } from "./http/same-origin.js";
import { readOutcome } from "./option-checks.js";
import type { Setup } from "./setup.js";

/** `POST …/logout?return_to=`: ends the session of this site and its signatures in progress. The service has no logout. */
export async function logout(
  { site, sessions, signing, onLogout }: Pick<Setup, "site" | "sessions" | "signing" | "onLogout">,
  exchange: Exchange,
): Promise<Response> {
  const { request, url } = exchange;
  checkSameOrigin(site.origin, request);
  const asked = await returnAddress(site, parameter(url, "return_to"));
  // From here on, this browser is logged out, even if the site's hook or the store fails.
  exchange.cookies.push(sessions.end());
  const [forgotten] = await Promise.allSettled([forget(signing, request)]);
  if (forgotten.status === "fulfilled") exchange.cookies.push(...forgotten.value);
  const outcome: unknown = await onLogout?.(await sessions.sealed(request), request);
  await sessions.revoke(request);
  // Last: code that is missing on the server must not keep the session alive.
  if (forgotten.status === "rejected") throw forgotten.reason;
  if (isResponse(outcome)) return ofSite(outcome);
  const { returnTo } = readOutcome(outcome, "onLogout", ["returnTo"]);
  return redirect(site.origin + (await placeAfter(site, "onLogout", returnTo, asked)));
}

async function forget(signing: Setup["signing"], request: Request): Promise<readonly string[]> {
  return (await (await signing?.())?.pending.forgetAll(request)) ?? [];
}
