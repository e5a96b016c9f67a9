import { asciiLowerCase, trimOws } from "../protocol-text.js";

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  /** Whether subdomains get it too. */
  readonly domain: boolean;
  readonly path: string;
  readonly secure: boolean;
}

/** The cookies of one visitor (RFC 6265 §5.3, §5.4), as far as sites under test need it. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  store(url: URL, lines: readonly string[]): void {
    for (const line of lines) this.#storeOne(url, line);
  }

  #storeOne(url: URL, line: string): void {
    const [pair = "", ...attributes] = line.split(";").map((part) => trimOws(part));
    const at = pair.indexOf("=");
    if (at < 1) return;
    const values = new Map(
      attributes.map((attribute) => {
        const [key = "", ...value] = attribute.split("=");
        return [asciiLowerCase(key), value.join("=")] as const;
      }),
    );
    const domain = values.get("domain")?.replace(/^\./, "");
    const path = values.get("path");
    const cookie: Cookie = {
      name: pair.slice(0, at),
      value: pair.slice(at + 1),
      host: domain || url.hostname,
      domain: Boolean(domain),
      path: path?.startsWith("/") ? path : url.pathname.replace(/\/[^/]*$/, "") || "/",
      secure: values.has("secure"),
    };
    if (!hostMatches(cookie, url.hostname)) return;
    const key = JSON.stringify([cookie.name, cookie.host, cookie.path]);
    const maxAge = values.get("max-age");
    const expires = values.get("expires");
    const gone =
      maxAge === undefined ? expires !== undefined && Date.parse(expires) <= Date.now() : Number(maxAge) <= 0;
    this.#cookies.delete(key);
    if (!gone) this.#cookies.set(key, cookie);
  }

  /** The `Cookie` header for a request; empty if there is none. */
  header(url: URL): string {
    // Browsers treat loopback over http as secure.
    const secure = url.protocol === "https:" || /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
    return [...this.#cookies.values()]
      .filter((cookie) => hostMatches(cookie, url.hostname) && (secure || !cookie.secure))
      .filter(({ path }) => url.pathname === path || url.pathname.startsWith(path.replace(/\/?$/, "/")))
      .sort((one, other) => other.path.length - one.path.length)
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
  }

  /** By name; of two with the same name, the one with the longer path. */
  get(url: URL): Readonly<Record<string, string>> {
    const pairs = this.header(url).split("; ").reverse();
    return Object.fromEntries(
      pairs
        .filter((pair) => pair !== "")
        .map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
    );
  }
}

function hostMatches({ host, domain }: Cookie, name: string): boolean {
  return name === host || (domain && name.endsWith(`.${host}`));
}
