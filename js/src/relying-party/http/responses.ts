/** Checks the tag as well as the class, because some servers have their own `Response`. */
export function isResponse(value: unknown): value is Response {
  return value instanceof Response || Object.prototype.toString.call(value) === "[object Response]";
}

/** See Other (RFC 9110 §15.4.4), so that a GET follows a POST. Does not leak the code in the query to the next page. */
export function redirect(location: string): Response {
  return new Response(null, {
    status: 303,
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
  });
}

/**
 * A response of the site at a URL of the handler, which may contain a code. It is not cached, and its links send no referrer,
 * unless the site sets these headers itself.
 */
export function ofSite(response: Response): Response {
  return withHeaders(response, (headers) => {
    if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
    if (!headers.has("referrer-policy")) headers.set("referrer-policy", "no-referrer");
  });
}

/** The same response with `Set-Cookie` headers appended. */
export function withCookies(response: Response, cookies: readonly string[]): Response {
  if (cookies.length === 0) return response;
  return withHeaders(response, (headers) => {
    for (const cookie of cookies) headers.append("set-cookie", cookie);
  });
}

/** A copy with changed headers: the headers of `Response.redirect`, for example, are immutable. */
export function withHeaders(response: Response, change: (headers: Headers) => void): Response {
  const headers = new Headers(response.headers);
  change(headers);
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}
