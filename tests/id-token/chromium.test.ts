import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as esbuild from "esbuild";
import type { Browser } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { root } from "../support/paths.ts";
import { type StaticServer, serveStatic } from "../support/static-server.ts";
import { cases } from "./cases.ts";
import { differences, type Verdict } from "./judge.ts";

// The built files as they are, without a bundler: what a page with `<script type="module">` loads.
const entry = "/honnin/dist/entries/browser.js";
let browser: Browser;
let server: StaticServer;
let strict: StaticServer;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "honnin-test-"));
  await esbuild.build({
    entryPoints: [join(root, "tests/id-token/judge.ts")],
    outfile: join(folder, "judge.js"),
    format: "esm",
  });
  const mounts = { honnin: join(root, "js"), test: folder };
  browser = await launchChromium();
  server = await serveStatic(mounts, { "content-security-policy": "default-src 'self' 'wasm-unsafe-eval'" });
  strict = await serveStatic(mounts, { "content-security-policy": "default-src 'self'" });
});

after(async () => {
  await browser?.close();
  await server?.close();
  await strict?.close();
  await rm(folder, { recursive: true, force: true });
});

test(`Chromium judges all ${cases.length} ID tokens of the table as it says`, async () => {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/`);
  const verdicts = await page.evaluate(
    async ([path, table]) => {
      const { verifyIdToken } = await import(path);
      const { judge } = await import("/test/judge.js" as string);
      return judge(verifyIdToken, table) as Promise<Verdict[]>;
    },
    [entry, cases] as const,
  );
  assert.deepEqual(differences(verdicts, cases), []);
});

test("a module that is not on the server: the message says how the server answered", async () => {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/`);
  const message = await page.evaluate(async (path) => {
    const { init } = await import(path);
    return init({ url: "/honnin/nowhere.wasm" }).catch((error: Error) => error.message);
  }, entry);
  assert.match(message as string, /returned status 404 and the media type none/);
});

test("a policy that forbids WebAssembly ends in webassembly-unavailable with its remedy", async () => {
  const page = await browser.newPage();
  await page.goto(`${strict.origin}/`);
  const refusal = await page.evaluate(async (path) => {
    const { verifyIdToken } = await import(path);
    const options = { issuer: "https://a.example", clientId: "a", nonce: null, keys: '{"keys":[]}' };
    return verifyIdToken("a.b.c", options).catch((error: { code: string; message: string }) => ({
      code: error.code,
      message: error.message,
    }));
  }, entry);
  assert.equal(refusal.code, "webassembly-unavailable");
  assert.match(refusal.message, /'wasm-unsafe-eval'/);
});
