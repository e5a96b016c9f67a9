// A whole login in real workerd, with the handler made while the module loads, as an edge worker makes it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import * as esbuild from "esbuild";
import { Miniflare } from "miniflare";
import { Browser, codeOf } from "./browser.js";
import { authorize, base, fetched, numberOn, scan, show, submit, type } from "./handoff/devices.js";
import { secret, site, useWorld } from "./setup.js";
import { rsaKey, rules } from "./signing/cards.js";
import { form, sealRsa } from "./signing/site.js";

const packageRoot = join(import.meta.dirname, "../..");
const world = await useWorld();
const instances: Miniflare[] = [];
let browser: Browser;

before(async () => {
  browser = await start("2026-04-01");
});
after(() => Promise.all(instances.map((instance) => instance.dispose())));

/** A browser whose site is a worker of that compatibility date. */
async function start(compatibilityDate: string): Promise<Browser> {
  const script = await bundle(`
    import { environmentAt } from "./launch/environments.ts";
    import { memoryStore, relyingParty } from "./relying-party/index.ts";
    const { revocation, anchors, ...rules } = ${JSON.stringify(rules(), (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
    )};
    const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    let signed = null;
    const { fetch, session } = relyingParty({
      environment: environmentAt(${JSON.stringify(new URL(world.provider.environment.issuer).origin)}),
      clientId: ${JSON.stringify(world.provider.clientId)},
      clientKey: ${JSON.stringify(world.clientKey)},
      redirectUri: ${JSON.stringify(`${site}/auth/callback`)},
      scope: "openid name",
      cookieSecret: ${JSON.stringify(secret)},
      onLogin: ({ user }) => ({ sessionData: { name: user.name } }),
      store: memoryStore(),
      handoff: true,
      signing: {
        mayStart: "anyone",
        method: { form: "digest-info" },
        open: {
          keys: ${JSON.stringify(rsaKey.priv)},
          verify: { ...rules, anchors: anchors.map(bytes), revocation: { ...revocation, crls: bytes(revocation.crls) } },
        },
        documents: () => ({ name: "server.bin", data: new Blob(["x".repeat(1000)]).stream() }),
        onSigned: ({ verification, document, signature }) => {
          signed = { verification, name: document.name, asOf: signature.asOf };
        },
      },
    });
    export default {
      async fetch(request, _env, context) {
        if (new URL(request.url).pathname === "/me") return Response.json((await session(request))?.data ?? null);
        if (new URL(request.url).pathname === "/signed") return Response.json(signed);
        return fetch(request, context);
      },
    };
  `);
  const wasm = [...script.matchAll(/from\s*"([^"]+\.wasm)"/g)].map(async ([, path = ""]) => ({
    type: "CompiledWasm" as const,
    path: join("/worker", path),
    contents: new Uint8Array(await readFile(join(packageRoot, "dist/wasm", basename(path)))),
  }));
  assert.ok(wasm.length > 0, "the bundle imports no wasm");
  const miniflare = new Miniflare({
    compatibilityDate,
    modulesRoot: "/",
    modules: [{ type: "ESModule", path: "/worker/index.js", contents: script }, ...(await Promise.all(wasm))],
  });
  instances.push(miniflare);
  await miniflare.ready;
  return new Browser({
    fetch: async (request) =>
      (await miniflare.dispatchFetch(request.url, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        ...(request.method === "POST" ? { body: await request.text() } : {}),
        redirect: "manual",
      })) as unknown as Response,
  });
}

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

test("a login is handed over to a phone in workerd, of now and of an old date, with its events", async () => {
  for (const worker of [browser, await start("2023-05-18")]) {
    // Miniflare's client has its own `Sec-Fetch-Mode`: as a browser without Fetch Metadata.
    const party: Browser["party"] = {
      fetch(request) {
        const headers = [...request.headers].filter(([name]) => !/^(sec-fetch-|origin$)/.test(name));
        return worker.party.fetch(new Request(request, { headers: [...headers, ["origin", site]] }));
      },
    };
    const [pc, phone] = [new Browser(party), new Browser(party)];
    const url = await show(pc);
    const events = await pc.send(`${base}/events`, { headers: fetched });
    const reader = (events.body as ReadableStream<Uint8Array>).getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);
    assert.match(await read(), /^retry: 1000\n\ndata: \{"state":"waiting","expiresIn":(300|299)\}\n\n$/);
    assert.equal((await scan(phone, url)).status, 303);
    assert.match(await read(), /^data: \{"state":"scanned","expiresIn":1\d\d,"triesLeft":5\}\n\n$/);
    await reader.cancel();
    assert.equal((await type(pc, await numberOn(phone))).status, 200);
    assert.equal((await phone.send(await authorize(world, phone))).headers.get("location"), `${base}/phone`);
    const claimed = await submit(pc, "/claim");
    assert.equal(claimed.status, 303, await claimed.clone().text());
    assert.deepEqual(await (await pc.send(`${site}/me`)).json(), { name: "山田　花子" });
    assert.equal(await (await phone.send(`${site}/me`)).json(), null);
    assert.equal(await codeOf(await submit(phone, "/cancel")), undefined);
  }
  assert.deepEqual(world.provider.complaints, []);
});

test("a document is signed in workerd: hashed in the browser, or a stream of the server's", async () => {
  world.provider.signing.seal = sealRsa;
  for (const [fields, name] of [
    [form, form.name],
    [{ document: "one" }, "server.bin"],
  ] as const) {
    const begun = await browser.send(`${site}/auth/sign`, {
      method: "POST",
      headers: { origin: site, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields).toString(),
    });
    assert.equal(begun.status, 303, await begun.clone().text());
    const done = await browser.send(world.provider.authorize(begun.headers.get("location") ?? ""));
    assert.equal(done.status, 303, await done.clone().text());
    const { asOf, ...signed } = (await (await browser.send(`${site}/signed`)).json()) as { asOf: number };
    assert.deepEqual(signed, { verification: "passed", name });
    assert.ok(asOf > 0);
    assert.deepEqual(browser.named("honnin-signature"), []);
  }
  assert.deepEqual(world.provider.complaints, []);
});

// Before 2024-09-26 the platform's classes have no tags, before 2024-11-11 a request has no `cache`.
for (const date of ["2023-05-18", "2024-10-01"]) {
  test(`login, callback and session in workerd of ${date}`, async () => {
    const older = await start(date);
    const done = await older.send(await world.begin(older, "?return_to=/account"));
    assert.equal(done.status, 303, await done.clone().text());
    assert.deepEqual(await (await older.send(`${site}/me`)).json(), { name: "山田　花子" });
  });
}

test("errors end in pages in workerd, too", async () => {
  const callback = await world.begin(browser);
  world.provider.claims = { nonce: "x" };
  const mismatch = await browser.send(callback);
  assert.equal(mismatch.status, 502);
  assert.equal(await codeOf(mismatch), "nonce-mismatch");
  assert.equal(await codeOf(await browser.send(callback)), "nonce-mismatch");
  browser.cookies.clear();
  const missing = await browser.send(callback);
  assert.equal(missing.status, 400);
  assert.equal(await codeOf(missing), "login-cookie-missing");
  assert.match(missing.headers.get("content-security-policy") ?? "", /style-src 'sha256-[\w+/]{43}='/);
});
