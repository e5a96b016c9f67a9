import { problem } from "../problem.js";

/**
 * Checks that the request is a navigation by the user, for a route whose GET has an effect. GET should have no effect (RFC 9110
 * §9.2.1), and browsers rely on this. Refuses resources that a page loads, such as an image, a frame or a `fetch` (Fetch
 * Metadata), and requests that browsers and frameworks prefetch.
 *
 * @throws HonninError `navigation-required`
 */
export async function checkNavigation({ headers }: Request): Promise<void> {
  if (isNavigation(headers) && !isInAdvance(headers)) return;
  throw await problem("navigation-required", ["not-navigation"]);
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
