// Each recipe as it is copied: from a protected page to the login at the emulator, back to the page, and out again.
import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { type Emulator, startEmulator } from "@honnin/emulator";
import { memoryStore } from "honnin/relying-party";
import { toNodeHandler } from "honnin/relying-party/node";
import { keyPair } from "../support/key-pair.ts";
import { UserAgent } from "../support/user-agent.ts";

let emulator: Emulator;
let origin: string;
let current: (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;
const server = createServer((incoming, outgoing) => void current(incoming, outgoing));

before(async () => {
  const { own, registered } = await keyPair("ES256", "sig", "client-key");
  emulator = await startEmulator({ mode: "test-card", quiet: true });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const redirectUris = [`${origin}/auth/callback`];
  emulator.addClient({ clientId: "myshop", name: "test", redirectUris, jwks: { keys: [registered] } });
  Object.assign(process.env, {
    ORIGIN: origin,
    EMULATOR: emulator.origin,
    CLIENT_ID: "myshop",
    CLIENT_KEY: JSON.stringify(own),
    COOKIE_SECRET: "0123456789abcdefghijklmnopqrstuv",
  });
});
after(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await emulator?.close();
});

/** A recipe that is a function from Request to Response. */
function serve(fetch: (request: Request) => Response | Promise<Response>): void {
  const paths = { login: "/auth/login", callback: "/auth/callback", logout: "/auth/logout" };
  current = toNodeHandler({ fetch: async (request) => fetch(request), paths }, { origin });
}

const recipes: Readonly<Record<string, () => Promise<void>>> = {
  async "node:http"() {
    const recipe = await import("../../demo/recipes/node.ts");
    current = (incoming, outgoing) => recipe.server.emit("request", incoming, outgoing);
  },
  async Express() {
    current = (await import("../../demo/recipes/express.ts")).app;
  },
  async Hono() {
    serve((await import("../../demo/recipes/hono.ts")).app.fetch);
  },
  async "Next, as its route handler and server components are called"() {
    const { GET, POST } = await import("../../demo/recipes/next/route.ts");
    const { sessionOf } = await import("../../demo/recipes/next/session.ts");
    serve(async (request) => {
      const url = new URL(request.url);
      // As its standalone server does.
      url.hostname = "0.0.0.0";
      if (url.pathname.startsWith("/auth/"))
        return (request.method === "POST" ? POST : GET)(new Request(url, request));
      const session = await sessionOf(request.headers);
      return session === undefined
        ? Response.redirect(`${origin}/auth/login?return_to=/account`, 303)
        : Response.json(session.data);
    });
  },
  async "SvelteKit, as its hook is called"() {
    const { handle } = await import("../../demo/recipes/sveltekit/hooks.server.ts");
    serve((request) =>
      handle({
        event: { request, url: new URL(request.url), locals: {} },
        resolve: ({ locals }: { locals: { session?: { data: unknown } | undefined } }) =>
          locals.session === undefined
            ? Response.redirect(`${origin}/auth/login?return_to=/account`, 303)
            : Response.json(locals.session.data),
      }),
    );
  },
  async "Workers, as its fetch is called"() {
    const { worker } = await import("../../demo/recipes/workers/worker.ts");
    const store = memoryStore();
    const answer = worker(() => store);
    const { ORIGIN = "", EMULATOR = "", CLIENT_ID = "", CLIENT_KEY = "", COOKIE_SECRET = "" } = process.env;
    const env = { ORIGIN, EMULATOR, CLIENT_ID, CLIENT_KEY, COOKIE_SECRET };
    serve((request) => answer(request, env, { waitUntil: () => undefined }));
  },
};

for (const [name, use] of Object.entries(recipes)) {
  test(`${name}: a protected page, the login, and the logout`, async () => {
    await use();
    const agent = new UserAgent();
    const card = await agent.get(`${origin}/account`);
    assert.ok(card.url.startsWith(emulator.origin), card.url);
    const page = await agent.post(card.url, { response: "normal", person: "ordinary" });
    assert.equal(page.url, `${origin}/account`);
    const { sub } = JSON.parse(page.text) as { sub: string };
    assert.match(sub, /^[\x21-\x7e]{8,255}$/);
    const left = await agent.send(`${origin}/auth/logout?return_to=/`, { method: "POST" });
    assert.equal(left.status, 303);
    assert.equal((await agent.send(`${origin}/account`, { method: "GET" })).status, 303);
  });
}
