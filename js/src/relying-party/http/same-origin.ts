import { HonninError } from "../../error.js";
import { checkNavigation } from "./navigation.js";

/**
 * Checks that a page of this origin sent the request. `Sec-Fetch-Site` decides if the browser sends it. `Origin` must match,
 * but may then be `null`, which a page with `Referrer-Policy: no-referrer` sends.
 *
 * @throws HonninError `cross-site-request-refused`
 */
export function checkSameOrigin(origin: string, request: Request): void {
  checkNotFromElsewhere(origin, request);
  if (request.headers.has("sec-fetch-site") || request.headers.has("origin")) return;
  throw refused();
}

/**
 * Like {@link checkSameOrigin}, for a `fetch` with GET that only reads: a browser without Fetch Metadata sends neither header.
 *
 * @throws HonninError `cross-site-request-refused`
 */
export function checkNotFromElsewhere(origin: string, { headers }: Request): void {
  const site = headers.get("sec-fetch-site");
  const sender = headers.get("origin");
  const siteAgrees = site === null || site === "same-origin" || site === "none";
  const senderAgrees = sender === null || sender === origin || (sender === "null" && site === "same-origin");
  if (!siteAgrees || !senderAgrees) throw refused();
}

function refused(): HonninError {
  return new HonninError("cross-site-request-refused", "The request did not come from a page of this site.");
}

/**
 * Like {@link checkNavigation}, and refuses links on other sites.
 *
 * @throws HonninError `navigation-required`, `cross-site-request-refused`
 */
export async function checkOwnNavigation(request: Request): Promise<void> {
  await checkNavigation(request);
  const site = request.headers.get("sec-fetch-site");
  if (site === null || site === "same-origin" || site === "none") return;
  throw new HonninError("cross-site-request-refused", "The request came from a link on another site.");
}
