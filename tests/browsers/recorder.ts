// A server that keeps what browsers say of each request, and pages that make them ask in every way there is.
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { patience } from "./browser.ts";

export interface Recorder {
  readonly origin: string;
  /** The headers of the request with this name; waits for it. */
  heard(name: string): Promise<IncomingHttpHeaders>;
  /** Whether a request with this name has come so far. */
  has(name: string): boolean;
  close(): Promise<void>;
}

/** `/page?target=ORIGIN` asks that origin, `/advance?target=ORIGIN` before anybody wants it; `/redirect?target=URL` leads there; the query of anything else is its name. */
export async function record(host: string): Promise<Recorder> {
  const requests = new Map<string, IncomingHttpHeaders>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://x");
    const target = url.searchParams.get("target") ?? "";
    if (url.pathname === "/redirect") {
      response.writeHead(303, { location: target }).end();
      return;
    }
    requests.set(url.search.slice(1), request.headers);
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
    response.end(pages[url.pathname]?.(target) ?? '<!doctype html><title>x</title><p id="there">x');
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    async heard(name) {
      for (const start = performance.now(); ; await wait(20)) {
        const headers = requests.get(name);
        if (headers !== undefined) return headers;
        if (performance.now() - start > patience) throw new Error(`no request came for ${name}`);
      }
    },
    has: (name) => requests.has(name),
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const page = (origin: string): string => `<!doctype html><title>x</title>
<a id="link" href="${origin}/x?link">link</a>
<form method="post" action="${origin}/x?form"><button id="form">form</button></form>
<img src="${origin}/x?image" alt="">
<iframe src="${origin}/x?frame"></iframe>
<script>fetch("${origin}/x?fetch", { mode: "no-cors", credentials: "include" }).catch(() => undefined)</script>`;

/** A page of its own: one engine begins only when there is nothing else to do. */
const advance = (origin: string): string => `<!doctype html><title>x</title>
<link rel="prefetch" href="${origin}/x?prefetch">
<script type="speculationrules">{"prefetch":[{"source":"list","urls":["${origin}/x?speculation"]}],
"prerender":[{"source":"list","urls":["${origin}/x?prerender"]}]}</script>`;

const pages: Readonly<Record<string, (origin: string) => string>> = { "/page": page, "/advance": advance };
