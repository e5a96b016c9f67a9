// One request of a browser to a server on this machine, without following redirects.
import { Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

/** No answer: the connection was cut, and nobody knows what the server did. */
export class Lost extends Error {}

export interface Reply {
  readonly status: number;
  readonly setCookies: readonly string[];
  readonly location: string | undefined;
  readonly text: string;
}

export interface Sending {
  readonly method?: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** How browsers reach servers. */
export interface Wire {
  /** Of the site. */
  readonly origin: string;
  /** @throws Lost */
  send(url: URL, sending: Sending): Promise<Reply>;
  /** @returns the response as soon as it begins. @throws Lost */
  open(url: URL, sending: Sending): Promise<IncomingMessage>;
}

/** To the site, wherever it is now, and to other servers by their own ports. */
export class LoopbackWire implements Wire {
  readonly origin: string;
  readonly #portOfSite: () => number | Promise<number>;
  readonly #agent: Agent;

  constructor(origin: string, portOfSite: () => number | Promise<number>, keepAlive = true) {
    this.origin = origin;
    this.#portOfSite = portOfSite;
    this.#agent = new Agent({ keepAlive, maxSockets: Number.POSITIVE_INFINITY });
  }

  async send(url: URL, sending: Sending): Promise<Reply> {
    const response = await this.open(url, sending);
    try {
      return {
        status: response.statusCode ?? 0,
        setCookies: response.headers["set-cookie"] ?? [],
        location: response.headers.location,
        text: await text(response),
      };
    } catch (cause) {
      throw new Lost("no whole answer", { cause });
    }
  }

  async open(url: URL, { method = "GET", headers, body }: Sending): Promise<IncomingMessage> {
    const port = url.origin === this.origin ? await this.#portOfSite() : Number(url.port);
    return new Promise((resolve, reject) => {
      const sent = request({
        port,
        method,
        path: url.pathname + url.search,
        headers: { host: url.host, ...headers },
        agent: this.#agent,
      });
      sent.on("response", resolve).on("error", (cause) => reject(new Lost("no answer", { cause })));
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
