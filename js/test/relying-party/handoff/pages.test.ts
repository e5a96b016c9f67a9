import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { text as en } from "../../../src/relying-party/handoff/texts/en.js";
import { text as ja } from "../../../src/relying-party/handoff/texts/ja.js";
import { useWorld } from "../setup.js";
import { base, follow, numberOn, openSite, reach, scan, show, submit, type } from "./devices.js";

const world = await useWorld();

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const part = (html: string, name: string) =>
  new RegExp(`<${name}>(.*?)</${name}>`, "s").exec(html)?.[1] ?? "";

/** Checks what every page has; and what its policy lets in. */
async function check(response: Response, language: "ja" | "en", parts: { form: boolean; script: boolean }) {
  const html = await response.clone().text();
  const script = parts.script ? ` script-src ${hashOf(part(html, "script"))}; connect-src 'self';` : "";
  assert.equal(
    response.headers.get("content-security-policy"),
    `default-src 'none'; style-src ${hashOf(part(html, "style"))};${script} base-uri 'none'; form-action ${parts.form ? "'self'" : "'none'"}; frame-ancestors 'none'`,
  );
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.equal(response.headers.get("referrer-policy"), "no-referrer");
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  assert.equal(response.headers.get("x-frame-options"), "DENY");
  assert.equal(response.headers.get("cross-origin-opener-policy"), "same-origin");
  assert.equal(response.headers.get("content-language"), language);
  assert.equal(html.includes("<script"), parts.script);
  assert.equal(html.includes("<form"), parts.form);
  assert.doesNotMatch(html, /\b(src|srcset|style|on[a-z]+)=|<(link|img|iframe)|url\(|@import/i);
  assert.match(html, /<meta name="viewport" content="width=device-width, initial-scale=1">/);
  assert.match(html, new RegExp(`<html lang="${language}">`));
  assert.equal(/[ぁ-ん]/.test(html), language === "ja");
  return html;
}

for (const language of ["ja", "en"] as const) {
  const text = { ja, en }[language];
  test(`the phone's pages in ${language}: who asks, what will happen, when to stop; the number; the way on; the way back`, async () => {
    const operator = language === "ja" ? "架空商店 <&>" : "Example Shop <&>";
    const opened = openSite(world, { handoff: { operator } });
    const [pc, phone] = [opened.browser(), opened.browser()];
    phone.headers["accept-language"] = language;
    const url = await show(pc);
    const first = await check(await phone.send(url), language, { form: true, script: false });
    for (const words of [
      text.scan.title,
      text.scan.what,
      ...text.scan.steps,
      ...text.scan.warning,
      text.scan.button,
      text.scan.privateWindow,
    ])
      assert.ok(first.includes(words), words);
    assert.doesNotMatch(first, /data-app|class="quiet"/);
    assert.match(first, /<dd>localhost:4000<\/dd>/);
    assert.ok(first.includes(`<dd>${operator.replace("<&>", "&#60;&#38;&#62;")}</dd>`));
    // The secret is in the form only, and not in a link that could be shared.
    assert.equal(first.split(url.slice(-43)).length, 2);

    await scan(phone, url);
    const second = await check(await phone.send(`${base}/phone`), language, { form: true, script: true });
    const number = await numberOn(phone);
    for (const words of [
      text.number.title,
      text.number.what,
      text.number.warning,
      text.number.waiting,
      text.cancel,
    ])
      assert.ok(second.includes(words), words);
    assert.match(second, /<noscript><meta http-equiv="refresh" content="5"><\/noscript>\n<\/head>/);
    assert.match(second, /<main data-state="scanned" data-watch="\/auth\/handoff\/phone\/state">/);
    assert.ok(second.includes("localhost:4000"));
    assert.doesNotMatch(second, new RegExp(url.slice(-43)));

    await type(pc, number);
    for (const state of ["numbered", "authorizing"]) {
      const third = await check(await phone.send(`${base}/phone`), language, { form: true, script: true });
      assert.match(third, new RegExp(`<main data-state="${state}"`));
      assert.ok(third.includes(`<a href="/auth/handoff/authorize">${text.go.link}</a>`));
      assert.ok(third.includes(text.go.warning));
      assert.doesNotMatch(third, new RegExp(number));
      await follow(phone, "/authorize");
    }
    const away = (await follow(phone, "/authorize")).headers.get("location") ?? "";
    await phone.send(world.provider.authorize(away));
    for (const state of ["done", "claimed"]) {
      const last = await check(await phone.send(`${base}/phone`), language, { form: false, script: false });
      assert.match(last, new RegExp(`<main data-state="${state}">`));
      for (const words of [text.done.title, text.done.what, text.done.close]) assert.ok(last.includes(words));
      await submit(pc, "/claim");
    }
  });
}

test("before the number, the phone names the host of the site, to compare with the computer's address bar", async () => {
  const opened = openSite(world, { redirectUri: "https://shop.example/auth/callback" });
  const headers = { origin: "https://shop.example", "content-type": "application/json" };
  const request = new Request("https://shop.example/auth/handoff", { method: "POST", headers, body: "{}" });
  const { url } = (await (await opened.party.fetch(request)).json()) as { url: string };
  // Whatever host name a proxy forwards.
  const page = await opened.party.fetch(new Request(url.replace("shop.example", "10.0.0.7")));
  const html = await page.text();
  assert.match(html, /<dd>shop\.example<\/dd>/);
  assert.match(html, /パソコンのアドレス欄/);
  assert.doesNotMatch(html, /10\.0\.0\.7/);
});

const ios = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const android =
  "Mozilla/5.0 (Linux; Android 15; Pixel 9; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.0.0 Mobile Safari/537.36";

for (const [app, userAgent, way] of [
  ["LINE", `${ios} Mobile/15E148 Safari Line/15.9.0`, (url: string) => `${url}?openExternalBrowser=1`],
  [
    "Instagram",
    `${android} Instagram 385.0.0.47.74 Android`,
    (url: string) =>
      `${url.replace("http:", "intent:")}#Intent;scheme=http;action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;end`,
  ],
  ["WebView", `${ios} Mobile/15E148`, undefined],
] as const) {
  test(`a code that is scanned in the browser of an app: the page says before the number where to open it, and spends nothing (${app})`, async () => {
    const opened = openSite(world);
    for (const language of ["ja", "en"] as const) {
      const text = { ja, en }[language];
      const [pc, phone, usual] = [opened.browser(), opened.browser(), opened.browser()];
      phone.headers["user-agent"] = userAgent;
      phone.headers["accept-language"] = language;
      const url = await show(pc);
      const html = await check(await phone.send(url), language, { form: true, script: false });
      assert.match(html, new RegExp(`role="note" data-app="${app}"`));
      for (const words of [
        text.inApp.title,
        text.inApp.what(app === "WebView" ? text.inApp.unknownApp : app),
        text.inApp.camera,
      ])
        assert.ok(html.includes(words), words);
      const links = [...html.matchAll(/<a href="([^"]+)">([^<]+)<\/a>/g)].map(([, href, name]) => [
        href,
        name,
      ]);
      assert.deepEqual(links, way === undefined ? [] : [[way(url), text.inApp.open]]);
      // No app is kept out, because what it sends is a convention: this button is the second choice.
      assert.ok(html.includes(`<button class="quiet">${text.scan.button}</button>`));
      // The usual browser goes on from there.
      assert.equal((await scan(usual, app === "LINE" ? `${url}?openExternalBrowser=1` : url)).status, 303);
      await type(pc, await numberOn(usual));
      assert.equal((await follow(usual, "/authorize")).status, 303);
    }
  });
}

test("of a long header of the browser, only the beginning is searched", async () => {
  const opened = openSite(world);
  const phone = opened.browser();
  const url = await show(opened.browser());
  const isWarned = async (before: number) => {
    phone.headers["user-agent"] = `${"x".repeat(before)} Line/15.9.0`;
    return /data-app="LINE"/.test(await (await phone.send(url)).text());
  };
  assert.equal(await isWarned(900), true);
  assert.equal(await isWarned(1_000), false);
});

test("the phone's page asks for its state, which tells nothing else", async () => {
  const { phone } = await reach(openSite(world), "scanned");
  const response = await phone.send(`${base}/phone/state`, { headers: { "sec-fetch-site": "same-origin" } });
  assert.deepEqual(await response.json(), { state: "scanned", expiresIn: 180, triesLeft: 5 });
});

test("on https, both cookies are __Host-, Secure, HttpOnly, SameSite=Lax, and without a domain", async () => {
  const opened = openSite(world, { redirectUri: "https://shop.example/auth/callback" });
  const fetched = { origin: "https://shop.example", "sec-fetch-site": "same-origin" };
  const created = await opened.party.fetch(
    new Request("https://shop.example/auth/handoff", {
      method: "POST",
      headers: { ...fetched, "content-type": "application/json" },
      body: "{}",
    }),
  );
  const { url } = (await created.json()) as { url: string };
  assert.match(url, /^https:\/\/shop\.example\/auth\/handoff\/s\//);
  const scanned = await opened.party.fetch(
    new Request("https://shop.example/auth/handoff/scan", {
      method: "POST",
      headers: fetched,
      body: new URLSearchParams({ secret: url.slice(-43) }),
    }),
  );
  const attributes = "Path=/; Max-Age=840; HttpOnly; SameSite=Lax; Secure";
  for (const [response, role] of [
    [created, "pc"],
    [scanned, "phone"],
  ] as const) {
    const [cookie, ...more] = response.headers.getSetCookie();
    assert.deepEqual(more, []);
    assert.match(
      cookie ?? "",
      new RegExp(
        `^__Host-honnin-handoff-${role}-[0-9a-f]{8}=[0-9a-f]{32}\\.[A-Za-z0-9_-]{43}; ${attributes}$`,
      ),
    );
  }
});

test("a phone that returns in a browser without its cookies is told to start again at the computer", async () => {
  const opened = openSite(world);
  const { callback = assert.fail() } = await reach(opened, "authorizing");
  const html = await (await opened.browser().send(callback)).text();
  assert.match(html, /<main data-code="login-cookie-missing">/);
  assert.match(html, /アプリ内ブラウザー/);
  assert.match(html, /パソコンの画面に戻り/);
  assert.doesNotMatch(html, /<a /);
});
