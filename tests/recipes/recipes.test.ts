// Each recipe as it is copied: from a protected page to the login at the emulator, back to the page, and out again.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Emulator, startEmulator } from "@honnin/emulator";
import { memoryStore } from "honnin/relying-party";
import { toNodeHandler } from "honnin/relying-party/node";
import type { ReactElement } from "react";
import { renderToReadableStream } from "react-dom/server";
import { keyPair } from "../support/key-pair.ts";
import { root } from "../support/paths.ts";
import { UserAgent } from "../support/user-agent.ts";
import { loadLambda, loadNext, removeBundles } from "./bundled.ts";

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
    PORT: "0",
  });
});
after(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await emulator?.close();
  await removeBundles();
});

/** A recipe that is a function from Request to Response. */
function serve(fetch: (request: Request) => Response | Promise<Response>): void {
  const paths = { login: "/auth/login", callback: "/auth/callback", logout: "/auth/logout" };
  current = toNodeHandler({ fetch: async (request) => fetch(request), paths }, { origin });
}

/** A recipe that listens: its requests come from the server of this file, whose port is known before the recipe is loaded. */
function forward({ server }: { readonly server: { emit(...args: unknown[]): unknown; close(): unknown } }) {
  server.close();
  current = (incoming, outgoing) => server.emit("request", incoming, outgoing);
}

/** As a function URL of AWS Lambda does: what the function gets and returns is JSON. */
async function invoke(handler: (event: object) => Promise<unknown>, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { cookie, ...headers } = Object.fromEntries(request.headers);
  const body = Buffer.from(await request.arrayBuffer());
  const event = {
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers,
    ...(cookie === undefined ? {} : { cookies: cookie.split("; ") }),
    ...(body.length === 0 ? {} : { body: body.toString("base64") }),
    isBase64Encoded: body.length > 0,
    requestContext: { http: { method: request.method } },
  };
  const result = JSON.parse(JSON.stringify(await handler(event))) as {
    statusCode: number;
    headers: Record<string, string>;
    cookies: string[];
    body: string;
  };
  assert.ok(!("set-cookie" in result.headers));
  const answered = new Headers(result.headers);
  for (const line of result.cookies) answered.append("set-cookie", line);
  return new Response(result.body === "" ? null : result.body, {
    status: result.statusCode,
    headers: answered,
  });
}

const recipes: Readonly<Record<string, () => Promise<void>>> = {
  async "node:http"() {
    forward(await import("../../demo/recipes/node.ts"));
  },
  async Express() {
    forward(await import("../../demo/recipes/express.ts"));
  },
  async Hono() {
    forward(await import("../../demo/recipes/hono.ts"));
  },
  async "AWS Lambda, as a function URL calls its bundle"() {
    const { handler } = await loadLambda<{ handler(event: object): Promise<unknown> }>();
    serve((request) => invoke(handler, request));
  },
  async "Next, as its route handler and server components are called"() {
    type Handler = (request: Request) => Promise<Response>;
    const { GET, POST } = await loadNext<{ GET: Handler; POST: Handler }>("auth/[...path]/route.ts");
    const page = await loadNext<{ default(): ReactElement }>("account/page.tsx");
    const storage = new AsyncLocalStorage<Headers>();
    Object.assign(globalThis, { honninRecipeHeaders: storage });
    serve(async (request) => {
      const url = new URL(request.url);
      // As its standalone server does.
      url.hostname = "0.0.0.0";
      if (url.pathname.startsWith("/auth/"))
        return (request.method === "POST" ? POST : GET)(new Request(url, request));
      let thrown: { location?: string } | undefined;
      const onError = (error: unknown) => {
        thrown = error as { location?: string };
      };
      const html = await storage.run(request.headers, async () => {
        const stream = await renderToReadableStream(page.default(), { onError });
        await stream.allReady;
        return new Response(stream).text();
      });
      // Next sends the browser there, by a status or from the page.
      if (thrown?.location !== undefined) return Response.redirect(origin + thrown.location, 303);
      assert.equal(thrown, undefined);
      assert.match(html, /<form action="\/auth\/logout\?return_to=\/" method="post">/);
      return new Response(/<pre>(.*)<\/pre>/.exec(html)?.[1]?.replaceAll("&quot;", '"'));
    });
  },
  async "SvelteKit, as its hook is called"() {
    const { handle } = await import("../../demo/recipes/sveltekit/src/hooks.server.ts");
    const { load } = await import("../../demo/recipes/sveltekit/src/routes/account/+page.server.ts");
    serve((request) =>
      handle({
        event: { request, url: new URL(request.url), locals: {} },
        resolve: ({ locals }: { locals: App.Locals }) => Response.json(load({ locals }).session),
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

test("the auth.ts in the folder for SvelteKit is that of the others", () => {
  const [shared, own] = ["auth.ts", "sveltekit/src/lib/server/auth.ts"].map((file) =>
    readFileSync(join(root, "demo", "recipes", file), "utf8"),
  );
  assert.equal(own, shared);
});

for (const [name, left] of [
  ["CLIENT_ID", {}],
  ["CLIENT_KEY", { CLIENT_ID: "myshop" }],
  ["COOKIE_SECRET", { CLIENT_ID: "myshop", CLIENT_KEY: "{}" }],
] as const) {
  test(`without ${name}, a recipe says so`, () => {
    const { CLIENT_ID: _id, CLIENT_KEY: _key, COOKIE_SECRET: _secret, ...others } = process.env;
    const args = ["--import", "tsx", "demo/recipes/node.ts"];
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: root,
      encoding: "utf8",
      env: { ...others, ...left },
    });
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(`${name} is not set.*--env-file`));
  });
}
