// A site on node:http with honnin's handler, pages that a test writes, and a record of everything that was asked for.
import { EventEmitter } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { emulatorAt } from "honnin/launch";
import { type PrivateJwk, relyingParty } from "honnin/relying-party";

/** Milliseconds until a request must have come. */
const patience = 20_000;

export interface SiteSettings {
  readonly emulatorOrigin: string;
  readonly clientId: string;
  readonly clientKey: PrivateJwk;
}

/** A request that was answered. */
export interface Seen {
  readonly url: URL;
  readonly headers: Headers;
  readonly status: number;
  readonly answer: Headers;
}

export interface NavigationSite {
  /** The site itself. */
  readonly origin: string;
  /** The same server under another port, which is the same site to a browser, and under a host name of another site. */
  readonly sameSite: string;
  readonly crossSite: string;
  /** What pages hold by path, the same on all origins. Those with a name in `.js` are scripts. */
  readonly pages: Map<string, string>;
  /** Everything that honnin's routes were asked for, in the order answered. */
  readonly seen: Seen[];
  /** The first answered request that this is true of, now or later; gives up after {@link patience}. */
  until(what: string, isIt: (one: Seen) => boolean): Promise<Seen>;
  /** The next callback does not reach the handler, and its tab stays where it is. @returns where it was to lead */
  holdCallback(): Promise<URL>;
  close(): Promise<void>;
}

export async function startSite(settings: SiteSettings): Promise<NavigationSite> {
  const pages = new Map<string, string>();
  const seen: Seen[] = [];
  const events = new EventEmitter().setMaxListeners(0);
  let held: ((url: URL) => void) | undefined;

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch(() => response.destroy());
  };
  const server = createServer(serve);
  const sibling = createServer(serve);
  const [port, siblingPort] = [await listen(server), await listen(sibling)];
  const origin = `http://localhost:${port}`;
  const party = relyingParty({
    environment: emulatorAt(settings.emulatorOrigin),
    allowEmulator: true,
    clientId: settings.clientId,
    clientKey: settings.clientKey,
    redirectUri: `${origin}/auth/callback`,
    cookieSecret: "0123456789abcdefghijklmnopqrstuv",
    onLogin: () => undefined,
  });

  const routes = Object.values(party.paths);

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? "/", `http://${message.headers.host}`);
    const headers = new Headers(message.headers as Record<string, string>);
    const request = new Request(url, { method: message.method ?? "GET", headers });
    const page = pages.get(url.pathname);
    if (page !== undefined) {
      const type = url.pathname.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8";
      response.writeHead(200, { "content-type": type }).end(page);
    } else if (url.pathname === "/me") {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify((await party.session(request))?.data ?? null));
    } else if (url.pathname === party.paths.callback && held !== undefined) {
      held(url);
      held = undefined;
      response.writeHead(204).end();
    } else if (!routes.includes(url.pathname)) {
      response.writeHead(404).end();
    } else {
      const given = await party.fetch(request);
      response.writeHead(given.status, [...given.headers].flat());
      response.end(await given.text());
      const one = { url, headers, status: given.status, answer: given.headers };
      seen.push(one);
      events.emit("seen", one);
    }
  }

  return {
    origin,
    sameSite: `http://localhost:${siblingPort}`,
    crossSite: `http://127.0.0.1:${port}`,
    pages,
    seen,
    until(what, isIt) {
      const known = seen.find(isIt);
      if (known !== undefined) return Promise.resolve(known);
      return new Promise((resolve, reject) => {
        const look = (one: Seen) => {
          if (!isIt(one)) return;
          stop();
          resolve(one);
        };
        const limit = setTimeout(() => {
          stop();
          const asked = seen.map(({ url, status }) => `${status} ${url.pathname}${url.search}`);
          reject(
            new Error(
              `after ${patience / 1_000} s there was no request for ${what}, but: ${asked.join(", ")}`,
            ),
          );
        }, patience);
        const stop = () => {
          clearTimeout(limit);
          events.off("seen", look);
        };
        events.on("seen", look);
      });
    },
    holdCallback: () =>
      new Promise((resolve) => {
        held = resolve;
      }),
    async close() {
      for (const one of [server, sibling]) {
        one.closeAllConnections();
        await new Promise((resolve) => one.close(resolve));
      }
    },
  };
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
