import assert from "node:assert/strict";
import { test } from "node:test";
import { html } from "../src/html.js";
import { signingClient, start } from "./signing-support.js";
import { attribute, Browser, emulator, newClient, RelyingParty } from "./support.js";

const hostile = `"><script>alert(1)</script>'&`;
const shop = signingClient("testShop", { curve: "P-256" }, { name: hostile });
const op = await emulator({ clients: [shop] });
const party = await RelyingParty.of(op, shop);
const iphone = { "user-agent": "iPhone Mobile" };

/** Every kind of page, in one language. */
async function pages(language: string): Promise<[string, Response][]> {
  const headers = { "accept-language": language };
  const browser = new Browser(op.origin, headers);
  const begin = async (on: Browser) =>
    (await on.get((await party.authorizationRequest()).url.href)).url.pathname;
  const computer = await begin(browser);
  const phone = new Browser(op.origin, { ...headers, ...iphone });
  const onPhone = await begin(phone);
  const result: [string, Response][] = [
    ["home", await browser.request("/")],
    ["computer", await browser.request(computer)],
    ["test card", await browser.request(`${computer}/test-card`)],
    ["open app", await phone.request(onPhone)],
    ["not found", await browser.request("/nothing")],
    ["expired", await browser.request("/authenticate/nothing")],
    ["refused", (await browser.get(`${party.server.authorization_endpoint}?client_id=nobody`)).response],
  ];
  const app = (await phone.post(`${onPhone}/open`)).url.pathname;
  result.push(["start", await phone.request(app)]);
  result.push(["pin", (await phone.post(`${app}/start`)).response]);
  result.push(["wrong pin", (await phone.post(`${app}/pin`, { pin: "0000" })).response]);
  result.push(["basic pin", (await phone.post(`${app}/pin`, { pin: "1234" })).response]);
  result.push(["card", (await phone.post(`${app}/pin`, { pin: "1234" })).response]);
  result.push(["consent", (await phone.post(`${app}/card`, { person: "markup" })).response]);
  result.push(["done", (await phone.post(`${app}/consent`, { answer: "allow" })).response]);
  result.push(...(await signingPages(new Browser(op.origin, { ...headers, ...iphone }))));
  return result;
}

/** Those that a signature adds. */
async function signingPages(phone: Browser): Promise<[string, Response][]> {
  const begin = async (id?: string) => {
    const changes = { scope: "openid sign", sign_transaction_id: id ?? (await start(party)) };
    return (await phone.get((await party.authorizationRequest(changes)).url.href)).url.pathname;
  };
  const transaction = await start(party);
  const path = await begin(transaction);
  const result: [string, Response][] = [
    ["signing: computer", await phone.request(`${path}?device=computer`)],
    ["signing: test card", await phone.request(`${path}/test-card`)],
    ["signing: open app", await phone.request(path)],
  ];
  const app = (await phone.post(`${path}/open`)).url.pathname;
  const post = async (step: string, form: Record<string, string> = {}) =>
    (await phone.post(`${app}/${step}`, form)).response;
  result.push(["signing: start", await phone.request(app)]);
  await post("start");
  result.push(["sign pin", await post("pin", { pin: "1234" })]);
  result.push(["malformed sign pin", await post("sign-pin", { "sign-pin": "short" })]);
  result.push(["wrong sign pin", await post("sign-pin", { "sign-pin": "000000" })]);
  result.push(["signing: card", await post("sign-pin", { "sign-pin": "abc123" })]);
  result.push(["signing: consent", await post("card", { person: "markup", card: "normal" })]);
  result.push(["signing: done", await post("consent", { answer: "allow" })]);

  for (const person of ["markup", "ordinary"]) {
    const again = await begin(transaction);
    result.push([`signed before, ${person}: test card`, await phone.request(`${again}/test-card`)]);
    const next = (await phone.post(`${again}/open`)).url.pathname;
    for (const [step, form] of [
      ["start", {}],
      ["pin", { pin: "1234" }],
      ["sign-pin", { "sign-pin": "abc123" }],
    ] as [string, Record<string, string>][])
      await phone.post(`${next}/${step}`, form);
    const { response } = await phone.post(`${next}/card`, { person });
    result.push([`signed before, ${person}: consent`, response]);
    const end = await phone.post(`${next}/consent`, { answer: "allow" });
    result.push([`signed before, ${person}: done`, end.response]);
  }

  const second = await begin();
  const locked = (await phone.post(`${second}/open`)).url.pathname;
  await phone.post(`${locked}/start`);
  await phone.post(`${locked}/pin`, { pin: "1234" });
  for (let tries = 0; tries < 5; tries += 1) await phone.post(`${locked}/sign-pin`, { "sign-pin": "000000" });
  result.push(["signing: locked", await phone.request(locked)]);
  return result;
}

for (const language of ["ja", "en"]) {
  test(`every page in ${language}: headers, banner, language, nothing inline, nothing unescaped`, async () => {
    for (const [name, response] of await pages(language)) {
      const page = await response.text();
      const policy = response.headers.get("content-security-policy") ?? "";
      assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self';/, name);
      assert.match(policy, /frame-ancestors 'none'/, name);
      assert.equal(response.headers.get("x-frame-options"), "DENY", name);
      assert.equal(response.headers.get("x-content-type-options"), "nosniff", name);
      assert.equal(response.headers.get("cache-control"), "no-store", name);
      assert.equal(attribute(page, "lang"), language, name);
      assert.ok(
        page.includes(language === "ja" ? "<strong>エミュレーター</strong>" : "<strong>Emulator</strong>"),
        name,
      );
      assert.match(page, /<meta name="viewport"/, name);
      assert.equal(page.match(/<h1/g)?.length, 1, name);
      assert.doesNotMatch(
        page,
        /<script>|<script(?! src="\/assets\/)|<style|\sstyle="|\son\w+="|javascript:/,
        name,
      );
      assert.ok(!page.includes("<b>記号"), name);
      assert.ok(!page.includes(hostile), name);
      const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      assert.equal(new Set(ids).size, ids.length, name);
      const inputs = [...page.matchAll(/<(?:input|select|textarea)[^>]* id="([^"]+)"/g)].map(([, id]) => id);
      for (const id of inputs) assert.ok(page.includes(`<label for="${id}"`), `${name}: ${id}`);
      const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
      for (const [index, level] of levels.entries())
        assert.ok(level <= (levels[index - 1] ?? 0) + 1, `${name}: a heading of level ${level}`);
      assert.doesNotMatch(page, /<\/dt>\s*(<dt|<\/dl)/, `${name}: a term without its value`);
    }
  });
}

test("the language switch wins over the browser's languages and is remembered", async () => {
  const browser = new Browser(op.origin, { "accept-language": "en-US,en;q=0.9,ja;q=0.5" });
  const language = async (path: string) => attribute(await (await browser.request(path)).text(), "lang");
  assert.equal(await language("/"), "en");
  assert.equal(await language("/?lang=ja"), "ja");
  assert.equal(await language("/"), "ja");
  assert.equal(await language("/?lang=xx"), "ja");
});

test("assets are served with their types, and nothing else is", async () => {
  for (const [name, type] of [
    ["style.css", "text/css; charset=utf-8"],
    ["poll.js", "text/javascript; charset=utf-8"],
    ["return.js", "text/javascript; charset=utf-8"],
    ["copy.js", "text/javascript; charset=utf-8"],
    ["icon.svg", "image/svg+xml"],
  ]) {
    const response = await fetch(`${op.origin}/assets/${name}`);
    assert.deepEqual([response.status, response.headers.get("content-type")], [200, type]);
  }
  assert.equal((await fetch(`${op.origin}/assets/..%2fkeys.ts`)).status, 404);
});

test("html escapes what is put in, once", () => {
  const value = `<a href="x">&'`;
  const escaped = "&lt;a href=&quot;x&quot;&gt;&amp;&#39;";
  assert.equal(
    html`<p title="${value}">${[value, html`<b>${value}</b>`]}${false}${undefined}${0}</p>`.text,
    `<p title="${escaped}">${escaped}<b>${escaped}</b>0</p>`,
  );
});

const form = (body: Record<string, string>, headers: Record<string, string>) => ({
  method: "POST",
  headers,
  body: new URLSearchParams(body),
});

test("home: a client is registered by form, problems are told and what was typed stays", async () => {
  const browser = new Browser(op.origin, { "accept-language": "en", origin: op.origin });
  const { jwks } = newClient();
  const fields = {
    clientId: "formShop",
    name: "Form shop",
    redirectUris: "https://form.example/callback\nhttps://form.example/other",
    jwks: JSON.stringify(jwks),
  };
  const wrong = await browser.request("/clients", form({ ...fields, clientId: "form-shop" }, {}));
  assert.equal(wrong.status, 422);
  const page = await wrong.text();
  assert.match(page, /role="alert"/);
  assert.match(page, /value="form-shop"/);
  assert.match(page, /<input id="clientId"[^>]* aria-describedby="alert" aria-invalid="true" autofocus>/);
  const wrongKeys = await browser.request("/clients", form({ ...fields, jwks: "{" }, {}));
  assert.equal(wrongKeys.status, 422);
  assert.match(
    await wrongKeys.text(),
    /<textarea id="jwks"[^>]* aria-describedby="alert jwks-hint" aria-invalid="true" autofocus>/,
  );
  const onlyEncryption = JSON.stringify({ keys: shop.jwks.keys.filter(({ use }) => use === "enc") });
  const unsigned = await browser.request("/clients", form({ ...fields, jwks: onlyEncryption }, {}));
  assert.equal(unsigned.status, 422);
  const answer = await unsigned.text();
  assert.match(answer, /The JWK Set contains encryption keys only/);
  assert.match(answer, /<textarea id="jwks"[^>]* aria-invalid="true" autofocus>/);

  assert.equal((await browser.request("/clients", form(fields, {}))).headers.get("location"), "/");
  const home = await (await browser.request("/")).text();
  assert.match(home, /data-client="formShop"/);
  assert.match(home, /https:\/\/form\.example\/other/);
  assert.equal((await browser.request("/clients", form(fields, {}))).status, 422);
});

test("home: the endpoints of signing and of the synthetic JPKI, and what the JWK Set needs for them", async () => {
  for (const [language, hint] of [
    ["ja", "暗号化用の鍵（use: enc）"],
    ["en", "an encryption key (use: enc)"],
  ] as const) {
    const page = await (await fetch(`${op.origin}/?lang=${language}`)).text();
    for (const [name, path] of [
      ["signTransactionsEndpoint", "/api/sign-transactions"],
      ["jpkiAnchors", "/emulator/jpki/anchors.pem"],
      ["jpkiCrl", "/emulator/jpki/sign.crl"],
      ["jpkiOcsp", "/emulator/jpki/ocsp"],
    ] as const) {
      assert.ok(page.includes(`<code data-endpoint="${name}">${op.origin}${path}</code>`), name);
    }
    assert.ok(page.includes(hint));
    assert.doesNotMatch(page, /<dt>undefined|<dt><\/dt>/);
  }
});

test("home: the faults of signing by form; an endpoint that is left out stays as it is", async () => {
  const post = (body: Record<string, string>) =>
    fetch(`${op.origin}/faults`, { ...form(body, { origin: op.origin }), redirect: "manual" });
  const status = async () => (await fetch(op.signTransactionsEndpoint, { method: "POST" })).status;
  assert.equal((await post({ signTransactions: "fail" })).status, 303);
  assert.equal(await status(), 500);
  assert.equal((await post({ jwks: "none" })).status, 303);
  assert.equal(await status(), 500);
  assert.equal((await post({ signTransactions: "private-key" })).status, 422);
  assert.equal((await post({ signTransactions: "none" })).status, 303);
  assert.equal(await status(), 401);
});

test("home: a private key that was pasted is not shown again", async () => {
  const jwks = JSON.stringify({ keys: [{ kty: "EC", crv: "P-256", x: "a", y: "b", d: "verySecret" }] });
  const answer = await fetch(
    `${op.origin}/clients`,
    form({ clientId: "x", name: "x", redirectUris: "https://x.example/", jwks }, { origin: op.origin }),
  );
  assert.equal(answer.status, 422);
  assert.equal((await answer.text()).includes("verySecret"), false);
});

test("home: mode, faults and keys by form", async () => {
  const headers = { origin: op.origin };
  const post = (path: string, body: Record<string, string>) =>
    fetch(op.origin + path, { ...form(body, headers), redirect: "manual" });
  assert.equal((await post("/mode", { mode: "test-card" })).status, 303);
  assert.match(await (await fetch(op.origin)).text(), /value="test-card" checked/);
  assert.equal((await post("/mode", { mode: "app" })).status, 303);
  assert.equal((await post("/faults", { jwks: "fail", token: "none", userinfo: "none" })).status, 303);
  assert.equal((await fetch(op.jwksUri)).status, 500);
  assert.equal((await post("/faults", { jwks: "none", token: "none", userinfo: "none" })).status, 303);
  const kids = async () =>
    ((await (await fetch(op.jwksUri)).json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
  const before = await kids();
  assert.equal((await post("/rotate-keys", { keepOld: "true" })).status, 303);
  assert.equal((await kids()).length, before.length + 1);
  assert.equal((await post("/rotate-keys", {})).status, 303);
  assert.equal((await kids()).length, 2);
});

test("home: forms of other sites, and of nobody, change nothing", async () => {
  for (const headers of [
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { origin: op.origin, "x-forwarded-for": "203.0.113.5" },
    {},
  ] as Record<string, string>[]) {
    const answer = await fetch(`${op.origin}/mode`, form({ mode: "test-card" }, headers));
    assert.equal(answer.status, 403);
  }
  assert.doesNotMatch(await (await fetch(op.origin)).text(), /value="test-card" checked/);
});

test("strange requests end in a page, not in a crash", async () => {
  for (const path of [
    "//",
    "/%",
    "/%00",
    "/authenticate//",
    "/phone/x/pin",
    "/app/",
    "/?lang=%",
    "/authenticate/a/b/c/d",
  ]) {
    assert.ok((await fetch(op.origin + path)).status < 500, path);
  }
  for (const path of ["/phone/x/pin", "/authenticate/x/number", "/clients"]) {
    const answer = await fetch(op.origin + path, { method: "POST", body: "x".repeat(100_000) });
    assert.ok(answer.status >= 400 && answer.status < 500, path);
  }
});
