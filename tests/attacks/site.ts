// A shop with honnin's handler, on loopback; the same server is a sibling of it and another site, with pages that a test writes.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Emulator, startEmulator } from "@honnin/emulator";
import { emulatorAt } from "honnin/launch";
import { memoryStore, type RelyingParty, relyingParty } from "honnin/relying-party";
import { bundle, pageWith } from "../element/pages.ts";
import { keyPair } from "../support/key-pair.ts";
import { send, toRequest } from "../support/node-http.ts";

export interface Shop {
  readonly origin: string;
  /** Another port, which is the same site to a browser, and another host name, which is another one. */
  readonly sibling: string;
  readonly elsewhere: string;
  readonly emulator: Emulator;
  /** Pages by path, the same on all origins. */
  readonly pages: Map<string, string>;
  close(): Promise<void>;
}

/** `/shop` has the element, `/me` says who is logged in, and errors of the handler are shown with a picture from elsewhere if `?own` is asked. */
export async function startShop(): Promise<Shop> {
  const emulator = await startEmulator({ mode: "test-card", quiet: true });
  const pages = new Map<string, string>();
  const scripts = await bundle('import "honnin/element";');
  const answers: { of?: (request: Request) => Promise<Response> } = {};
  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await toRequest(incoming, `http://${incoming.headers.host}`);
    await send((await answers.of?.(request)) ?? new Response(null, { status: 503 }), response);
  };
  const servers = [createServer(), createServer()].map((server) =>
    server.on("request", (incoming, response) => {
      serve(incoming, response).catch(() => response.destroy());
    }),
  );
  const [port, siblingPort] = await Promise.all(servers.map(listen));
  const origin = `http://localhost:${port}`;
  const elsewhere = `http://127.0.0.1:${port}`;
  const party = await makeParty(emulator, origin, elsewhere);
  answers.of = async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/auth/")) return party.fetch(request);
    if (pathname === "/me") return Response.json((await party.session(request))?.data ?? null);
    const script = scripts.get(pathname);
    if (script !== undefined) return withType(script, "text/javascript");
    const page = pathname === "/shop" ? shopPage : pages.get(pathname);
    return page === undefined
      ? new Response(null, { status: 404 })
      : withType(page, "text/html; charset=utf-8");
  };
  return {
    origin,
    sibling: `http://localhost:${siblingPort}`,
    elsewhere,
    emulator,
    pages,
    async close() {
      await Promise.all(servers.map(stop));
      await emulator.close();
    },
  };
}

const shopPage = pageWith(
  '<honnin-login handoff="/auth/handoff" return-to="/me" launch="qr"><a href="/auth/login?return_to=/me">ログイン</a></honnin-login>',
);

async function makeParty(emulator: Emulator, origin: string, elsewhere: string): Promise<RelyingParty> {
  const { own, registered } = await keyPair("ES256", "sig", "client-key");
  const redirectUri = `${origin}/auth/callback`;
  emulator.addClient({
    clientId: "testclient",
    name: "test",
    redirectUris: [redirectUri],
    jwks: { keys: [registered] },
  });
  return relyingParty({
    environment: emulatorAt(emulator.origin),
    allowEmulator: true,
    clientId: "testclient",
    clientKey: own,
    redirectUri,
    cookieSecret: "0123456789abcdefghijklmnopqrstuv",
    store: memoryStore(),
    handoff: { operator: "架空商店" },
    onLogin: ({ sub }) => ({ sessionData: { sub } }),
    // A page of the site's own with somebody else's picture and link, and without a thought of referrers.
    onError: ({ code }, { url }) =>
      new URL(url).searchParams.has("own")
        ? withType(
            `<!doctype html><title>error</title><p data-code="${code}">${code}</p><img src="${elsewhere}/picture"><a href="${elsewhere}/help">help</a>`,
            "text/html",
          )
        : undefined,
  });
}

function withType(body: string, type: string): Response {
  return new Response(body, { headers: { "content-type": type } });
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
