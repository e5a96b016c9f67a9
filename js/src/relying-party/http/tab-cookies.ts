import { digestOf } from "../digest.js";
import {
  type Cookie,
  type CookieOwner,
  clearCookie,
  cookiePrefix,
  readCookies,
  setCookie,
} from "./cookies.js";

/** More cookies than a browser stores for the handler. Each deleted one adds a header to the response. */
const MOST_ENDED = 16;

/** A kind of cookie of which a browser has one per tab, and its share of the header. */
export interface TabCookieKind {
  readonly name: string;
  readonly most: number;
  /** The maximum size of names and values together, in bytes. */
  readonly mostBytes: number;
}

/** `<name>-<tag of the client>-<start in seconds, base 36>-<digest of the subject>`: the name shows which is oldest. */
const SUFFIX = /^([0-9a-z]{1,11})-[0-9a-f]{16}$/;

/** Cookies of which a browser has one per tab, so that no tab overwrites the cookie of another. */
export class TabCookies {
  readonly #kind: TabCookieKind;
  readonly #owner: CookieOwner;
  readonly #prefix: string;

  constructor(kind: TabCookieKind, owner: CookieOwner) {
    this.#kind = kind;
    this.#owner = owner;
    this.#prefix = `${cookiePrefix(owner.secure)}${kind.name}-${owner.tag}-`;
  }

  /** @param begin Unix time in seconds */
  async nameOf(subject: string, begin: number): Promise<string> {
    return `${this.#prefix}${begin.toString(36)}-${await digestOf(subject)}`;
  }

  /** The cookies of a request, newest first. */
  of(request: Request): Cookie[] {
    const { length } = this.#prefix;
    const begin = ({ name }: Cookie) => Number.parseInt(name.slice(length), 36);
    return (
      readCookies(request)
        .filter(({ name }) => name.startsWith(this.#prefix) && SUFFIX.test(name.slice(length)))
        // Within one second, browsers send the oldest first (RFC 6265 §5.4).
        .reverse()
        .sort((a, b) => begin(b) - begin(a))
    );
  }

  /** The cookie of a subject, whenever it was set. */
  async find(request: Request, subject: string): Promise<Cookie | undefined> {
    const suffix = `-${await digestOf(subject)}`;
    return this.of(request).find(({ name }) => name.endsWith(suffix));
  }

  /** The `Set-Cookie` headers that set a cookie and delete the oldest of too many. */
  set(request: Request, { name, value, maxAge }: Cookie & { readonly maxAge: number }): string[] {
    let count = 1;
    let bytes = name.length + value.length;
    const ended: string[] = [];
    for (const cookie of this.of(request)) {
      if (cookie.name === name) continue;
      count += 1;
      bytes += cookie.name.length + cookie.value.length;
      if (count > this.#kind.most || bytes > this.#kind.mostBytes) ended.push(this.clear(cookie));
    }
    const { secure } = this.#owner;
    return [...ended.slice(0, MOST_ENDED), setCookie({ name, value, maxAge, secure })];
  }

  /** The `Set-Cookie` header that deletes a cookie. */
  clear(cookie: Pick<Cookie, "name">): string {
    return clearCookie(cookie, this.#owner);
  }
}
