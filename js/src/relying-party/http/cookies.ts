import { trimOws } from "../../protocol-text.js";

/** A cookie as received: its name and its raw value. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
}

/** Settings of a cookie. The other attributes are the same for all cookies of the handler. */
export interface CookieSettings extends Cookie {
  /** `Max-Age` in seconds; 0 deletes the cookie. */
  readonly maxAge: number;
  /** False on plain-http loopback only: WebKit refuses `Secure` there. */
  readonly secure: boolean;
}

/** The owner of cookies. */
export interface CookieOwner {
  /** False on plain-http loopback. */
  readonly secure: boolean;
  /** Distinguishes the cookies of this client from those of another client on the same host. */
  readonly tag: string;
}

/** Far above the limits of servers. A longer header is ignored. */
const MAX_HEADER_CHARACTERS = 65_536;

/**
 * The cookies of a request in the order sent, including duplicates (RFC 6265 §5.4). Only SP and HTAB around names and values
 * are removed: the prefix `__Host-` protects the exact name only.
 *
 * @example
 * ```ts
 * import { readCookies } from "honnin/relying-party";
 *
 * export function themeOf(request: Request): string | undefined {
 *   return readCookies(request).find(({ name }) => name === "theme")?.value;
 * }
 * ```
 */
export function readCookies(request: Request): Cookie[] {
  const header = request.headers.get("cookie") ?? "";
  if (header.length > MAX_HEADER_CHARACTERS) return [];
  const cookies: Cookie[] = [];
  for (const pair of header.split(";")) {
    const separator = Math.max(pair.indexOf("="), 0);
    const name = trimOws(pair.slice(0, separator));
    if (name !== "") cookies.push({ name, value: trimOws(pair.slice(separator + 1)) });
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

/** The `Set-Cookie` header that deletes a cookie. */
export function clearCookie({ name }: Pick<Cookie, "name">, { secure }: CookieOwner): string {
  return setCookie({ name, value: "", maxAge: 0, secure });
}

/** Eight digits that distinguish the cookies of two clients (FNV-1a). Not a protection: a value can be decrypted for its own client only. */
export function clientTag(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
