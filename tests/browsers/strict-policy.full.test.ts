// A Content Security Policy without 'wasm-unsafe-eval': each engine refuses WebAssembly in its own way and at its own time.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { root } from "../support/paths.ts";
import { type StaticServer, serveStatic } from "../support/static-server.ts";
import { inEachEngine } from "./each-engine.ts";

let folder: string;
const servers: StaticServer[] = [];

const page = `<!doctype html><title>policy</title><script type="module" src="page.js"></script>`;
const script = `
  import { verifyIdToken } from "/honnin/dist/entries/browser.js";
  const options = { issuer: "https://a.example", clientId: "a", nonce: null, keys: '{"keys":[]}' };
  const error = await verifyIdToken("a.b.c", options).catch((error) => error);
  const code = document.createElement("p");
  code.id = "code";
  code.textContent = error.code;
  document.body.append(code);
`;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "honnin-test-"));
  await Promise.all([writeFile(join(folder, "page.html"), page), writeFile(join(folder, "page.js"), script)]);
  for (const policy of ["default-src 'self'", "default-src 'self' 'wasm-unsafe-eval'"])
    servers.push(
      await serveStatic({ honnin: join(root, "js"), test: folder }, { "content-security-policy": policy }),
    );
});

after(async () => {
  for (const server of servers) await server.close();
  await rm(folder, { recursive: true, force: true });
});

inEachEngine("a policy that forbids WebAssembly is named as the cause", async ({ newTab }) => {
  const tab = await newTab();
  const codes: string[] = [];
  for (const { origin } of servers) {
    await tab.open(`${origin}/test/page.html`);
    codes.push(await tab.text("#code"));
  }
  assert.deepEqual(codes, ["webassembly-unavailable", "token-malformed"]);
});
