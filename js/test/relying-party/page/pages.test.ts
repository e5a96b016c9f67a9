import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { HonninError } from "../../../src/error.js";
import {
  launchCodes,
  networkCodes,
  relyingPartyCodes,
  runtimeCodes,
  verifierCodes,
} from "../../../src/error-codes.js";
import { classify } from "../../../src/relying-party/page/classify.js";
import { errorPage } from "../../../src/relying-party/page/error-page.js";
import type { HandoffTexts, LoginKind } from "../../../src/relying-party/page/page-text.js";
import { signingTexts } from "../../../src/relying-party/page/signing-texts.js";
import * as enTexts from "../../../src/relying-party/page/texts/en.js";
import { handoff as enHandoff } from "../../../src/relying-party/page/texts/handoff-en.js";
import { handoff as jaHandoff } from "../../../src/relying-party/page/texts/handoff-ja.js";
import * as jaTexts from "../../../src/relying-party/page/texts/ja.js";
import { codeOf } from "../browser.js";
import { site, useWorld } from "../setup.js";

const world = await useWorld();

const codes = [...verifierCodes, ...runtimeCodes, ...networkCodes, ...launchCodes, ...relyingPartyCodes];

function pageOf(error: HonninError, language: "ja" | "en", loginPath: string): Promise<Response> {
  const [kind, status] = classify(error, "login");
  return errorPage(error.code, kind, {
    status,
    language,
    loginPath,
    signing: false,
    withBody: true,
    signingTexts,
  });
}

test("every code has a page in both languages, with a fitting status and nothing of the message", async () => {
  for (const code of codes) {
    for (const language of ["ja", "en"] as const) {
      const error = new HonninError(code, "secret-message", { cause: new Error("secret-cause") });
      const page = await pageOf(error, language, "/auth/login?lang=ja");
      const html = await page.text();
      assert.ok([400, 403, 404, 405, 409, 429, 500, 502, 503, 504].includes(page.status), code);
      assert.match(html, new RegExp(`<html lang="${language}">`));
      assert.match(html, new RegExp(`<main data-code="${code}">`));
      assert.match(html, new RegExp(`<code>${code}</code>`));
      assert.match(html, /<h1>[^<]+<\/h1>/);
      assert.match(html, /<a href="\/auth\/login\?lang=ja">/);
      assert.doesNotMatch(html, /secret-/);
      assert.equal(/[ぁ-ん]/.test(html.replace(/<style>.*<\/style>/s, "")), language === "ja");
    }
  }
});

test("statuses", async () => {
  const expected = {
    "login-denied": 400,
    "login-cookie-missing": 400,
    "return-address-refused": 400,
    "cross-site-request-refused": 403,
    "scope-not-granted": 403,
    "route-not-found": 404,
    "method-not-allowed": 405,
    "internal-error": 500,
    "options-invalid": 500,
    "client-key-invalid": 500,
    "signature-mismatch": 502,
    "token-request-refused": 502,
    "endpoint-unreachable": 502,
    "endpoint-unavailable": 503,
    "authorization-unavailable": 503,
    "authorization-lapsed": 400,
    "authorization-code-spent": 400,
    "navigation-required": 403,
    "login-host-mismatch": 400,
    "emulator-refused": 500,
    "store-full": 503,
    "store-unreachable": 503,
    "endpoint-timeout": 504,
  } as const;
  for (const [code, status] of Object.entries(expected)) {
    const error = new HonninError(code as keyof typeof expected, "");
    assert.equal((await pageOf(error, "ja", "/")).status, status, code);
  }
});

test("headers: no cache, no referrer, no frames, no sniffing, and a policy that lets nothing but the style in", async () => {
  const { party } = world.party();
  const response = await party.fetch(new Request(`${site}/auth/nothing`));
  const html = await response.text();
  const style = /<style>(.*)<\/style>/s.exec(html)?.[1] ?? "";
  const hash = createHash("sha256").update(style).digest("base64");
  assert.equal(
    response.headers.get("content-security-policy"),
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.equal(response.headers.get("referrer-policy"), "no-referrer");
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  assert.equal(response.headers.get("x-frame-options"), "DENY");
  assert.equal(response.headers.get("cross-origin-opener-policy"), "same-origin");
  assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal(response.headers.get("content-language"), "ja");
  // Nothing is loaded, and nothing is styled or scripted past the policy.
  assert.doesNotMatch(html, /\b(src|srcset|style|on[a-z]+)=|<(script|link|img|iframe|form)|url\(|@import/i);
  assert.match(html, /<meta name="viewport" content="width=device-width, initial-scale=1">/);
});

const languages: [string, string | undefined, "ja" | "en"][] = [
  ["", undefined, "ja"],
  ["", "en", "en"],
  ["", "en-US,en;q=0.9", "en"],
  ["", "ja", "ja"],
  ["", "fr, de;q=0.5", "ja"],
  ["", "*", "ja"],
  ["", "en;q=0.5, ja;q=0.8", "ja"],
  ["", "ja;q=0.5, en;q=0.8", "en"],
  ["", "en, ja", "ja"],
  ["", "EN-gb", "en"],
  ["", "en;q=0", "ja"],
  ["", "en;q=nonsense", "ja"],
  ["", "en;q=7", "ja"],
  ["", `${"x,".repeat(600)}en`, "ja"],
  ["?lang=en", "ja", "en"],
  ["?lang=ja", "en", "ja"],
  ["?lang=fr", "en", "en"],
  ["?lang=", "en", "en"],
];
test("language: asked for, else preferred, else Japanese", async () => {
  const { party } = world.party();
  for (const [query, header, language] of languages) {
    const headers: Record<string, string> = header === undefined ? {} : { "accept-language": header };
    const response = await party.fetch(new Request(`${site}/auth/nothing${query}`, { headers }));
    assert.match(await response.text(), new RegExp(`<html lang="${language}">`), `${query} ${header}`);
  }
});

test("the callback speaks the language of the login, and trying again keeps it and the return address", async () => {
  const { browser } = world.party();
  browser.headers["accept-language"] = "ja";
  const callback = await world.begin(browser, "?lang=en&return_to=/a%26b%22%3C");
  callback.searchParams.delete("code");
  callback.searchParams.set("error", "access_denied");
  const html = await (await browser.send(callback)).text();
  assert.match(html, /<html lang="en">/);
  assert.match(html, /You are not logged in/);
  const link = /<a href="([^"]+)">/.exec(html)?.[1]?.replaceAll("&#38;", "&") ?? "";
  const again = new URL(link, site);
  assert.equal(again.pathname, "/auth/login");
  assert.equal(again.searchParams.get("lang"), "en");
  assert.equal(again.searchParams.get("return_to"), "/a&b%22%3C");
  assert.equal((await browser.send(again)).status, 303);
});

test("the login's language is that of the browser when none is asked for", async () => {
  const { browser } = world.party();
  browser.headers["accept-language"] = "en";
  const callback = await world.begin(browser);
  browser.headers["accept-language"] = "ja";
  callback.searchParams.delete("code");
  assert.match(await (await browser.send(callback)).text(), /<html lang="en">/);
});

test("a missing cookie is explained: in-app browsers, private windows, what to do", async () => {
  const { party } = world.party();
  const page = async (lang: string) => {
    const response = await party.fetch(new Request(`${site}/auth/callback?code=x&state=y&lang=${lang}`));
    assert.equal(response.status, 400);
    assert.equal(await codeOf(response), "login-cookie-missing");
    return response.text();
  };
  const ja = await page("ja");
  for (const word of [
    "アプリ内ブラウザー",
    "プライベートブラウズ",
    "シークレットモード",
    "Safari",
    "Chrome",
    "既定",
    "Cookie",
  ]) {
    assert.ok(ja.includes(word), word);
  }
  const en = await page("en");
  for (const word of [
    "in-app browser",
    "private or incognito window",
    "Safari",
    "Chrome",
    "default browser",
    "cookies",
  ]) {
    assert.ok(en.includes(word), word);
  }
});

test("a return address elsewhere is refused at the login, and not repeated", async () => {
  const { browser } = world.party();
  for (const query of ["//other.example", "https://other.example/", "/auth/login", "/a&return_to=/b"]) {
    const response = await browser.send(`${site}/auth/login?return_to=${query}`);
    assert.equal(response.status, 400);
    assert.equal(await codeOf(response), "return-address-refused");
    assert.doesNotMatch(await response.text(), /other\.example|return_to/);
    assert.equal(browser.cookies.size, 0);
  }
});

test("methods: each route takes its own, HEAD gets no body", async () => {
  const { party } = world.party();
  for (const [path, allow] of [
    ["login", "GET"],
    ["callback", "GET"],
    ["logout", "POST"],
  ] as const) {
    for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
      if (method === allow) continue;
      const response = await party.fetch(
        new Request(`${site}/auth/${path}?code=x&state=y`, { method, headers: { origin: site } }),
      );
      assert.equal(response.status, 405, `${method} ${path}`);
      assert.equal(response.headers.get("allow"), allow);
      assert.deepEqual(response.headers.getSetCookie(), []);
      if (method === "HEAD") assert.equal(response.body, null);
      else assert.equal(await codeOf(response), "method-not-allowed");
    }
  }
});

test("other paths are not found", async () => {
  const { party } = world.party();
  for (const path of [
    "/",
    "/auth",
    "/auth/",
    "/auth/login/",
    "/auth/loginx",
    "/AUTH/login",
    "/login",
    "/auth/%6cogin",
  ]) {
    const response = await party.fetch(new Request(site + path));
    assert.equal(response.status, 404, path);
    assert.equal(await codeOf(response), "route-not-found");
  }
});

test("routes hang below the redirect URI's directory, whatever host the request names", async () => {
  const { party } = world.party({ redirectUri: "https://shop.example/a/b/return" });
  assert.deepEqual(party.paths, { login: "/a/b/login", callback: "/a/b/return", logout: "/a/b/logout" });
  assert.equal((await party.fetch(new Request("http://10.0.0.7:8080/a/b/login"))).status, 303);
  assert.deepEqual(world.party({ redirectUri: "https://shop.example/cb" }).party.paths.login, "/login");
});

test("texts: plain, in natural punctuation, and the same number of hints in both languages", () => {
  assert.deepEqual(Object.keys(jaTexts.login), Object.keys(enTexts.login));
  for (const kind of Object.keys(jaTexts.login) as LoginKind[]) {
    const [ja, en] = [jaTexts.login[kind], enTexts.login[kind]];
    assert.equal(ja.todo.length, en.todo.length, kind);
    for (const text of [ja.what, ...ja.todo]) assert.match(text, /^[^<>&]+。$/, kind);
    for (const text of [en.what, ...en.todo]) assert.match(text, /^[A-Z][^<>&]+\.$/, kind);
    assert.doesNotMatch(JSON.stringify(en), /[぀-ヿ一-鿿]/);
  }
  assert.deepEqual(Object.keys(jaTexts.common), Object.keys(enTexts.common));
  assert.deepEqual(Object.keys(jaHandoff), Object.keys(enHandoff));
  for (const kind of Object.keys(jaHandoff) as (keyof HandoffTexts)[]) {
    const [ja, en] = [jaHandoff[kind], enHandoff[kind]];
    assert.equal(ja.todo.length, en.todo.length, kind);
    for (const text of [ja.what, ...ja.todo]) assert.match(text, /^[^<>&]+。$/, kind);
    for (const text of [en.what, ...en.todo]) assert.match(text, /^[A-Z][^<>&]+\.$/, kind);
    assert.doesNotMatch(JSON.stringify(en), /[぀-ヿ一-鿿]/);
  }
});

test("onError is told what the page would say, and its answer keeps cookies and Allow", async () => {
  const told: unknown[] = [];
  const { browser } = world.party({
    onError: (error, request, { requestId, ...answer }) => {
      assert.match(requestId, /^[0-9a-f-]{36}$/);
      told.push([error.code, new URL(request.url).pathname, answer]);
      return new Response("mine", { status: 418 });
    },
  });
  const refused = await browser.send(`${site}/auth/logout?lang=en`);
  assert.equal(await refused.text(), "mine");
  assert.equal(refused.headers.get("allow"), "POST");
  const callback = await world.begin(browser, "?return_to=/account&lang=en");
  callback.searchParams.delete("code");
  const malformed = await browser.send(callback.href);
  assert.equal(malformed.status, 418);
  assert.match(malformed.headers.get("set-cookie") ?? "", /honnin-login-.*Max-Age=120/i);
  assert.deepEqual(told, [
    [
      "method-not-allowed",
      "/auth/logout",
      { status: 405, language: "en", loginPath: "/auth/login?lang=en", signing: false },
    ],
    [
      "authorization-response-malformed",
      "/auth/callback",
      {
        status: 400,
        language: "en",
        loginPath: "/auth/login?return_to=%2Faccount&lang=en",
        returnTo: "/account",
        signing: false,
      },
    ],
  ]);
});
