// Only a navigation begins or ends a login.
import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf } from "./browser.js";
import { site, useWorld } from "./setup.js";

const world = await useWorld();

const navigation = { "sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

const others: [string, Record<string, string>][] = [
  ["an image", { ...navigation, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" }],
  [
    "an image of another site",
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" },
  ],
  ["a frame", { ...navigation, "sec-fetch-dest": "iframe" }],
  ["a frame of another site", { ...navigation, "sec-fetch-site": "cross-site", "sec-fetch-dest": "iframe" }],
  ["an object", { ...navigation, "sec-fetch-dest": "object" }],
  ["a page's fetch", { ...navigation, "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" }],
  [
    "a page's fetch to its own site",
    { ...navigation, "sec-fetch-mode": "same-origin", "sec-fetch-dest": "empty" },
  ],
  ["speculation rules: prefetch", { ...navigation, "sec-purpose": "prefetch" }],
  ["speculation rules: prerender", { ...navigation, "sec-purpose": "prefetch;prerender" }],
  [
    "<link rel=prefetch>",
    { ...navigation, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "empty", "sec-purpose": "prefetch" },
  ],
  ["an older browser's prefetch", { purpose: "prefetch" }],
  ["an older Firefox's prefetch", { "x-moz": "prefetch" }],
  ["a library's prefetch", { "x-sec-purpose": "prefetch" }],
  ["a preview", { "x-purpose": "Preview" }],
  ["a router of Next", { "next-router-prefetch": "1", rsc: "1" }],
  ["an older router of Next", { "x-middleware-prefetch": "1" }],
];
for (const [name, headers] of others) {
  test(`${name} neither begins nor ends a login`, async () => {
    const { browser } = world.party();
    const callback = await world.begin(browser);
    const { cookieHeader } = browser;
    for (const address of [`${site}/auth/login`, callback.href]) {
      const response = await browser.send(address, { headers });
      assert.equal(response.status, 403);
      assert.equal(await codeOf(response), "navigation-required");
      assert.equal(response.headers.get("cache-control"), "no-store");
      assert.equal(response.headers.get("location"), null);
      assert.deepEqual(response.headers.getSetCookie(), []);
    }
    assert.equal(browser.cookieHeader, cookieHeader);
    assert.equal(world.provider.tokenRequests.length, 0);
    assert.equal((await browser.send(callback, { headers: navigation })).status, 303);
  });
}

for (const [name, headers] of [
  ["a program, or an old browser", {}],
  ["Node's fetch", { "sec-fetch-mode": "cors" }],
  ["the address bar", navigation],
  ["a link of the site", { ...navigation, "sec-fetch-site": "same-origin" }],
  ["a link of another site", { ...navigation, "sec-fetch-site": "cross-site" }],
  ["a page of a sibling", { ...navigation, "sec-fetch-site": "same-site" }],
  ["the site's own service worker", { ...navigation, "sec-fetch-dest": "empty" }],
] as [string, Record<string, string>][]) {
  test(`${name} logs in`, async () => {
    const { browser } = world.party();
    const begun = await browser.send(`${site}/auth/login`, { headers });
    assert.equal(begun.status, 303);
    const callback = world.provider.authorize(begun.headers.get("location") ?? "");
    const done = await browser.send(callback, { headers: { ...headers, "sec-fetch-site": "cross-site" } });
    assert.equal(done.status, name === "Node's fetch" ? 403 : 303);
  });
}

const elsewhere = { ...navigation, "sec-fetch-site": "cross-site" };
for (const [name, headers] of [
  ["links of other sites", elsewhere],
  ["pages of siblings", { ...navigation, "sec-fetch-site": "same-site" }],
  ["links of other sites, in a browser without Fetch Metadata", { referer: "https://evil.example/" }],
] as [string, Record<string, string>][]) {
  test(`${name} have a quota of their own: they push out no login under way`, async () => {
    const { browser } = world.party();
    const mine = [await world.begin(browser, "?return_to=/1"), await world.begin(browser, "?return_to=/2")];
    const theirs: URL[] = [];
    for (let count = 0; count < 8; count += 1) {
      world.now += 1;
      const begun = await browser.send(`${site}/auth/login?return_to=/linked`, { headers });
      theirs.push(world.provider.authorize(begun.headers.get("location") ?? ""));
    }
    assert.equal(browser.named("honnin-login").length, 2);
    assert.equal(browser.named("honnin-linked-login").length, 2);
    for (const [index, callback] of mine.entries())
      assert.equal((await browser.send(callback)).headers.get("location"), `${site}/${index + 1}`);
    // A link is as good as any other way to log in.
    assert.equal((await browser.send(theirs.at(-1) ?? "")).headers.get("location"), `${site}/linked`);
    assert.equal(await codeOf(await browser.send(theirs[0] ?? "")), "login-cookie-missing");
  });
}

test("a referrer of the site itself is no other site", async () => {
  const { browser } = world.party();
  for (const referer of [site, `${site}/shop`])
    await browser.send(`${site}/auth/login`, { headers: { referer } });
  await browser.send(`${site}/auth/login`, { headers: { referer: `${site}0/` } });
  assert.equal(browser.named("honnin-login").length, 2);
  assert.equal(browser.named("honnin-linked-login").length, 1);
});

test("a link of another site may name a return address of 400 characters", async () => {
  const { browser } = world.party();
  const at = (length: number, headers: Record<string, string>) =>
    browser.send(`${site}/auth/login?return_to=/${"a".repeat(length - 1)}`, { headers });
  assert.equal((await at(400, elsewhere)).status, 303);
  assert.equal(await codeOf(await at(401, elsewhere)), "return-address-refused");
  assert.equal((await at(1_024, navigation)).status, 303);
});

test("1,500 planted names cost a bounded answer", async () => {
  const { party } = world.party();
  const [tag = ""] =
    /-[0-9a-f]{8}-/.exec(
      (await party.fetch(new Request(`${site}/auth/login`))).headers.get("set-cookie") ?? "",
    ) ?? [];
  const cookie = `honnin-login${tag}0-0123456789abcdef=x; `.repeat(1_000);
  const response = await party.fetch(new Request(`${site}/auth/login`, { headers: { cookie } }));
  assert.equal(response.status, 303);
  assert.equal(response.headers.getSetCookie().length, 17);
});

test("a login that began under another host name is named as such", async () => {
  const { browser, party } = world.party();
  const begun = await browser.send("http://127.0.0.1:4000/auth/login?lang=en");
  assert.equal(begun.status, 303);
  const callback = world.provider.authorize(begun.headers.get("location") ?? "");
  assert.equal(callback.hostname, "localhost");
  // Browsers keep its cookie for 127.0.0.1.
  const response = await party.fetch(new Request(callback));
  assert.equal(response.status, 400);
  assert.equal(await codeOf(response), "login-host-mismatch");
  assert.equal((await browser.send(callback)).status, 303);
  // A proxy that passes on a host name of its own does so both times: whatever is missing, it is not for that.
  const proxied = await browser.send("http://internal.example/auth/login");
  const back = world.provider.authorize(proxied.headers.get("location") ?? "");
  const lost = await party.fetch(new Request(`http://internal.example/auth/callback${back.search}`));
  assert.equal(await codeOf(lost), "login-cookie-missing");
});

test("two handlers on one host leave each other's cookies alone", async () => {
  const one = world.party();
  const two = world.party({ clientId: "otherclient", redirectUri: `${site}/b/callback` });
  await one.browser.send(await world.begin(one.browser));
  const { session } = one.browser;
  for (const [name, cookie] of one.browser.cookies) two.browser.cookies.set(name, cookie);
  const logout = { method: "POST", headers: { origin: site } };
  assert.equal((await two.browser.send(`${site}/b/logout`, logout)).status, 303);
  assert.equal(two.browser.session, session);
  assert.ok(
    (await one.party.session(new Request(site, { headers: { cookie: two.browser.cookieHeader } })))?.data,
  );
});
