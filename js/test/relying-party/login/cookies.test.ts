import assert from "node:assert/strict";
import { test } from "node:test";
import type { RelyingParty } from "honnin/relying-party";
import { codeOf } from "../browser.js";
import { secret, site, useWorld } from "../setup.js";

const start = Math.floor(Date.now() / 1000);
const world = await useWorld((each) => {
  each.now = start;
});

const secureSite = "https://shop.example";
const https = { redirectUri: `${secureSite}/auth/callback` };

async function session(party: Pick<RelyingParty, "session">, cookie: string) {
  return (await party.session(new Request(site, { headers: { cookie } })))?.data;
}

test("on https, cookies are __Host-, Secure, HttpOnly, SameSite=Lax, and without a domain", async () => {
  const { browser } = world.party(https);
  const login = await browser.send(`${secureSite}/auth/login`);
  const [state = ""] = login.headers.getSetCookie();
  assert.match(
    state,
    /^__Host-honnin-login-[0-9a-f]{8}-[0-9a-z]+-[0-9a-f]{16}=[\w.-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
  );
  const done = await browser.send(world.provider.authorize(login.headers.get("location") ?? ""));
  const [kept = "", mark = ""] = done.headers.getSetCookie();
  assert.match(
    kept,
    /^__Host-honnin-session-[0-9a-f]{8}=[\w.-]+; Path=\/; Max-Age=28800; HttpOnly; SameSite=Lax; Secure$/,
  );
  assert.match(
    mark,
    /^__Host-honnin-login-[0-9a-f]{8}-[0-9a-z]+-[0-9a-f]{16}=[\w.-]+; Path=\/; Max-Age=120; HttpOnly; SameSite=Lax; Secure$/,
  );
});

test("on loopback over plain http, they go without Secure and without the prefix", async () => {
  const { browser } = world.party({ sessionLifetime: 60 });
  const login = await browser.send(`${site}/auth/login`);
  assert.match(
    login.headers.getSetCookie()[0] ?? "",
    /^honnin-login-[0-9a-f]{8}-[0-9a-z]+-[0-9a-f]{16}=[\w.-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/,
  );
  const done = await browser.send(world.provider.authorize(login.headers.get("location") ?? ""));
  assert.match(
    done.headers.getSetCookie()[0] ?? "",
    /^honnin-session-[0-9a-f]{8}=[\w.-]+; Path=\/; Max-Age=60; HttpOnly; SameSite=Lax$/,
  );
});

test("a cookie without the prefix counts for nothing on https", async () => {
  const { browser, party } = world.party(https);
  const login = await browser.send(`${secureSite}/auth/login`);
  const callback = world.provider.authorize(login.headers.get("location") ?? "");
  const planted = browser.cookieHeader.replace("__Host-", "");
  const response = await party.fetch(new Request(callback, { headers: { cookie: planted } }));
  assert.equal(await codeOf(response), "login-cookie-missing");
});

/** Another character of base64url, or a full stop: what a flipped byte may look like and still be a cookie. */
function* variants(value: string): Generator<string> {
  for (let index = 0; index < value.length; index++) {
    const byte = value.charCodeAt(index);
    for (let bit = 0; bit < 7; bit++) {
      const flipped = String.fromCharCode(byte ^ (1 << bit));
      if (/[\w.-]/.test(flipped)) yield value.slice(0, index) + flipped + value.slice(index + 1);
    }
  }
}

test("a login cookie with any byte changed, cut or lengthened is login-cookie-invalid", async () => {
  const { browser, party } = world.party();
  const callback = await world.begin(browser);
  const [name = ""] = browser.named("honnin-login");
  const { value = "" } = browser.cookies.get(name) ?? {};
  const segments = value.split(".");
  const forged = [
    ...variants(value),
    "",
    "x",
    value.slice(0, -1),
    `${value}A`,
    `${value}==`,
    segments.slice(0, 4).join("."),
    [...segments, "A"].join("."),
    [segments[0], "AA", ...segments.slice(2)].join("."),
    `"${value}"`,
    encodeURIComponent(`{"state":"x"}`),
    "x".repeat(5_000),
  ];
  assert.ok(forged.length > value.length * 3);
  for (const other of forged) {
    const response = await party.fetch(new Request(callback, { headers: { cookie: `${name}=${other}` } }));
    assert.equal(await codeOf(response), "login-cookie-invalid", other);
    assert.equal(response.status, 400);
    assert.match(response.headers.getSetCookie().join(), new RegExp(`^${name}=; Path=/; Max-Age=0`));
  }
  assert.equal(world.provider.tokenRequests.length, 0);
  assert.equal((await browser.send(callback)).status, 303);
});

test("a session cookie with any byte changed is no session", async () => {
  const { browser, party } = world.party();
  await browser.send(await world.begin(browser));
  const [name = "", value = ""] = browser.session.split("=");
  for (const other of [...variants(value), "", value.slice(1), `${value}A`, "e30", "a.b.c.d.e"]) {
    assert.equal(await session(party, `${name}=${other}`), undefined, other);
  }
  assert.deepEqual(await session(party, `other=1; ${name}=${value}; ${name}2=x`), {
    sub: world.provider.sub,
  });
  assert.equal(await session(party, `${name}=${value}; ${name}=${value}`), undefined, "two of one name");
});

test("neither kind of cookie passes for the other", async () => {
  const { browser, party } = world.party();
  const callback = await world.begin(browser);
  const [name = ""] = browser.named("honnin-login");
  const login = browser.cookies.get(name)?.value ?? "";
  await browser.send(callback);
  const [sessionName = "", sessionValue = ""] = browser.session.split("=");
  assert.equal(await session(party, `${sessionName}=${login}`), undefined);
  const mark = browser.cookies.get(name)?.value ?? "";
  assert.notEqual(mark, login);
  assert.equal(await session(party, `${sessionName}=${mark}`), undefined);
  const begun = await world.begin(browser);
  const [second = ""] = browser.named("honnin-login");
  // Nor does the mark of one login pass for another.
  for (const value of [sessionValue, mark]) {
    const cookie = `${second}=${value}`;
    const response = await party.fetch(new Request(begun, { headers: { cookie } }));
    assert.equal(await codeOf(response), "login-cookie-invalid");
  }
});

test("a session of another client or another environment is none", async () => {
  const { browser, party } = world.party();
  await browser.send(await world.begin(browser));
  const cookie = browser.cookieHeader;
  assert.deepEqual(await session(party, cookie), { sub: world.provider.sub });
  assert.deepEqual(await session(world.party().party, cookie), { sub: world.provider.sub });
  assert.equal(await session(world.party({ clientId: "another" }).party, cookie), undefined);
  const environment = { ...world.provider.environment, issuer: "https://other.example/api/realms/main" };
  assert.equal(await session(world.party({ environment }).party, cookie), undefined);
});

test("a login lasts ten minutes, whatever the browser thinks", async () => {
  for (const [age, code] of [
    [599, undefined],
    [600, undefined],
    [601, "login-expired"],
    [1_000_000, "login-expired"],
    [-59, undefined],
    [-61, "login-cookie-invalid"],
  ] as const) {
    const { browser } = world.party();
    world.now = start;
    const callback = await world.begin(browser);
    world.now = start + age;
    const response = await browser.send(callback);
    assert.equal(await codeOf(response), code, `after ${age} s`);
    assert.equal(response.status, code === undefined ? 303 : 400);
    assert.deepEqual(browser.named("honnin-login"), []);
  }
});

test("a session lasts as long as configured, also if that was shortened meanwhile", async () => {
  const { browser, party } = world.party({ sessionLifetime: 3_600 });
  await browser.send(await world.begin(browser));
  const cookie = browser.cookieHeader;
  for (const [age, lasts] of [
    [0, true],
    [3_599, true],
    [3_600, false],
    [-60, true],
    [-61, false],
  ] as const) {
    world.now = start + age;
    assert.equal((await session(party, cookie)) !== undefined, lasts, `after ${age} s`);
  }
  world.now = start + 120;
  assert.equal(await session(world.party({ sessionLifetime: 60 }).party, cookie), undefined);
});

test("secrets rotate: the first seals, all open", async () => {
  const newer = "fedcba9876543210fedcba9876543210";
  const withOld = world.party({ cookieSecret: secret });
  const withBoth = world.party({ cookieSecret: [newer, secret] });
  const withNew = world.party({ cookieSecret: newer });

  const callback = await world.begin(withOld.browser);
  const cookie = withOld.browser.cookieHeader;
  const late = await withNew.party.fetch(new Request(callback, { headers: { cookie } }));
  assert.equal(await codeOf(late), "login-cookie-invalid");
  const response = await withBoth.party.fetch(new Request(callback, { headers: { cookie } }));
  assert.equal(response.status, 303);

  const sealed = response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  assert.deepEqual(await session(withNew.party, sealed), { sub: world.provider.sub });
  assert.equal(await session(withOld.party, sealed), undefined);
});

test("at most five logins are outstanding; the oldest are ended", async () => {
  const { browser } = world.party();
  const callbacks: URL[] = [];
  for (let index = 0; index < 8; index++) {
    world.now = start + index;
    callbacks.push(await world.begin(browser, `?return_to=/${index}`));
    assert.equal(browser.named("honnin-login").length, Math.min(index + 1, 5));
  }
  assert.equal(await codeOf(await browser.send(callbacks[2] ?? "")), "login-cookie-missing");
  for (const index of [3, 7]) {
    assert.equal((await browser.send(callbacks[index] ?? "")).headers.get("location"), `${site}/${index}`);
  }
});

test("outstanding logins stay small enough for the Cookie header, the newest always stays", async () => {
  const { browser } = world.party();
  let callback: URL | undefined;
  for (let index = 0; index < 6; index++) {
    world.now = start + index;
    callback = await world.begin(browser, `?return_to=/${index}${"x".repeat(1_000)}`);
    assert.ok(browser.cookieHeader.length < 4_500);
  }
  assert.ok(browser.named("honnin-login").length >= 1);
  assert.equal((await browser.send(callback ?? "")).status, 303);
});

test("odd Cookie headers do no harm", async () => {
  const { browser, party } = world.party();
  const callback = await world.begin(browser);
  const good = browser.cookieHeader;
  for (const cookie of [
    `;;=; a; =b; ${good};`,
    `honnin-login-x=1;${good}`,
    `${"a=b; ".repeat(5_000)}${good}`,
  ]) {
    world.provider.misbehave.token = (_, response) => void response.writeHead(503).end();
    // A handler of its own each time, which does not know yet what came of the code.
    const response = await world.party().party.fetch(new Request(callback, { headers: { cookie } }));
    assert.equal(await codeOf(response), "endpoint-unavailable", cookie.slice(0, 40));
  }
  const flood = await party.fetch(
    new Request(callback, { headers: { cookie: `${"a=b; ".repeat(20_000)}${good}` } }),
  );
  assert.equal(await codeOf(flood), "login-cookie-missing");
});

/** A request whose header was read as UTF-8, as workerd reads it: `Headers` of Node takes no such characters. */
function requestWith(cookie: string): Request {
  return { headers: { get: (name: string) => (name === "cookie" ? cookie : null) } } as unknown as Request;
}

test("white space of Unicode in front of a name makes it another name, in whatever way the header was read", async () => {
  const { browser, party } = world.party(https);
  const login = await browser.send(`${secureSite}/auth/login`);
  const planted = browser.cookieHeader;
  const callback = world.provider.authorize(login.headers.get("location") ?? "");
  await browser.send(callback);
  const own = browser.session;
  assert.deepEqual((await party.session(requestWith(own)))?.data, { sub: world.provider.sub });
  assert.deepEqual((await party.session(requestWith(`\t ${own}`)))?.data, { sub: world.provider.sub });
  for (const front of [
    "\u00a0",
    "\u0085",
    "\u1680",
    "\u2000",
    "\u2028",
    "\u3000",
    "\ufeff",
    "\u000b",
    "\u00c2\u00a0",
  ]) {
    assert.equal(await party.session(requestWith(front + own)), undefined);
    assert.equal(await party.session(requestWith(`a=b; ${front}${own}`)), undefined);
    // Nor does it stand in the way of the real one.
    assert.deepEqual((await party.session(requestWith(`${own}; ${front}${own}`)))?.data, {
      sub: world.provider.sub,
    });
  }
  const response = await party.fetch(new Request(callback, { headers: { cookie: `\u00a0${planted}` } }));
  assert.equal(await codeOf(response), "login-cookie-missing");
});
