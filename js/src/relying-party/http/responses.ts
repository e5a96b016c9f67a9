/** By its tag besides the class: some servers bring a `Response` of their own. */
export function isResponse(value: unknown): value is Response {
  return value instanceof Response || Object.prototype.toString.call(value) === "[object Response]";
}

/** See Other (RFC 9110 §15.4.4), so that a POST is followed by a GET; keeps the code in the query from leaking on. */
export function redirect(location: string): Response {
  return new Response(null, {
    status: 303,
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
  });
}

/**
 * A site's own answer at an address of the handler's, which may hold a code: nothing keeps it, and no link on it tells where it was,
 * unless the site says otherwise.
 */
export function ofSite(response: Response): Response {
  return withHeaders(response, (headers) => {
    if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
    if (!headers.has("referrer-policy")) headers.set("referrer-policy", "no-referrer");
  });
}

/** The same response with cookies appended; its own headers stay. */
export function withCookies(response: Response, cookies: readonly string[]): Response {
  if (cookies.length === 0) return response;
  return withHeaders(response, (headers) => {
    for (const cookie of cookies) headers.append("set-cookie", cookie);
  });
}

/** A copy with other headers: those of `Response.redirect`, for one, are immutable. */
export function withHeaders(response: Response, change: (headers: Headers) => void): Response {
  const headers = new Headers(response.headers);
  change(headers);
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}
