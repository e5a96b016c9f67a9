import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { exportJWK, generateKeyPair } from "jose";
import { texts } from "../../site/src/texts/index.ts";
import { type ServedWorker, serveWorker } from "../src/serve.ts";

let worker: ServedWorker;
before(async () => {
  // No page here asks the service anything.
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const clientKey = await exportJWK(privateKey);
  worker = await serveWorker({
    emulatorOrigin: "http://127.0.0.1:9",
    clientId: "pages",
    clientKey,
    decryptionKey: clientKey,
    jpkiAnchors: "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
    quiet: true,
  });
});
after(() => worker.close());

const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  pdf: "application/pdf",
  svg: "image/svg+xml",
  wasm: "application/wasm",
};
const phone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1";
const get = (path: string, init: RequestInit = {}) =>
  fetch(worker.origin + path, { redirect: "manual", ...init });

test("the site is another one than the emulator: localhost, not 127.0.0.1", async () => {
  assert.match(worker.origin, /^http:\/\/localhost:\d+$/);
  const moved = await fetch(`${worker.origin.replace("localhost", "127.0.0.1")}/en/result?a=1`, {
    redirect: "manual",
  });
  assert.equal(moved.status, 307);
  assert.equal(moved.headers.get("location"), `${worker.origin}/en/result?a=1`);
});

test("home in both languages, each with a link to the other", async () => {
  for (const [path, lang, other] of [
    ["/", "ja", "/en/"],
    ["/en/", "en", "/"],
  ] as const) {
    const response = await get(path);
    const text = await response.text();
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("cache-control"), "no-cache");
    assert.ok(text.includes(`<html lang="${lang}">`));
    assert.ok(text.includes(`<h1>${texts[lang].home.title}</h1>`));
    assert.ok(text.includes(`<a class="language" href="${other}"`));
  }
});

test("a browser that prefers English gets it, unless a link of this site led to Japanese", async () => {
  const english = "en-US,en;q=0.9,ja;q=0.5";
  for (const [path, to] of [
    ["/", "/en/"],
    ["/sign", "/en/sign"],
    ["/verify", "/en/verify"],
    ["/?logged_out", "/en/?logged_out"],
  ] as const) {
    const moved = await get(path, { headers: { "accept-language": english } });
    assert.deepEqual([moved.status, moved.headers.get("location")], [302, to]);
    assert.equal(moved.headers.get("vary"), "accept-language, sec-fetch-site");
    const chosen = { "accept-language": english, "sec-fetch-site": "same-origin" };
    const stayed = await get(path, { headers: chosen });
    assert.equal(stayed.status, 200, path);
    assert.match(stayed.headers.get("vary") ?? "", /accept-language, sec-fetch-site$/);
    assert.ok((await stayed.text()).includes('<html lang="ja">'), path);
  }
  for (const [languages, status] of [
    ["ja,en;q=0.9", 200],
    ["en;q=0.4,ja;q=0.5", 200],
    ["fr", 200],
    ["*", 200],
    ["english", 200],
    ["en;q=0", 200],
    ["EN", 302],
    ["fr, en;q=0.1", 302],
    ["ja;q=0.7, en-GB ; q=0.75", 302],
    [`${"x,".repeat(600)}en`, 200],
  ] as const)
    assert.equal((await get("/", { headers: { "accept-language": languages } })).status, status, languages);
  // Where a login ends, its own language counts.
  assert.equal((await get("/result", { headers: { "accept-language": english } })).status, 200);
  assert.equal((await get("/en/", { headers: { "accept-language": "ja" } })).status, 200);
  const missing = await get("/nothing", { headers: { "accept-language": english } });
  assert.equal(missing.status, 404);
  assert.ok((await missing.text()).includes(texts.en.notFound.title));
  assert.match(missing.headers.get("vary") ?? "", /accept-language/);
});

test("phone and computer get their way opened", async () => {
  const onPhone = await get("/", { headers: { "user-agent": phone } });
  assert.match(await onPhone.text(), /data-device="phone" open/);
  assert.equal(onPhone.headers.get("vary"), "cookie, user-agent, accept-language, sec-fetch-site");
  assert.match(await (await get("/")).text(), /data-device="computer" open/);
});

test("every page has the security headers; only those with a use for WebAssembly may run it", async () => {
  const runsWasm = ["/sign", "/verify"];
  for (const path of [
    "/",
    "/en/",
    "/result",
    "/en/result",
    "/sign",
    "/en/sign/result",
    "/verify",
    "/nothing-here",
    "/auth/callback",
    "/auth/logout",
  ]) {
    const { headers } = await get(path);
    assert.equal(
      headers.get("content-security-policy"),
      `default-src 'self';${runsWasm.includes(path) ? " script-src 'self' 'wasm-unsafe-eval';" : ""} base-uri 'none'; form-action 'self' http://127.0.0.1:9; frame-ancestors 'none'; object-src 'none'`,
      path,
    );
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
    assert.equal(headers.get("x-frame-options"), "DENY", path);
    assert.equal(headers.get("referrer-policy"), "same-origin", path);
    assert.equal(headers.get("cross-origin-opener-policy"), "same-origin", path);
    assert.equal(headers.get("content-type"), "text/html; charset=utf-8", path);
  }
});

test("assets are kept for good, since their address changes with their content", async () => {
  const pages = await Promise.all(["/", "/sign", "/verify"].map(async (path) => (await get(path)).text()));
  const found = pages.join("").matchAll(/"(\/assets\/[^"]+)"/g);
  const addresses = [...new Set([...found].map(([, address = ""]) => address))];
  assert.deepEqual(addresses.map((address) => address.split(".").at(-1)).sort(), [
    ...["css", "js", "js", "js", "js", "pdf", "svg", "wasm"],
  ]);
  for (const address of addresses) {
    const response = await get(address);
    const body = new Uint8Array(await response.arrayBuffer());
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("cache-control"), "public, max-age=31536000, immutable");
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.equal(response.headers.get("content-type"), types[address.split(".").at(-1) ?? ""]);
    assert.equal(address.split(".").at(-2), createHash("sha256").update(body).digest("hex").slice(0, 16));
  }
  assert.equal((await get("/assets/styles.0000000000000000.css")).status, 404);
});

test("an address without a page says so in its language", async () => {
  for (const [path, lang] of [
    ["/nothing", "ja"],
    ["/en/nothing", "en"],
    ["/auth/nothing", "ja"],
    ["/__proto__", "ja"],
    ["/en", "en"],
  ] as const) {
    const response = await get(path);
    assert.equal(response.status, 404, path);
    assert.ok((await response.text()).includes(`<h1>${texts[lang].notFound.title}</h1>`), path);
  }
});

test("pages and assets take GET and HEAD only", async () => {
  const page = await (await get("/")).text();
  const asset = /"(\/assets\/[^"]+)"/.exec(page)?.[1] ?? "";
  for (const path of ["/", "/result", asset]) {
    const refused = await get(path, { method: "POST", body: "x" });
    assert.equal(refused.status, 405, path);
    assert.equal(refused.headers.get("allow"), "GET, HEAD");
    const head = await get(path, { method: "HEAD" });
    assert.equal(head.status, 200, path);
    assert.equal(await head.text(), "");
  }
  const lost = await get("/auth/callback?state=a&code=b", { method: "HEAD" });
  assert.equal(lost.status, 405);
});
