// A whole login in real workerd, with the handler made while the module loads, as an edge worker makes it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as esbuild from "esbuild";
import { Miniflare } from "miniflare";
import { Browser, codeOf } from "./browser.js";
import { secret, site, startWorld, type World } from "./setup.js";

const packageRoot = join(import.meta.dirname, "../..");
let world: World;
let miniflare: Miniflare;
let browser: Browser;

before(async () => {
  world = await startWorld();
  const script = await bundle(`
    import { environmentAt } from "./launch/environments.ts";
    import { relyingParty } from "./relying-party/index.ts";
    const { fetch, session } = relyingParty({
      environment: environmentAt(${JSON.stringify(new URL(world.provider.environment.issuer).origin)}),
      clientId: ${JSON.stringify(world.provider.clientId)},
      clientKey: ${JSON.stringify(world.clientKey)},
      redirectUri: ${JSON.stringify(`${site}/auth/callback`)},
      scope: "openid name",
      cookieSecret: ${JSON.stringify(secret)},
      onLogin: ({ user }) => ({ session: { name: user.name } }),
    });
    export default {
      async fetch(request) {
        if (new URL(request.url).pathname === "/me") return Response.json((await session(request)) ?? null);
        return fetch(request);
      },
    };
  `);
  const wasm = /from\s*"([^"]+\.wasm)"/.exec(script)?.[1] ?? assert.fail("the bundle imports no wasm");
  miniflare = new Miniflare({
    compatibilityDate: "2026-04-01",
    modulesRoot: "/",
    modules: [
      { type: "ESModule", path: "/worker/index.js", contents: script },
      {
        type: "CompiledWasm",
        path: join("/worker", wasm),
        contents: await readFile(join(packageRoot, "dist/wasm/honnin.wasm")),
      },
    ],
  });
  await miniflare.ready;
  browser = new Browser({
    fetch: async (request) =>
      (await miniflare.dispatchFetch(request.url, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        redirect: "manual",
      })) as unknown as Response,
  });
});
after(async () => {
  await miniflare?.dispose();
  await world?.provider.stop();
});

async function bundle(source: string): Promise<string> {
  const result = await esbuild.build({
    stdin: { contents: source, resolveDir: join(packageRoot, "src"), loader: "js" },
    bundle: true,
    write: false,
    format: "esm",
    conditions: ["workerd", "worker"],
    // No node: module is external, so one that is imported fails the build.
    external: ["*.wasm"],
    logLevel: "error",
  });
  return result.outputFiles[0]?.text ?? "";
}

test("login, callback, session and logout in workerd", async () => {
  const done = await browser.send(await world.begin(browser, "?return_to=/account"));
  assert.equal(done.status, 303, await done.clone().text());
  assert.equal(done.headers.get("location"), `${site}/account`);
  assert.deepEqual(browser.named("honnin-login"), []);
  assert.deepEqual(await (await browser.send(`${site}/me`)).json(), { name: "山田　花子" });
  const out = await browser.send(`${site}/auth/logout`, { method: "POST", headers: { origin: site } });
  assert.equal(out.status, 303);
  assert.equal(await (await browser.send(`${site}/me`)).json(), null);
  assert.deepEqual(world.provider.complaints, []);
});

test("errors end in pages in workerd, too", async () => {
  const callback = await world.begin(browser);
  world.provider.claims = { nonce: "x" };
  const mismatch = await browser.send(callback);
  assert.equal(mismatch.status, 502);
  assert.equal(await codeOf(mismatch), "nonce-mismatch");
  const missing = await browser.send(callback);
  assert.equal(missing.status, 400);
  assert.equal(await codeOf(missing), "login-cookie-missing");
  assert.match(missing.headers.get("content-security-policy") ?? "", /style-src 'sha256-[\w+/]{43}='/);
});
