/** A cookie as it came: its name and its raw value. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
}

/** What a cookie of ours is set with; the other attributes are the same for all of them. */
export interface CookieSettings extends Cookie {
  /** Seconds; 0 clears it. */
  readonly maxAge: number;
  /** False on plain-http loopback only: WebKit refuses `Secure` there. */
  readonly secure: boolean;
}

/** Far above what servers let through; what is longer is not looked at. */
const MAX_HEADER_CHARACTERS = 65_536;

/** The cookies of a request in the order sent, doubles included (RFC 6265 §5.4). */
export function readCookies(request: Request): Cookie[] {
  const header = request.headers.get("cookie") ?? "";
  if (header.length > MAX_HEADER_CHARACTERS) return [];
  const cookies: Cookie[] = [];
  for (const pair of header.split(";")) {
    const separator = pair.indexOf("=");
    if (separator < 1) continue;
    cookies.push({ name: pair.slice(0, separator).trim(), value: pair.slice(separator + 1).trim() });
  }
  return cookies;
}

/** The `__Host-` prefix binds a cookie to this host and to https; browsers refuse it on plain http. */
export function cookiePrefix(secure: boolean): string {
  return secure ? "__Host-" : "";
}

/** The text of a `Set-Cookie` header. */
export function setCookie({ name, value, maxAge, secure }: CookieSettings): string {
  const always = `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax`;
  return secure ? `${always}; Secure` : always;
}
