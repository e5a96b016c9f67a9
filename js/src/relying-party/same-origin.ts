import { HonninError } from "../error.js";

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
 * Whether somebody went to a route that acts on being read: by a link of this very origin, or by the address bar. Refuses links of
 * other sites, what a page loads by itself, such as an image or a frame (Fetch Metadata), and what browsers fetch in advance (Fetch,
 * `Sec-Purpose`; `Purpose` before).
 *
 * @throws HonninError `cross-site-request-refused`
 */
export function checkNavigation({ headers }: Request): void {
  const purpose = `${headers.get("sec-purpose") ?? ""} ${headers.get("purpose") ?? ""}`;
  if (isOwnNavigation(headers) && !/prefetch|prerender|preview/i.test(purpose)) return;
  throw new HonninError(
    "cross-site-request-refused",
    "The request came from a page of another site, from within a page, or in advance of somebody's choice.",
  );
}

function isOwnNavigation(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  // Browsers that know Fetch Metadata send this with every request. Without it, a mode is that of a program, such as Node's `fetch`.
  if (site === null) return true;
  return (
    (site === "same-origin" || site === "none") &&
    (headers.get("sec-fetch-mode") ?? "navigate") === "navigate" &&
    (headers.get("sec-fetch-dest") ?? "document") === "document"
  );
}
