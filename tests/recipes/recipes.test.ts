// Each recipe as it is copied: from a protected page to the login at the emulator, back to the page, and out again.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Emulator, startEmulator } from "@honnin/emulator";
import { createApp, defineEventHandler, readBody, toNodeListener } from "h3";
import { environments } from "honnin/launch";
import { memoryStore } from "honnin/relying-party";
import { toNodeHandler } from "honnin/relying-party/node";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { ReactElement } from "react";
import { renderToReadableStream } from "react-dom/server";
import { keyPair } from "../support/key-pair.ts";
import { root } from "../support/paths.ts";
import { loadLambda, loadNext, removeBundles } from "./bundled.ts";
import { cookiesOfCallback, logIn, logInAndOut, logInFrom127001 } from "./visit.ts";

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

/** A recipe that is a function from Request to Response. It sees another host name than the browser, as from a server that listens on all. */
function serve(fetch: (request: Request) => Response | Promise<Response>, hostname = "0.0.0.0"): void {
  const paths = { login: "/auth/login", callback: "/auth/callback", logout: "/auth/logout" };
  const answer = async (request: Request) => {
    const url = new URL(request.url);
    url.hostname = hostname;
    return fetch(new Request(url, request));
  };
  current = toNodeHandler({ fetch: answer, paths }, { origin });
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

interface Recipe {
  use(): Promise<void>;
  /** Leads users of another host name to the site's own. */
  readonly leads?: true;
  /** Takes away a slash that a framework adds. */
  readonly takesSlash?: true;
}

const recipes: Readonly<Record<string, Recipe>> = {
  "node:http": {
    async use() {
      forward(await import("../../demo/recipes/node.ts"));
    },
  },
  Express: {
    async use() {
      forward(await import("../../demo/recipes/express.ts"));
    },
  },
  Hono: {
    async use() {
      forward(await import("../../demo/recipes/hono.ts"));
    },
  },
  "AWS Lambda, as a function URL calls its bundle": {
    async use() {
      const { handler } = await loadLambda<{ handler(event: object): Promise<unknown> }>();
      serve((request) => invoke(handler, request));
    },
  },
  "Next, as its route handler and server components are called": {
    takesSlash: true,
    async use() {
      type Handler = (request: Request) => Promise<Response>;
      const { GET, POST } = await loadNext<{ GET: Handler; POST: Handler }>("auth/[...path]/route.ts");
      const page = await loadNext<{ default(): ReactElement }>("account/page.tsx");
      const storage = new AsyncLocalStorage<Headers>();
      Object.assign(globalThis, { honninRecipeHeaders: storage });
      serve(async (request) => {
        if (new URL(request.url).pathname.startsWith("/auth/"))
          return (request.method === "POST" ? POST : GET)(request);
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
  },
  "SvelteKit, as its hook is called": {
    async use() {
      const { handle } = await import("../../demo/recipes/sveltekit/src/hooks.server.ts");
      const { load } = await import("../../demo/recipes/sveltekit/src/routes/account/+page.server.ts");
      serve((request) =>
        handle({
          event: { request, url: new URL(request.url), locals: {} },
          resolve: ({ locals }: { locals: App.Locals }) => Response.json(load({ locals }).session),
        }),
      );
    },
  },
  "Astro, as its endpoint and middleware are called": {
    leads: true,
    takesSlash: true,
    async use() {
      const { ALL } = await import("../../demo/recipes/astro/auth.ts");
      const { loginFor, onRequest } = await import("../../demo/recipes/astro/middleware.ts");
      serve((request) => {
        const locals: Parameters<typeof onRequest>[0]["locals"] = {};
        return onRequest({ request, isPrerendered: false, locals }, async () => {
          if (new URL(request.url).pathname.startsWith("/auth/")) return ALL({ request });
          return locals.session === undefined
            ? Response.redirect(loginFor("/account"), 303)
            : Response.json(locals.session.data);
        });
      });
    },
  },
  "Nuxt, in the server that it is made of": {
    leads: true,
    takesSlash: true,
    async use() {
      const handlers = await Promise.all([
        import("../../demo/recipes/nuxt/session.ts"),
        import("../../demo/recipes/nuxt/auth.ts"),
        import("../../demo/recipes/nuxt/account.get.ts"),
      ]);
      const [session, auth, account] = handlers.map((module) => module.default);
      assert.ok(session !== undefined && auth !== undefined && account !== undefined);
      const app = createApp().use(session);
      // Both get their path without its beginning, as below `app.baseURL`.
      app.use("/auth", auth).use("/account", account);
      app.use(
        "/echo",
        defineEventHandler((event) => readBody(event)),
      );
      current = toNodeListener(app);
    },
  },
  "Deno, as its fetch is called": {
    leads: true,
    async use() {
      serve((await import("../../demo/recipes/deno.ts")).default.fetch);
    },
  },
  "Bun, as its fetch is called": {
    leads: true,
    async use() {
      serve((await import("../../demo/recipes/bun.ts")).default.fetch);
    },
  },
  "Workers, as its fetch is called": {
    leads: true,
    async use() {
      const { worker } = await import("../../demo/recipes/workers/worker.ts");
      const store = memoryStore();
      const answer = worker(() => store);
      const { ORIGIN = "", EMULATOR = "", CLIENT_ID = "", CLIENT_KEY = "", COOKIE_SECRET = "" } = process.env;
      const env = { ORIGIN, EMULATOR, CLIENT_ID, CLIENT_KEY, COOKIE_SECRET };
      serve((request) => answer(request, env, { waitUntil: () => undefined }));
    },
  },
};

for (const [name, { use, leads = false, takesSlash = false }] of Object.entries(recipes)) {
  test(`${name}: a protected page, the login, and the logout`, async () => {
    await use();
    await logInAndOut({ emulator, origin });
  });

  test(`${name}: every cookie of a response arrives`, async () => {
    await use();
    assert.deepEqual(await cookiesOfCallback({ emulator, origin }), ["honnin-login", "honnin-session"]);
  });

  if (leads)
    test(`${name}: a login from 127.0.0.1 is one of localhost`, async () => {
      await use();
      await logInFrom127001({ emulator, origin });
    });

  if (takesSlash)
    test(`${name}: a slash at the end of the callback's path is taken away`, async () => {
      await use();
      const cookies = await cookiesOfCallback({ emulator, origin }, (url) => {
        url.pathname += "/";
      });
      assert.deepEqual(cookies, ["honnin-login", "honnin-session"]);
    });
}

test("Workers: the store has the codes that were used, and the work goes on without the browser", async () => {
  const { worker } = await import("../../demo/recipes/workers/worker.ts");
  const created: string[] = [];
  const store = memoryStore();
  const answer = worker(() => ({
    ...store,
    create(key: string, value: string, seconds: number) {
      created.push(key.split(":")[0] ?? "");
      return store.create(key, value, seconds);
    },
  }));
  const { ORIGIN = "", EMULATOR = "", CLIENT_ID = "", CLIENT_KEY = "", COOKIE_SECRET = "" } = process.env;
  const env = { ORIGIN, EMULATOR, CLIENT_ID, CLIENT_KEY, COOKIE_SECRET };
  const kept: Promise<unknown>[] = [];
  serve((request) => answer(request, env, { waitUntil: (work) => kept.push(work) }));
  await logInAndOut({ emulator, origin });
  assert.deepEqual(created, ["code", "session"]);
  assert.ok(kept.length > 0);
  await Promise.all(kept);
});

test("Workers: without EMULATOR, a token with the emulator's mark logs nobody in", async (t) => {
  const { worker } = await import("../../demo/recipes/workers/worker.ts");
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const { issuer, tokenEndpoint, jwksUri, userinfoEndpoint } = environments.sandbox;
  const sub = "0123456789abcdef";
  let marks: object = {};
  let nonce = "";
  // The service of the sandbox.
  t.mock.method(globalThis, "fetch", async (input: string | URL | Request) => {
    const url = String(input);
    if (url === jwksUri)
      return Response.json({
        keys: [{ ...(await exportJWK(publicKey)), kid: "k", alg: "ES256", use: "sig" }],
      });
    if (url === userinfoEndpoint) return Response.json({ sub });
    assert.equal(url, tokenEndpoint);
    const digest = createHash("sha256").update("a").digest().subarray(0, 16);
    const token = new SignJWT({ nonce, at_hash: digest.toString("base64url"), ...marks }).setProtectedHeader({
      alg: "ES256",
      kid: "k",
    });
    token.setIssuer(issuer).setSubject(sub).setAudience("myshop").setIssuedAt().setExpirationTime("5m");
    const idToken = await token.sign(privateKey);
    return Response.json({ access_token: "a", token_type: "Bearer", id_token: idToken, expires_in: 60 });
  });
  t.mock.method(console, "error", () => {});
  const { CLIENT_KEY = "", COOKIE_SECRET = "" } = process.env;
  const env = { ORIGIN: "https://shop.example", CLIENT_ID: "myshop", CLIENT_KEY, COOKIE_SECRET };
  const store = memoryStore();
  const answer = worker(() => store);
  const ask = (path: string, cookie = "") =>
    answer(new Request(env.ORIGIN + path, { headers: { cookie } }), env, { waitUntil: () => undefined });
  const logInWith = async (some: object) => {
    marks = some;
    const begun = await ask("/auth/login?return_to=/account");
    const request = new URL(begun.headers.get("location") ?? "").searchParams;
    nonce = request.get("nonce") ?? "";
    const cookies = begun.headers.getSetCookie().map((line) => line.split(";")[0]);
    return ask(`/auth/callback?code=c&state=${request.get("state")}`, cookies.join("; "));
  };
  const accepted = await logInWith({});
  assert.deepEqual([accepted.status, accepted.headers.get("location")], [303, `${env.ORIGIN}/account`]);
  const refused = await logInWith({ honnin_emulator: true });
  assert.ok(refused.status >= 400);
  assert.match(await refused.text(), /emulator-refused/);
});

test("Bun: neither silent connections nor errors are treated as while one develops", async () => {
  const { default: settings } = await import("../../demo/recipes/bun.ts");
  // `handoff` sends an event or ends its stream within 25 seconds.
  assert.ok(settings.idleTimeout > 25);
  assert.equal(settings.development, false);
});

test("Nuxt: the middleware leaves the body of a request to others", async () => {
  await recipes["Nuxt, in the server that it is made of"]?.use();
  // With a session, because reading it takes a while, in which a body would flow away.
  const agent = await logIn({ emulator, origin });
  const body = JSON.stringify({ said: "本人" });
  const response = await agent.send(`${origin}/echo`, {
    method: "POST",
    body,
    signal: AbortSignal.timeout(20_000),
  });
  assert.deepEqual(await response.json(), { said: "本人" });
});

test("Astro: a page that is built in advance has no session, and its headers are not read", async () => {
  const { onRequest } = await import("../../demo/recipes/astro/middleware.ts");
  const request = {
    get headers(): Headers {
      throw new Error("read");
    },
  } as Request;
  const locals = {};
  await onRequest({ request, isPrerendered: true, locals }, async () => new Response());
  assert.deepEqual(locals, {});
});

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
