import { CookieJar, getPublicSuffix } from "tough-cookie";
import { exchange } from "./exchange.js";
import { isRealService } from "./real-service.js";
import { Trouble } from "./trouble.js";

/** What the address bar or a form sends. */
export interface Navigation {
  readonly method: "GET" | "POST";
  readonly url: URL;
  /** As a form sends it. */
  readonly body?: string;
}

/** The page on which a navigation ended. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  /** Every address on the way, the page's own at the end. */
  readonly visited: readonly URL[];
  /** The address at which `stopAt` ended the navigation: it was not requested. */
  readonly stopped?: URL;
}

export interface Limits {
  /** The limit for one request, in milliseconds. */
  readonly requestMilliseconds: number;
  /** The time (`Date.now`) at which everything ends. */
  readonly deadline: number;
}

/** As many as browsers follow. */
const MAX_REDIRECTS = 20;

/** A browser without pages: cookies, redirects and the headers of navigations. One for each person. */
export class Browser {
  readonly #limits: Limits;
  readonly #jar = new CookieJar(undefined, { prefixSecurity: "strict", allowSecureOnLocal: true });

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /**
   * Goes to an address and follows its redirects.
   *
   * @param from the page with the link or form; `undefined` for an address that was typed
   * @param stopAt ends the navigation before an address is requested
   * @throws Trouble
   */
  async go(start: Navigation, from?: URL, stopAt: (url: URL) => boolean = () => false): Promise<Page> {
    let { url, method, body } = start;
    const visited: URL[] = [];
    // Where the navigation comes from counts for the whole way, as in browsers.
    let distance: Distance = "same-origin";
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      if (isRealService(url)) throw new Trouble("real-service", url);
      if (stopAt(url)) return { url, status: 0, contentType: "", text: "", visited, stopped: url };
      visited.push(url);
      distance = further(distance, from === undefined ? "same-origin" : distanceOf(from, url));
      const response = await exchange(
        {
          method,
          url,
          headers: await this.#headers(url, method, distance, from),
          ...(body === undefined ? {} : { body }),
        },
        this.#remaining(url),
      );
      const { status, contentType, text, location } = response;
      for (const cookie of response.setCookie.slice(0, 100)) {
        await this.#jar.setCookie(cookie, url.href, { ignoreError: true, sameSiteContext: "strict" });
      }
      if (![301, 302, 303, 307, 308].includes(status) || location === undefined) {
        return { url, status, contentType, text, visited };
      }
      if (status < 307 && !(status < 303 && method === "GET")) [method, body] = ["GET", undefined];
      url = nextAddress(location, url);
    }
    throw new Trouble("redirects", url);
  }

  /** The names of the cookies that a page gets. */
  async cookieNames(url: URL): Promise<string[]> {
    return (await this.#jar.getCookies(url.href)).map(({ key }) => key);
  }

  async #headers(
    url: URL,
    method: Navigation["method"],
    distance: Distance,
    from: URL | undefined,
  ): Promise<Record<string, string>> {
    const sameSiteContext = distance !== "cross-site" ? "strict" : method === "GET" ? "lax" : "none";
    const cookie = await this.#jar.getCookieString(url.href, { sameSiteContext });
    return {
      accept: "text/html,application/xhtml+xml,*/*;q=0.8",
      "accept-encoding": "identity",
      "accept-language": "ja,en;q=0.5",
      "user-agent": "Mozilla/5.0 (compatible; honnin-emulator check)",
      "sec-fetch-dest": "document",
      "sec-fetch-mode": "navigate",
      "sec-fetch-site": from === undefined ? "none" : distance,
      "sec-fetch-user": "?1",
      ...(cookie === "" ? {} : { cookie }),
      ...(method === "POST"
        ? {
            "content-type": "application/x-www-form-urlencoded",
            origin: (from ?? url).origin,
          }
        : {}),
    };
  }

  #remaining(url: URL): number {
    const left = this.#limits.deadline - Date.now();
    if (left <= 0) throw new Trouble("no-answer", url);
    return Math.min(left, this.#limits.requestMilliseconds);
  }
}

type Distance = "same-origin" | "same-site" | "cross-site";

function distanceOf(from: URL, to: URL): Distance {
  if (from.origin === to.origin) return "same-origin";
  return from.protocol === to.protocol && siteOf(from) === siteOf(to) ? "same-site" : "cross-site";
}

function further(one: Distance, other: Distance): Distance {
  const order: Distance[] = ["same-origin", "same-site", "cross-site"];
  return order.indexOf(one) > order.indexOf(other) ? one : other;
}

/** The registrable domain, or the host if it has none. */
function siteOf({ hostname }: URL): string {
  if (/^[\d.]+$|^\[|^localhost$/.test(hostname)) return hostname;
  return getPublicSuffix(hostname) ?? hostname;
}

function nextAddress(location: string, base: URL): URL {
  let next: URL;
  try {
    next = new URL(location, base);
  } catch {
    throw new Trouble("address", base);
  }
  if (next.protocol !== "http:" && next.protocol !== "https:") throw new Trouble("address", base);
  // A fragment is not sent.
  next.hash = "";
  return next;
}
