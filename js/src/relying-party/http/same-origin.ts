import { HonninError } from "../../error.js";

/**
 * Checks that a page of this origin sent the request. `Sec-Fetch-Site` decides if the browser sends it. `Origin` must match,
 * but may then be `null`, which a page with `Referrer-Policy: no-referrer` sends.
 *
 * @throws HonninError `cross-site-request-refused`
 */
export function checkSameOrigin(origin: string, request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  const sender = request.headers.get("origin");
  const siteAgrees = site === null || site === "same-origin" || site === "none";
  const senderAgrees = sender === null || sender === origin || (sender === "null" && site === "same-origin");
  if (siteAgrees && senderAgrees && (site !== null || sender !== null)) return;
  throw new HonninError("cross-site-request-refused", "The request did not come from a page of this site.");
}

/**
 * Checks that the request is a navigation by the user, for a route whose GET has an effect. GET should have no effect (RFC 9110
 * §9.2.1), and browsers rely on this. Refuses resources that a page loads, such as an image, a frame or a `fetch` (Fetch
 * Metadata), and requests that browsers and frameworks prefetch.
 *
 * @throws HonninError `navigation-required`
 */
export function checkNavigation({ headers }: Request): void {
  if (isNavigation(headers) && !isInAdvance(headers)) return;
  throw new HonninError(
    "navigation-required",
    "The request was not a navigation: a page loaded this address as a resource, or it was prefetched. It had no effect. Use a link to this address.",
  );
}

/**
 * Like {@link checkNavigation}, and refuses links on other sites.
 *
 * @throws HonninError `navigation-required`, `cross-site-request-refused`
 */
export function checkOwnNavigation(request: Request): void {
  checkNavigation(request);
  const site = request.headers.get("sec-fetch-site");
  if (site === null || site === "same-origin" || site === "none") return;
  throw new HonninError("cross-site-request-refused", "The request came from a link on another site.");
}

/**
 * Whether a link on another site led here, as far as the browser reports it. A browser without Fetch Metadata may still send
 * the referrer.
 */
export function isFromElsewhere(origin: string, { headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none";
  const referrer = headers.get("referer") ?? "";
  return referrer !== "" && referrer !== origin && !referrer.startsWith(`${origin}/`);
}

function isNavigation(headers: Headers): boolean {
  // Browsers with Fetch Metadata send this header with every request. Without it, the mode comes from a program, such as Node's `fetch`.
  if (headers.get("sec-fetch-site") === null) return true;
  const destination = headers.get("sec-fetch-dest") ?? "document";
  return (
    (headers.get("sec-fetch-mode") ?? "navigate") === "navigate" &&
    // A service worker of the site that forwards a navigation sends no destination. No script can send a request with this mode.
    (destination === "document" || destination === "empty")
  );
}

/** `Sec-Purpose` (Fetch), the headers of older browsers, and the headers of framework routers. */
function isInAdvance(headers: Headers): boolean {
  const purposes = ["sec-purpose", "x-sec-purpose", "purpose", "x-purpose", "x-moz"].map(
    (name) => headers.get(name) ?? "",
  );
  return (
    /prefetch|prerender|preview/i.test(purposes.join(" ")) ||
    headers.has("next-router-prefetch") ||
    headers.has("x-middleware-prefetch")
  );
}
