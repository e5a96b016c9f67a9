// Requests that no browser of a user sends: other methods and paths, doubled parameters, bodies that are slow, broken or of another kind.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RelyingParty } from "../../../src/relying-party/index.js";
import { memoryStore } from "../../../src/relying-party/index.js";
import { codeOf } from "../browser.js";
import {
  base,
  errorOf,
  fetched,
  navigated,
  openSite,
  reach,
  secretOf,
  show,
  submit,
} from "../handoff/devices.js";
import { site, useWorld } from "../setup.js";

const world = await useWorld();

const methods = ["HEAD", "OPTIONS", "GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"];

/** Each route and its method. */
const routes: readonly (readonly [path: string, method: string])[] = [
  ["/auth/login", "GET"],
  ["/auth/callback", "GET"],
  ["/auth/logout", "POST"],
  ["/auth/handoff", "POST"],
  ["/auth/handoff/state", "GET"],
  ["/auth/handoff/events", "GET"],
  ["/auth/handoff/number", "POST"],
  ["/auth/handoff/cancel", "POST"],
  ["/auth/handoff/claim", "POST"],
  ["/auth/handoff/s/x", "GET"],
  ["/auth/handoff/scan", "POST"],
  ["/auth/handoff/phone", "GET"],
  ["/auth/handoff/phone/state", "GET"],
  ["/auth/handoff/authorize", "GET"],
];

test("any other method, also one that a header names instead, has no effect and allows nothing to other origins", async () => {
  const opened = openSite(world);
  const overrides = ["x-http-method-override", "x-http-method", "x-method-override"];
  for (const [path, own] of routes) {
    for (const method of methods.filter((one) => one !== own)) {
      const headers = {
        ...Object.fromEntries(overrides.map((name) => [name, own])),
        origin: "https://evil.example",
        "access-control-request-method": own,
      };
      const response = await opened.browser().send(site + path, { method, headers });
      assert.equal(response.status, 405, `${method} ${path}`);
      assert.equal(response.headers.get("allow"), own);
      assert.deepEqual(response.headers.getSetCookie(), []);
      assert.equal(
        [...response.headers.keys()].filter((name) => name.startsWith("access-control-")).length,
        0,
      );
    }
  }
  const overridden = await opened.browser().send(`${site}/auth/login?_method=POST`);
  assert.equal(overridden.status, 303);
});

test("a path that only looks like a route is none, however it is written", async () => {
  const opened = openSite(world);
  const secret = secretOf(await show(opened.browser()));
  for (const path of [
    ...["/auth/%6Cogin", "/AUTH/login", "/auth/login/", "/auth//login", "/auth/login;a=b", "/auth/login%00"],
    ...[
      "/auth/%68andoff/state",
      "/auth/handoff%2Fstate",
      "/auth/handoff/",
      "/auth/handoff/state/",
      "/auth/handoffs",
    ],
    ...[
      "/auth/handoff/__proto__",
      "/auth/handoff/constructor",
      "/auth/handoff/toString",
      "/proxy/auth/login",
      "/",
    ],
  ])
    assert.equal(await codeOf(await opened.browser().send(site + path)), "route-not-found", path);
  for (const path of [
    `/auth/handoff/s/x/${secret}`,
    `/auth/handoff/s//${secret}`,
    `/auth/handoff/s/${secret}/`,
  ])
    assert.equal(await codeOf(await opened.browser().send(site + path)), "handoff-not-found", path);
});

test("a parameter that is there twice is refused, whichever of the two is the right one", async () => {
  const opened = openSite(world);
  const twice = async (path: string) => codeOf(await opened.browser().send(site + path));
  assert.equal(await twice("/auth/login?return_to=/a&return_to=/b"), "return-address-refused");
  assert.equal(await twice("/auth/callback?state=a&state=b&code=c"), "authorization-response-malformed");
  const victim = opened.browser();
  const callback = await world.begin(victim);
  for (const more of [
    "code=attackers",
    "iss=https%3A%2F%2Fevil.example&iss=x",
    "state=x",
    "error=access_denied",
  ]) {
    const response = await opened
      .browser()
      .send(`${callback}&${more}`, { headers: { cookie: victim.cookieHeader } });
    assert.equal(response.status, 400, more);
  }
  assert.equal(world.provider.tokenRequests.length, 0);
  const { phone, url } = await reach(opened, "waiting");
  const fields = new URLSearchParams([
    ["secret", secretOf(url)],
    ["secret", secretOf(url)],
  ]);
  const scan = await phone.send(`${base}/scan`, { method: "POST", headers: navigated, body: fields });
  assert.equal(await codeOf(scan), "handoff-request-invalid");
});

test("line breaks reach no header, wherever they are written", async () => {
  const opened = openSite(world);
  for (const text of [
    "\r\nset-cookie: a=b",
    "%0d%0aset-cookie:%20a=b",
    "\u560a\u560dset-cookie: a=b",
    "\u2028x",
  ]) {
    for (const name of ["return_to", "lang", "state", "code"]) {
      const query = `${new URLSearchParams({ [name]: `/${text}` })}&${name === "state" ? "code=x" : "state=x"}`;
      for (const path of ["/auth/login", "/auth/callback"]) {
        const response = await opened.browser().send(`${site}${path}?${query}`);
        for (const [header, value] of response.headers) assert.doesNotMatch(header + value, /[\r\n]/);
        assert.ok(response.headers.getSetCookie().every((cookie) => /^honnin-/.test(cookie)));
      }
    }
  }
});

test("JSON with members of prototypes, doubled members, other encodings or other types starts nothing", async () => {
  const opened = openSite(world);
  const send = (body: string | Uint8Array<ArrayBuffer>, type = "application/json") =>
    opened.party.fetch(
      new Request(base, { method: "POST", headers: { ...fetched, "content-type": type }, body }),
    );
  for (const body of [
    ...[
      '{"__proto__":{"returnTo":"/x"}}',
      '{"constructor":{"prototype":{}}}',
      '{"returnTo":"/a","returnTo":"//b"}',
    ],
    ...['{"return\\u0054o":"/a","returnTo":"/b"}', "\ufeff{}", "[]", "null", '""', "", "{", "{}{}", "{}\0"],
    ...[
      `{"returnTo":${"[".repeat(8_000)}`,
      '{"scopes":["openid","__proto__"]}',
      '{"scopes":{"length":1,"0":"openid"}}',
    ],
  ])
    assert.equal(await errorOf(await send(body)), "handoff-request-invalid", body.slice(0, 40));
  assert.equal(
    await errorOf(await send(new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0]))),
    "handoff-request-invalid",
  );
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json, text/plain",
    "text/json",
  ])
    assert.equal(await errorOf(await send("{}", type)), "handoff-request-invalid", type);
  assert.equal(Object.hasOwn(Object.prototype, "returnTo"), false);
  assert.equal((await send("{}", "Application/JSON; charset=utf-8")).status, 201);
});

/** A body that the test ends, or not. */
function slow() {
  let sender: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      sender = controller;
    },
  });
  return {
    body,
    send: (text: string) => sender?.enqueue(new TextEncoder().encode(text)),
    end: () => sender?.close(),
    breakOff: () => sender?.error(new TypeError("terminated")),
  };
}

const streamed = (party: RelyingParty, path: string, headers: Record<string, string>, body: ReadableStream) =>
  party.fetch(new Request(site + path, { method: "POST", headers, body, duplex: "half" } as RequestInit));

const json = { ...fetched, "content-type": "application/json" };
const form = { ...navigated, "content-type": "application/x-www-form-urlencoded" };

test("a body that comes slowly holds its own request only, and counts for nothing until it is there", async () => {
  let calls = 0;
  const kept = memoryStore({ now: () => world.now });
  const store = new Proxy(kept, {
    get: (target, name) => {
      calls += 1;
      return Reflect.get(target, name);
    },
  });
  const opened = openSite(world, { store, handoff: { limits: { anonymous: 5 } } });
  calls = 0;
  const many = Array.from({ length: 200 }, slow);
  const waiting = many.map(({ body }) => streamed(opened.party, "/auth/handoff", json, body));
  for (const { send } of many) send("{");
  const first = opened.browser();
  assert.equal(calls, 0);
  await show(first);
  for (const { send, end } of many.slice(0, 4)) {
    send("}");
    end();
  }
  for (const response of waiting.slice(0, 4)) assert.equal((await response).status, 201);
  for (const { breakOff } of many.slice(4)) breakOff();
  for (const response of waiting.slice(4)) assert.equal((await response).status, 400);
});

test("a body that breaks off is the sender's fault, and no alarm for the site", async () => {
  const opened = openSite(world);
  for (const [path, headers] of [
    ["/auth/handoff", json],
    ["/auth/handoff/number", json],
    ["/auth/handoff/scan", form],
  ] as const) {
    const { body, send, breakOff } = slow();
    const response = streamed(opened.party, path, headers, body);
    send(path.endsWith("scan") ? "secret=" : '{"number":');
    breakOff();
    assert.equal((await response).status, 400, path);
    assert.equal(opened.codes.pop(), "handoff-request-invalid");
  }
});

test("a claim and a logout read no body", async () => {
  const opened = openSite(world);
  const { pc } = await reach(opened, "done");
  const endless = slow();
  const headers = { ...navigated, cookie: pc.cookieHeader };
  assert.equal((await streamed(opened.party, "/auth/handoff/claim", headers, endless.body)).status, 303);
  assert.equal((await streamed(opened.party, "/auth/logout", { origin: site }, slow().body)).status, 303);
  assert.equal(await codeOf(await submit(opened.browser(), "/claim")), "handoff-not-found");
});
