// A site whose handler is a stand-in: the routes of a handoff, driven by the test, and pages with the element.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the server says about the handoff. */
export interface State {
  readonly state: string;
  readonly expiresIn: number;
  readonly triesLeft?: number;
  readonly code?: string;
}

export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly search: string;
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
}

/** How the fake behaves badly. */
export interface Faults {
  /** The status of the events route instead of a stream. */
  events?: number;
  /** The status of the state route. */
  state?: number;
  /** The status of the claim; 204 leaves the page where it is. */
  claim?: number;
  /** The status of the start, with this error. */
  start?: { readonly status: number; readonly error: string };
}

export class FakeSite {
  readonly #server = createServer((request, response) => {
    this.#handle(request, response).catch(() => response.destroy());
  });
  readonly #streams = new Set<ServerResponse>();
  readonly pages = new Map<string, { readonly type: string; readonly body: string }>();
  readonly requests: Recorded[] = [];
  state: State = { state: "waiting", expiresIn: 300 };
  faults: Faults = {};
  number = "123456";
  triesLeft = 3;
  starts = 0;
  headers: Record<string, string> = {};
  origin = "";

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  page(path: string, body: string, type = "text/html; charset=utf-8"): void {
    this.pages.set(path, { type, body });
  }

  /** Goes to a state, and tells the streams. */
  go(state: string, more: Partial<State> = {}): void {
    this.state = { state, expiresIn: 300, ...more };
    this.#tell();
  }

  /** Ends all streams, as a server or a proxy does after a while. */
  cutStreams(): void {
    for (const stream of this.#streams) stream.end();
    this.#streams.clear();
  }

  get streams(): number {
    return this.#streams.size;
  }

  count(method: string, path: string): number {
    return this.requests.filter((request) => request.method === method && request.path === path).length;
  }

  last(path: string): Recorded | undefined {
    return this.requests.filter((request) => request.path === path).at(-1);
  }

  reset(): void {
    this.cutStreams();
    this.requests.length = 0;
    this.state = { state: "waiting", expiresIn: 300 };
    this.faults = {};
    this.triesLeft = 3;
    this.starts = 0;
  }

  #tell(): void {
    for (const stream of this.#streams) stream.write(`data: ${JSON.stringify(this.state)}\n\n`);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? "/", this.origin);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "" } = request;
    const body = Buffer.concat(chunks).toString();
    this.requests.push({ method, path: pathname, search, body, headers: request.headers });
    const json = (status: number, value: object) => {
      response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
      response.end(JSON.stringify(value));
    };
    const page = this.pages.get(pathname);
    if (page !== undefined) {
      response.writeHead(200, { "content-type": page.type, ...this.headers });
      response.end(page.body);
      return;
    }
    switch (`${method} ${pathname}`) {
      case "POST /auth/handoff": {
        const { start } = this.faults;
        if (start !== undefined) return json(start.status, { error: start.error });
        this.starts += 1;
        this.state = { state: "waiting", expiresIn: 300 };
        return json(201, { url: this.urlOf(this.starts), expiresIn: 300 });
      }
      case "GET /auth/handoff/events":
        if (this.faults.events !== undefined) {
          response.writeHead(this.faults.events).end();
          return;
        }
        response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
        response.write(`retry: 1000\n\ndata: ${JSON.stringify(this.state)}\n\n`);
        this.#streams.add(response);
        response.on("close", () => this.#streams.delete(response));
        return;
      case "GET /auth/handoff/state":
        if (this.faults.state !== undefined) {
          response.writeHead(this.faults.state).end();
          return;
        }
        return json(200, this.state);
      case "POST /auth/handoff/number": {
        if ((JSON.parse(body) as { number: string }).number === this.number) {
          this.go("numbered");
          return json(200, this.state);
        }
        this.triesLeft -= 1;
        if (this.triesLeft === 0) {
          this.go("refused", { code: "handoff-tries-exhausted" });
          return json(403, { error: "handoff-tries-exhausted" });
        }
        this.state = { ...this.state, triesLeft: this.triesLeft };
        return json(403, { error: "handoff-number-wrong" });
      }
      case "POST /auth/handoff/claim":
        if (this.faults.claim === undefined) break;
        response.writeHead(this.faults.claim).end();
        return;
      case "POST /auth/handoff/cancel":
        this.go("cancelled");
        return json(200, this.state);
    }
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><title>arrived</title><h1>${method} ${pathname}</h1>`);
  }

  /** What the QR code says. */
  urlOf(start: number): string {
    return `${this.origin}/auth/handoff/open?ticket=Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4-${start}`;
  }
}
