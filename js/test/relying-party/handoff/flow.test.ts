import assert from "node:assert/strict";
import { test } from "node:test";
import { HonninError } from "../../../src/relying-party/index.js";
import { Browser, codeOf } from "../browser.js";
import { secret, site, useWorld } from "../setup.js";
import {
  authorize,
  base,
  errorOf,
  follow,
  numberOn,
  openSite,
  otherThan,
  post,
  reach,
  scan,
  show,
  stateOf,
  submit,
  type,
} from "./devices.js";

const world = await useWorld();

test("the whole way: code, scan, number, service, and the login is the computer's", async () => {
  const opened = openSite(world, { scope: "openid name" });
  const { party, logins } = opened;
  const [pc, phone] = [opened.browser(), opened.browser()];
  pc.headers["accept-language"] = "en";

  const created = await post(pc, "", { returnTo: "/account?x=1" });
  assert.equal(created.status, 201);
  assert.equal(created.headers.get("cache-control"), "no-store");
  const { url, expiresIn } = (await created.json()) as { url: string; expiresIn: number };
  assert.match(url, /^http:\/\/localhost:4000\/auth\/handoff\/s\/[A-Za-z0-9_-]{43}$/);
  assert.equal(expiresIn, 300);
  assert.deepEqual(await stateOf(pc), { state: "waiting", expiresIn: 300 });

  world.now += 10;
  const bound = await scan(phone, url);
  assert.equal(bound.status, 303);
  assert.equal(bound.headers.get("location"), `${base}/phone`);
  assert.deepEqual(await stateOf(pc), { state: "scanned", expiresIn: 180, triesLeft: 5 });

  const number = await numberOn(phone);
  const typed = await type(pc, number);
  assert.equal(typed.status, 200);
  assert.deepEqual(await typed.json(), { state: "numbered", expiresIn: 590 });

  const page = await (await phone.send(`${base}/phone`)).text();
  assert.match(page, /<a href="\/auth\/handoff\/authorize">/);
  assert.doesNotMatch(page, new RegExp(number));
  const callback = await authorize(world, phone);
  assert.equal((await stateOf(pc)).state, "authorizing");

  const back = await phone.send(callback);
  assert.equal(back.status, 303);
  assert.equal(back.headers.get("location"), `${base}/phone`);
  assert.match(await (await phone.send(`${base}/phone`)).text(), /パソコンの画面に戻ってください/);
  assert.deepEqual(await stateOf(pc), { state: "done", expiresIn: 120 });
  assert.equal(logins.length, 0);
  assert.deepEqual(phone.named("honnin-session"), []);

  const claimed = await submit(pc, "/claim");
  assert.equal(claimed.status, 303);
  assert.equal(claimed.headers.get("location"), `${site}/account?x=1`);
  assert.equal(claimed.headers.get("cache-control"), "no-store");
  const [login] = logins;
  assert.equal(login?.sub, world.provider.sub);
  assert.equal(login.user?.name, "山田　花子");
  assert.equal(login.returnTo, "/account?x=1");
  assert.equal(login.language, "en");
  assert.deepEqual(login.requestedScopes, ["openid", "name"]);
  const session = await party.session(new Request(site, { headers: { cookie: pc.cookieHeader } }));
  assert.deepEqual(session?.data, { sub: world.provider.sub });
  assert.equal(
    await party.session(new Request(site, { headers: { cookie: phone.cookieHeader } })),
    undefined,
  );
  assert.deepEqual(await stateOf(pc), { state: "claimed", expiresIn: 0 });
  assert.deepEqual(opened.codes, []);
  assert.deepEqual(world.provider.complaints, []);
});

test("a page may ask for fewer scopes, never for more, and keeps the required ones", async () => {
  const opened = openSite(world, { scope: "openid name address", requiredScopes: ["name"] });
  const asked = async (scopes: unknown) => {
    const response = await post(opened.browser(), "", { scopes });
    return response.status === 201 ? undefined : errorOf(response);
  };
  assert.equal(await asked(["openid", "name"]), undefined);
  for (const scopes of [
    ["openid"],
    ["name"],
    ["openid", "name", "gender"],
    ["openid", "name", "sign"],
    "openid name",
    [1],
  ])
    assert.equal(await asked(scopes), "handoff-request-invalid", JSON.stringify(scopes));

  const { pc, phone } = await reach(opened, "numbered", { scopes: ["openid", "name"] });
  const response = await follow(phone, "/authorize");
  assert.equal(new URL(response.headers.get("location") ?? "").searchParams.get("scope"), "openid name");
  await phone.send(world.provider.authorize(response.headers.get("location") ?? ""));
  await submit(pc, "/claim");
  assert.deepEqual(opened.logins[0]?.requestedScopes, ["openid", "name"]);
});

test("scopes may depend on the request, as for a login", async () => {
  const opened = openSite(world, {
    scope: (request) => (new URL(request.url).searchParams.has("full") ? "openid name" : "openid"),
  });
  const [pc, phone] = [opened.browser(), opened.browser()];
  const { url } = (await (await post(pc, "?full", {})).json()) as { url: string };
  await scan(phone, url);
  await type(pc, await numberOn(phone));
  const { searchParams } = new URL((await follow(phone, "/authorize")).headers.get("location") ?? "");
  assert.equal(searchParams.get("scope"), "openid name");
});

test("a claim that is repeated leads where the first one led, with the same session, and calls onLogin once", async () => {
  const opened = openSite(world);
  const { pc } = await reach(opened, "done", { returnTo: "/account" });
  const first = await submit(pc, "/claim");
  const again = await submit(pc, "/claim");
  assert.equal(again.status, 303);
  assert.equal(again.headers.get("location"), first.headers.get("location"));
  assert.deepEqual(again.headers.getSetCookie(), first.headers.getSetCookie());
  assert.equal(opened.logins.length, 1);
  world.now += 121;
  assert.equal(await codeOf(await submit(pc, "/claim")), "handoff-not-found");
});

test("claims side by side, in one process and in two: exactly one calls onLogin, all are led on with its session", async () => {
  const opened = openSite(world);
  const other = openSite(world, {
    store: opened.store,
    onLogin: (login) => void opened.logins.push(login),
  });
  const { pc } = await reach(opened, "done");
  const twin = new Browser(other.party);
  for (const [name, cookie] of pc.cookies) twin.cookies.set(name, cookie);
  const responses = await Promise.all([pc, twin, pc, twin].map((browser) => submit(browser, "/claim")));
  assert.deepEqual(
    responses.map(({ status }) => status),
    [303, 303, 303, 303],
  );
  const cookies = responses.map((response) => response.headers.getSetCookie().join());
  assert.equal(new Set(cookies).size, 1);
  assert.match(cookies[0] ?? "", /honnin-session/);
  assert.equal(opened.logins.length, 1);
});

test("the site may answer the claim itself, and may refuse the login", async () => {
  const own = openSite(world, {
    onLogin: () => new Response("welcome", { status: 200, headers: { "set-cookie": "mine=1" } }),
  });
  const { pc } = await reach(own, "done", { returnTo: "/account" });
  const answered = await submit(pc, "/claim");
  assert.equal(await answered.text(), "welcome");
  const again = await submit(pc, "/claim");
  assert.equal(again.headers.get("location"), `${site}/account`);
  assert.ok(again.headers.getSetCookie().includes("mine=1"));

  let asked = 0;
  const strict = openSite(world, {
    onLogin: () => {
      asked += 1;
      throw new HonninError("acr-mismatch", "not enough");
    },
  });
  const refused = (await reach(strict, "done")).pc;
  assert.equal(await codeOf(await submit(refused, "/claim")), "acr-mismatch");
  assert.equal(await codeOf(await submit(refused, "/claim")), "acr-mismatch");
  assert.equal(asked, 1);
  assert.deepEqual(refused.named("honnin-session"), []);
  assert.deepEqual(await stateOf(refused), { state: "failed", expiresIn: 0, code: "acr-mismatch" });
});

test("a login on the computer ends its earlier session, and leaves that of the phone alone", async () => {
  const opened = openSite(world);
  const [pc, phone] = [opened.browser(), opened.browser()];
  for (const browser of [pc, phone]) await browser.send(await world.begin(browser));
  const [before, own] = [pc.cookieHeader, phone.session];
  const url = await show(pc);
  await scan(phone, url);
  await type(pc, await numberOn(phone));
  await phone.send(await authorize(world, phone));
  await submit(pc, "/claim");
  const session = (cookie: string) => opened.party.session(new Request(site, { headers: { cookie } }));
  assert.equal(await session(before), undefined);
  assert.ok(await session(pc.cookieHeader));
  assert.equal(phone.session, own);
  assert.ok(await session(phone.cookieHeader));
  assert.notEqual((await session(phone.cookieHeader))?.id, (await session(pc.cookieHeader))?.id);
});

test("a wrong number is counted, a malformed one is not, and the right one still counts", async () => {
  const opened = openSite(world);
  const { pc, number } = await reach(opened, "scanned");
  for (const body of [
    {},
    { number: 123456 },
    { number: "12345" },
    { number: "１２３４５６" },
    { number: `${number} ` },
  ])
    assert.equal(await errorOf(await post(pc, "/number", body)), "handoff-request-invalid");
  for (const triesLeft of [4, 3, 2, 1]) {
    const wrong = await type(pc, otherThan(number));
    assert.equal(wrong.status, 403);
    assert.equal(await errorOf(wrong), "handoff-number-wrong");
    assert.equal((await stateOf(pc)).triesLeft, triesLeft);
  }
  assert.equal((await type(pc, number)).status, 200);
});

test("the phone may go to the service again, if it came back without a result", async () => {
  const opened = openSite(world);
  const { pc, phone, callback } = await reach(opened, "authorizing");
  const second = await authorize(world, phone);
  assert.equal((await phone.send(second)).headers.get("location"), `${base}/phone`);
  assert.equal((await stateOf(pc)).state, "done");
  const requests = world.provider.tokenRequests.length;
  // The first one is not needed any more: its code stays unused.
  assert.equal((await phone.send(callback ?? "")).headers.get("location"), `${base}/phone`);
  assert.equal(world.provider.tokenRequests.length, requests);
  await submit(pc, "/claim");
  assert.equal(opened.logins.length, 1);
});

test("a new code on the same computer cancels the earlier one", async () => {
  const opened = openSite(world);
  const { pc, phone } = await reach(opened, "authorizing");
  await show(pc);
  assert.equal(await codeOf(await phone.send(`${base}/phone`)), "handoff-cancelled");
  assert.deepEqual(await stateOf(pc), { state: "waiting", expiresIn: 300 });
});

test("the store sees neither names, tokens, numbers nor secrets", async () => {
  const written: string[] = [];
  const { memoryStore } = await import("../../../src/relying-party/index.js");
  const inner = memoryStore({ now: () => world.now });
  const opened = openSite(world, {
    scope: "openid name",
    store: {
      ...inner,
      create: (key, value, seconds) => {
        written.push(key, value);
        return inner.create(key, value, seconds);
      },
      replace: (key, expected, value, seconds) => {
        written.push(value);
        return inner.replace(key, expected, value, seconds);
      },
    },
  });
  const { pc, phone, url, number } = await reach(opened, "claimed");
  const secrets = [pc, phone].flatMap(({ cookies }) =>
    [...cookies].flatMap(([name, { value }]) => (name.includes("handoff") ? [value.slice(33)] : [])),
  );
  assert.equal(secrets.length, 2);
  const all = written.join("\n");
  for (const text of [number, url.slice(-43), "山田", world.provider.sub, secret, ...secrets])
    assert.ok(!all.includes(text));
});

test("on an edge runtime, callback and claim run to completion, even if the client goes", async () => {
  const opened = openSite(world);
  const { pc, phone, callback = assert.fail() } = await reach(opened, "authorizing");
  const kept: Promise<unknown>[] = [];
  const context = { waitUntil: (promise: Promise<unknown>) => void kept.push(promise) };
  const send = (browser: Browser, url: string | URL, method = "GET") =>
    opened.party.fetch(
      new Request(url, { method, headers: { cookie: browser.cookieHeader, origin: site } }),
      context,
    );
  assert.equal((await send(phone, callback)).status, 303);
  assert.equal((await send(pc, `${base}/claim`, "POST")).status, 303);
  assert.equal(kept.length, 2);
  assert.deepEqual(
    await Promise.all(kept.map(async (promise) => ((await promise) as Response).status)),
    [303, 303],
  );
});

test("a handler for logins only hands them over too", async () => {
  const { relyingPartyForLogins, memoryStore } = await import("../../../src/relying-party/index.js");
  const options = world.options({ handoff: true, store: memoryStore({ now: () => world.now }) });
  const party = relyingPartyForLogins(options);
  assert.equal(party.paths.handoff, "/auth/handoff");
  const opened = { ...openSite(world), party, browser: () => new Browser(party) };
  const { pc } = await reach(opened, "claimed");
  const request = new Request(site, { headers: { cookie: pc.cookieHeader } });
  assert.deepEqual((await party.session(request))?.data, { sub: world.provider.sub });
});
