import type { Setup } from "../options/read-options.js";
import { type Cookie, cookiePrefix, readCookies, setCookie } from "./cookies.js";

/** More than a browser keeps of ours; each that is ended is a line of the answer. */
const MOST_ENDED = 16;

/** Cookies of which a browser has one a tab, so that no tab undoes what another one has set. */
export interface TabCookies {
  readonly name: string;
  readonly most: number;
  /** Of names and values together. */
  readonly mostBytes: number;
}

/** `<name>-<tag of the client>-<begin in seconds, base 36>-<digest of what it belongs to>`: the oldest is known by its name. */
const SUFFIX = /^([0-9a-z]{1,11})-[0-9a-f]{16}$/;

/** The first bytes of a SHA-256, in hexadecimal: tells one from another, and says nothing of it. */
export async function digestOf(subject: string, length = 8): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(subject)));
  return hex(bytes.subarray(0, length));
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
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
  return [...ended.slice(0, MOST_ENDED), setCookie({ name, value, maxAge, secure: setup.secure })];
}

/** The `Set-Cookie` header that ends one. */
export function clearCookie({ secure }: Setup, { name }: Pick<Cookie, "name">): string {
  return setCookie({ name, value: "", maxAge: 0, secure });
}

function prefixOf({ name }: TabCookies, { secure, cookieTag }: Setup): string {
  return `${cookiePrefix(secure)}${name}-${cookieTag}-`;
}
