import { HonninError } from "../../error.js";

/**
 * Whether a page of this very origin sent the request. `Sec-Fetch-Site` decides where the browser sends it; `Origin` must agree,
 * but may be `null`, which is what a page under `Referrer-Policy: no-referrer` sends.
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
 * Whether somebody went to a route that acts on being read, by a link or by the address bar: GET is meant to have no effect (RFC 9110
 * §9.2.1), and browsers rely on that. Refuses what a page loads by itself, such as an image, a frame or a `fetch` (Fetch Metadata),
 * and what browsers and frameworks fetch in advance.
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
 * As {@link checkNavigation}, and not by a link of another site.
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
 * Whether a link of another site led here, as far as the browser says so. One that does not know Fetch Metadata may still say where
 * the link was.
 */
export function isFromElsewhere(origin: string, { headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none";
  const referrer = headers.get("referer") ?? "";
  return referrer !== "" && referrer !== origin && !referrer.startsWith(`${origin}/`);
}

function isNavigation(headers: Headers): boolean {
  // Browsers that know Fetch Metadata send this with every request. Without it, a mode is that of a program, such as Node's `fetch`.
  if (headers.get("sec-fetch-site") === null) return true;
  const destination = headers.get("sec-fetch-dest") ?? "document";
  return (
    (headers.get("sec-fetch-mode") ?? "navigate") === "navigate" &&
    // A site's own service worker that passes a navigation on leaves the destination out. No script can ask in this mode.
    (destination === "document" || destination === "empty")
  );
}

/** `Sec-Purpose` (Fetch); what browsers said before; what routers of frameworks say. */
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
