import { CookieJar } from "./cookie-jar.js";

/** Answers a request, as a site's own handler does. */
export type SiteFetch = (request: Request) => Response | Promise<Response>;

/** Who asks when a link is followed: a browser. */
const navigation = {
  accept: "text/html",
  "sec-fetch-dest": "document",
  "sec-fetch-mode": "navigate",
  "sec-fetch-site": "none",
  "sec-fetch-user": "?1",
};

/** One browser without a window: keeps cookies, navigates, and follows no redirect by itself. */
export class Visitor {
  readonly cookies = new CookieJar();
  readonly #send: SiteFetch;

  constructor(send: SiteFetch) {
    this.#send = send;
  }

  /** One navigation. */
  async fetch(target: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const plain = target instanceof Request ? target : new Request(target, init);
    const url = new URL(plain.url);
    const headers = new Headers({ ...navigation, ...Object.fromEntries(plain.headers) });
    const cookies = this.cookies.header(url);
    if (cookies !== "") headers.set("cookie", cookies);
    const response = await this.#send(new Request(plain, { headers, redirect: "manual" }));
    this.cookies.store(url, response.headers.getSetCookie());
    return response;
  }
}
