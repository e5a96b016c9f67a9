/** The policy of every page: only the site's own files, and nothing inline. */
function contentSecurityPolicy(loginOrigin: string, runsWasm: boolean): string {
  return [
    "default-src 'self'",
    ...(runsWasm ? ["script-src 'self' 'wasm-unsafe-eval'"] : []),
    "base-uri 'none'",
    // The login form redirects to the service. This directive applies to redirects too.
    `form-action 'self' ${loginOrigin}`,
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join("; ");
}

/** What the headers of a page depend on. */
export interface PageHeaders {
  readonly status?: number;
  /** The origin of the service's authorization endpoint. */
  readonly loginOrigin: string;
  /** Public pages may be cached. Pages with personal data must not. */
  readonly cacheControl: "no-cache" | "no-store";
  /** The page may run WebAssembly. Default false. */
  readonly runsWasm?: boolean;
  readonly headers?: HeadersInit;
}

export function htmlResponse(
  body: string,
  { status = 200, loginOrigin, cacheControl, runsWasm = false, headers }: PageHeaders,
): Response {
  const all = new Headers(headers);
  all.set("content-type", "text/html; charset=utf-8");
  all.set("cache-control", cacheControl);
  all.set("content-security-policy", contentSecurityPolicy(loginOrigin, runsWasm));
  all.set("cross-origin-opener-policy", "same-origin");
  all.set("permissions-policy", "camera=(), geolocation=(), microphone=()");
  // Not "no-referrer": with it, the logout form would send no origin.
  all.set("referrer-policy", "same-origin");
  all.set("x-content-type-options", "nosniff");
  all.set("x-frame-options", "DENY");
  return new Response(body, { status, headers: all });
}

/** A file whose URL changes with its content: cached for a year. */
export function assetResponse(
  asset: { readonly type: string; readonly body: string | ArrayBuffer },
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

/** A signed package to download. It contains a person's certificate. */
export function packageResponse(text: string, documentName: string): Response {
  const headers = {
    "content-type": "application/json",
    "content-disposition": contentDisposition(`${documentName}.signed.json`),
    "cache-control": "no-store",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
  };
  return new Response(text, { headers });
}

/** RFC 6266: the name in UTF-8, and in ASCII for clients that do not support it. */
function contentDisposition(name: string): string {
  // RFC 8187 §3.2.1 allows fewer characters than encodeURIComponent keeps.
  const encoded = encodeURIComponent(name)
    .replaceAll("'", "%27")
    .replaceAll("(", "%28")
    .replaceAll(")", "%29")
    .replaceAll("*", "%2A");
  return `attachment; filename="signed-package.json"; filename*=UTF-8''${encoded}`;
}
