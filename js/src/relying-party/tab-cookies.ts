import { type Cookie, cookiePrefix, readCookies, setCookie } from "./cookies.js";
import type { Setup } from "./options.js";

/** Cookies of which a browser has one a tab, so that no tab undoes what another one has set. */
export interface TabCookies {
  readonly name: string;
  readonly most: number;
  /** Of names and values together. */
  readonly mostBytes: number;
}

/** `<name>-<begin in seconds, base 36>-<digest of what it belongs to>`: the oldest is known by its name. */
const SUFFIX = /^([0-9a-z]{1,11})-[0-9a-f]{16}$/;

/** The first 64 bits of a SHA-256: tells one from another, and says nothing of it. */
export async function digestOf(subject: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(subject)));
  return Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param begin seconds since 1970 */
export async function nameOf(
  kind: TabCookies,
  setup: Setup,
  subject: string,
  begin: number,
): Promise<string> {
  return `${prefixOf(kind, setup)}${begin.toString(36)}-${await digestOf(subject)}`;
}

/** Those of a request, the newest first. */
export function tabCookies(kind: TabCookies, setup: Setup, request: Request): Cookie[] {
  const prefix = prefixOf(kind, setup);
  const begin = ({ name }: Cookie) => Number.parseInt(name.slice(prefix.length), 36);
  return (
    readCookies(request)
      .filter(({ name }) => name.startsWith(prefix) && SUFFIX.test(name.slice(prefix.length)))
      // Of one second, browsers send the oldest first (RFC 6265 §5.4).
      .reverse()
      .sort((a, b) => begin(b) - begin(a))
  );
}

/** The `Set-Cookie` headers that set one, and end the oldest of too many. */
export function setTabCookie(
  kind: TabCookies,
  setup: Setup,
  request: Request,
  { name, value, maxAge }: Cookie & { readonly maxAge: number },
): string[] {
  let count = 1;
  let bytes = name.length + value.length;
  const ended: string[] = [];
  for (const cookie of tabCookies(kind, setup, request)) {
    if (cookie.name === name) continue;
    count += 1;
    bytes += cookie.name.length + cookie.value.length;
    if (count > kind.most || bytes > kind.mostBytes) ended.push(clearCookie(setup, cookie));
  }
  return [...ended, setCookie({ name, value, maxAge, secure: setup.secure })];
}

/** The `Set-Cookie` header that ends one. */
export function clearCookie({ secure }: Setup, { name }: Cookie): string {
  return setCookie({ name, value: "", maxAge: 0, secure });
}

function prefixOf({ name }: TabCookies, { secure }: Setup): string {
  return `${cookiePrefix(secure)}${name}-`;
}
