// A browser without pages: cookies, redirects, forms. For tests of what servers answer.

interface Cookie {
  readonly value: string;
  readonly host: string;
}

export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Follows redirects and keeps cookies by host and name (ports share them, as in browsers). */
export class UserAgent {
  readonly #cookies = new Map<string, Cookie>();
  readonly #headers: Record<string, string>;
  readonly #fetch: Fetch;

  constructor(headers: Record<string, string> = {}, send: Fetch = fetch) {
    this.#headers = headers;
    this.#fetch = send;
  }

  get(url: string): Promise<Answer> {
    return this.#request(url, { method: "GET" });
  }

  post(url: string, fields: Record<string, string>): Promise<Answer> {
    return this.#request(url, { method: "POST", body: new URLSearchParams(fields) });
  }

  /** The cookies that would go to this address, as a header's value. */
  cookieHeader(url: string): string {
    const { hostname } = new URL(url);
    return [...this.#cookies]
      .filter(([, { host }]) => host === hostname)
      .map(([key, { value }]) => `${key.slice(hostname.length + 1)}=${value}`)
      .join("; ");
  }

  /** One request, without following redirects. */
  async send(url: string, init: RequestInit): Promise<Response> {
    const headers = new Headers({ accept: "text/html", ...this.#headers });
    const cookie = this.cookieHeader(url);
    if (cookie !== "") headers.set("cookie", cookie);
    if (init.method === "POST") headers.set("origin", new URL(url).origin);
    const response = await this.#fetch(url, { ...init, headers, redirect: "manual" });
    const { hostname } = new URL(url);
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
      const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      const key = `${hostname} ${name}`;
      if (attributes.some((attribute) => /^max-age=0$/i.test(attribute)) || value === "")
        this.#cookies.delete(key);
      else this.#cookies.set(key, { value, host: hostname });
    }
    return response;
  }

  async #request(start: string, first: RequestInit): Promise<Answer> {
    let url = start;
    let init = first;
    for (let hops = 0; hops < 20; hops += 1) {
      const response = await this.send(url, init);
      const location = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || location === null) {
        return { url, status: response.status, headers: response.headers, text: await response.text() };
      }
      await response.arrayBuffer();
      url = new URL(location, url).href;
      init = { method: "GET" };
    }
    throw new Error(`more than 20 redirects from ${start}`);
  }
}
