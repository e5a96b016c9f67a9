// The half of a browser that servers meet: its cookies, where a request comes from, and a person who loads a page again that did not come.
import { setTimeout as sleep } from "node:timers/promises";
import { Lost, type Reply, type Wire } from "../support/wire.ts";

/** How often one page is loaded again. */
const MOST_RELOADS = 40;
/** Milliseconds until it is. */
const RELOAD = 500;

const sameOrigin = { "sec-fetch-site": "same-origin" };
const navigation = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

export class Browser {
  readonly network: Wire;
  readonly name: string;
  readonly #address: string;
  /** By host and name: ports do not matter. */
  readonly cookies = new Map<string, string>();
  /** Requests without an answer. */
  lost = 0;

  /** @param name told to the site in a cookie of its own */
  constructor(network: Wire, name: string, address = "10.0.0.1") {
    this.network = network;
    this.name = name;
    this.#address = address;
    this.cookies.set(`${new URL(network.origin).hostname} browser`, name);
  }

  /** A `fetch` of the site's own page. */
  script(path: string, json?: unknown): Promise<Reply> {
    const headers = { ...sameOrigin, "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" };
    return json === undefined
      ? this.once(path, headers)
      : this.once(
          path,
          { ...headers, origin: this.network.origin, "content-type": "application/json" },
          JSON.stringify(json),
        );
  }

  /** A form of the site's own page. */
  form(path: string, fields: Record<string, string> = {}): Promise<Reply> {
    const headers = {
      ...sameOrigin,
      ...navigation,
      origin: "null",
      "content-type": "application/x-www-form-urlencoded",
    };
    return this.patiently(() => this.once(path, headers, new URLSearchParams(fields).toString()));
  }

  /** A link of the site's own page, or a redirect after it. */
  link(path: string): Promise<Reply> {
    return this.patiently(() => this.once(path, { ...sameOrigin, ...navigation }));
  }

  /** An address that was scanned or typed, or to which another site leads. */
  visit(url: string, from: "none" | "cross-site" = "none"): Promise<Reply> {
    return this.patiently(() => this.once(url, { ...navigation, "sec-fetch-site": from }));
  }

  /** Loads again what was not answered, and what the site says is out for a moment. */
  async patiently(send: () => Promise<Reply>): Promise<Reply> {
    for (let tried = 0; tried < MOST_RELOADS; tried += 1) {
      try {
        const reply = await send();
        if (reply.status !== 503) return reply;
      } catch (error) {
        if (!(error instanceof Lost)) throw error;
      }
      await sleep(RELOAD);
    }
    throw new Error("a page did not come, however often it was loaded");
  }

  async once(address: string, headers: Record<string, string>, body?: string): Promise<Reply> {
    const url = new URL(address, this.network.origin);
    try {
      const sending = {
        headers: { ...headers, ...this.#own(url) },
        ...(body === undefined ? {} : { method: "POST" as const, body }),
      };
      const reply = await this.network.send(url, sending);
      this.#keep(url, reply.setCookies);
      return reply;
    } catch (error) {
      if (error instanceof Lost) this.lost += 1;
      throw error;
    }
  }

  /** What this browser sends with each request. */
  #own({ hostname }: URL): Record<string, string> {
    const cookie = [...this.cookies]
      .filter(([key]) => key.startsWith(`${hostname} `))
      .map(([key, value]) => `${key.slice(hostname.length + 1)}=${value}`)
      .join("; ");
    return { "x-forwarded-for": this.#address, ...(cookie === "" ? {} : { cookie }) };
  }

  /** Reads events until the server or this browser ends the stream. @returns whether there was a stream */
  async events(path: string, told: (data: string) => void, gone: AbortSignal): Promise<boolean> {
    const url = new URL(path, this.network.origin);
    const stream = await this.network.open(url, {
      headers: { ...sameOrigin, "sec-fetch-mode": "cors", accept: "text/event-stream", ...this.#own(url) },
    });
    if (stream.statusCode !== 200) {
      stream.resume();
      return false;
    }
    const stop = () => stream.destroy();
    gone.addEventListener("abort", stop);
    if (gone.aborted) stop();
    let rest = "";
    try {
      for await (const chunk of stream) {
        const events = (rest + String(chunk)).split("\n\n");
        rest = events.pop() ?? "";
        for (const event of events) {
          const [, data] = /^data: (.*)$/m.exec(event) ?? [];
          if (data !== undefined) told(data);
        }
      }
    } catch {
      // Cut off, by the server's end or by this browser.
    } finally {
      gone.removeEventListener("abort", stop);
    }
    return true;
  }

  cookie(part: string): string | undefined {
    return [...this.cookies].find(([key]) => key.includes(part))?.[1];
  }

  /** A copy of another browser's cookies of this kind, under the same names. */
  steal(other: Browser, part: string): void {
    for (const [key, value] of other.cookies) if (key.includes(part)) this.cookies.set(key, value);
  }

  #keep({ hostname }: URL, lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = "", ...attributes] = line.split("; ");
      const key = `${hostname} ${pair.slice(0, pair.indexOf("="))}`;
      if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) this.cookies.delete(key);
      else this.cookies.set(key, pair.slice(pair.indexOf("=") + 1));
    }
  }
}

/** The code that a page or an answer for a script names. */
export function codeOf({ text }: Reply): string | undefined {
  return /<main data-code="([a-z-]+)">/.exec(text)?.[1] ?? /^\{"error":"([a-z-]+)"\}$/.exec(text)?.[1];
}

/** What the site knows of who is logged in here. */
export async function whoIs(browser: Browser): Promise<{ person: string; handoff: string } | undefined> {
  const { text } = await browser.link("/me");
  return (JSON.parse(text) as { person: string; handoff: string } | null) ?? undefined;
}
