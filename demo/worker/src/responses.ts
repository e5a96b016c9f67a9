/** The policy of every page: this site's own files and nothing inline. */
function contentSecurityPolicy(loginOrigin: string): string {
  return [
    "default-src 'self'",
    "base-uri 'none'",
    // The login form is answered with a redirect to the service, which this directive covers, too.
    `form-action 'self' ${loginOrigin}`,
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join("; ");
}

/** What the headers of a page depend on. */
export interface PageHeaders {
  readonly status?: number;
  /** Where the service's authorization endpoint is. */
  readonly loginOrigin: string;
  /** Public pages may be kept; anything about a person may not. */
  readonly cacheControl: "no-cache" | "no-store";
  readonly headers?: HeadersInit;
}

export function htmlResponse(
  body: string,
  { status = 200, loginOrigin, cacheControl, headers }: PageHeaders,
): Response {
  const all = new Headers(headers);
  all.set("content-type", "text/html; charset=utf-8");
  all.set("cache-control", cacheControl);
  all.set("content-security-policy", contentSecurityPolicy(loginOrigin));
  all.set("cross-origin-opener-policy", "same-origin");
  all.set("permissions-policy", "camera=(), geolocation=(), microphone=()");
  // Not "no-referrer": with it, the logout form would not say which site it comes from.
  all.set("referrer-policy", "same-origin");
  all.set("x-content-type-options", "nosniff");
  all.set("x-frame-options", "DENY");
  return new Response(body, { status, headers: all });
}

/** A file whose address changes with its content: kept for a year, never asked for again. */
export function assetResponse(
  asset: { readonly type: string; readonly body: string },
  isRead: boolean,
): Response {
  const nosniff = { "x-content-type-options": "nosniff" };
  if (!isRead) return new Response(null, { status: 405, headers: { ...nosniff, allow: "GET, HEAD" } });
  const headers = {
    ...nosniff,
    "content-type": asset.type,
    "cache-control": "public, max-age=31536000, immutable",
  };
  return new Response(asset.body, { headers });
}
