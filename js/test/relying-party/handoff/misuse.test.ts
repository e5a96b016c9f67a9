import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutReports } from "../../support/questions.js";
import { type Browser, codeOf } from "../browser.js";
import { site, useWorld } from "../setup.js";
import {
  authorize,
  base,
  errorOf,
  fetched,
  follow,
  navigated,
  numberOn,
  openSite,
  otherThan,
  post,
  reach,
  scan,
  secretOf,
  show,
  stateOf,
  submit,
  type,
  type Way,
  ways,
} from "./devices.js";

const world = await useWorld();

const noLogin = (opened: ReturnType<typeof openSite>, ...browsers: Browser[]) => {
  assert.equal(opened.logins.length, 0);
  for (const browser of browsers) assert.deepEqual(browser.named("honnin-session"), []);
};

test("a login whose report cannot be made ends the handoff, as every failed login", async () => {
  const opened = openSite(world);
  const { pc, phone, callback = "" } = await reach(opened, "authorizing");
  const response = await withoutReports(() => phone.send(callback));
  assert.equal(response.status, 500);
  assert.equal(await codeOf(response), "internal-error");
  assert.deepEqual(await stateOf(pc), { state: "failed", expiresIn: 0, code: "internal-error" });
  noLogin(opened, pc, phone);
});

test("a number that is guessed: five tries in all, then the handoff is refused for both", async () => {
  const opened = openSite(world);
  const { pc, phone, number } = await reach(opened, "scanned");
  const codes: (string | undefined)[] = [];
  for (let tried = 0; tried < 6; tried += 1) codes.push(await errorOf(await type(pc, otherThan(number))));
  assert.deepEqual(codes, [
    ...Array<string>(4).fill("handoff-number-wrong"),
    "handoff-tries-exhausted",
    "handoff-tries-exhausted",
  ]);
  assert.deepEqual(await stateOf(pc), { state: "refused", expiresIn: 0, code: "handoff-tries-exhausted" });
  // The right number comes too late.
  assert.equal(await errorOf(await type(pc, number)), "handoff-tries-exhausted");
  assert.equal(await codeOf(await phone.send(`${base}/phone`)), "handoff-tries-exhausted");
  assert.equal(await codeOf(await follow(phone, "/authorize")), "handoff-tries-exhausted");
  noLogin(opened, pc, phone);
});

test("numbers that are guessed side by side are counted, each of them", async () => {
  const opened = openSite(world);
  const { pc, number } = await reach(opened, "scanned");
  const responses = await Promise.all(Array.from({ length: 12 }, () => type(pc, otherThan(number))));
  const codes = await Promise.all(responses.map(errorOf));
  assert.equal(codes.filter((code) => code === "handoff-number-wrong").length, 4);
  assert.equal((await stateOf(pc)).state, "refused");
});

test("a code works once: a second phone is refused, also at the same time, and does not disturb the first", async () => {
  const opened = openSite(world);
  const { pc, phone, url, number } = await reach(opened, "scanned");
  const second = opened.browser();
  assert.equal(await codeOf(await second.send(url)), "handoff-state");
  assert.equal(await codeOf(await submit(second, "/scan", { secret: secretOf(url) })), "handoff-state");
  assert.equal(second.cookies.size, 0);
  assert.equal((await type(pc, number)).status, 200);
  // The phone itself may load both again.
  assert.equal((await phone.send(url)).headers.get("location"), `${base}/phone`);
  assert.equal(
    (await submit(phone, "/scan", { secret: secretOf(url) })).headers.get("location"),
    `${base}/phone`,
  );

  const fresh = await show(pc);
  const racers = Array.from({ length: 5 }, () => opened.browser());
  const answers = await Promise.all(
    racers.map((racer) => submit(racer, "/scan", { secret: secretOf(fresh) })),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409, 409, 409, 409]);
});

test("another computer, or one without the cookie, neither reads, types, cancels nor claims", async () => {
  const opened = openSite(world);
  const { pc, phone, number } = await reach(opened, "scanned");
  const [name, cookie] = [...pc.cookies].find(([key]) => key.includes("handoff-pc")) ?? assert.fail();
  const none = opened.browser();
  const foreign = opened.browser();
  await show(foreign);
  const own = foreign.cookies.get(name)?.value ?? "";
  // The ID is no secret: the attacker may know it.
  foreign.cookies.set(name, { ...cookie, value: cookie.value.slice(0, 33) + own.slice(33) });
  const broken = opened.browser();
  broken.cookies.set(name, { ...cookie, value: `${cookie.value}x` });
  for (const [browser, code] of [
    [none, "handoff-not-found"],
    [foreign, "handoff-other-browser"],
    [broken, "handoff-not-found"],
    // Its cookie is of the other role.
    [phone, "handoff-not-found"],
  ] as const) {
    assert.equal((await stateOf(browser)).error, code);
    assert.equal(await errorOf(await browser.send(`${base}/events`, { headers: fetched })), code);
    assert.equal(await errorOf(await type(browser, number)), code);
    assert.equal(await errorOf(await post(browser, "/cancel", {})), code);
    assert.equal(await codeOf(await submit(browser, "/claim")), code);
  }
  assert.deepEqual(await stateOf(pc), { state: "scanned", expiresIn: 180, triesLeft: 5 });
  await type(pc, number);
  await phone.send(await authorize(world, phone));
  assert.equal(await codeOf(await submit(foreign, "/claim")), "handoff-other-browser");
  noLogin(opened, foreign, phone);
  await submit(pc, "/claim");
  assert.equal(opened.logins.length, 1);
});

test("another phone, or one without the cookie, neither reads, cancels, goes to the service nor comes back", async () => {
  const opened = openSite(world);
  const { pc, phone, number } = await reach(opened, "scanned");
  const [name, cookie] = [...phone.cookies].find(([key]) => key.includes("handoff-phone")) ?? assert.fail();
  const none = opened.browser();
  const foreign = (await reach(opened, "scanned")).phone;
  const own = foreign.cookies.get(name)?.value ?? "";
  foreign.cookies.set(name, { ...cookie, value: cookie.value.slice(0, 33) + own.slice(33) });
  await type(pc, number);
  for (const [browser, code] of [
    [none, "handoff-not-found"],
    [foreign, "handoff-other-browser"],
    [pc, "handoff-not-found"],
  ] as const) {
    assert.equal(await codeOf(await browser.send(`${base}/phone`)), code);
    assert.equal(await errorOf(await browser.send(`${base}/phone/state`, { headers: fetched })), code);
    const cancelled = await submit(browser, "/cancel");
    assert.equal(await codeOf(cancelled), code);
    assert.doesNotMatch(await cancelled.text(), /<a /);
    assert.equal(await codeOf(await follow(browser, "/authorize")), code);
  }
  const callback = await authorize(world, phone);
  // Even with the login cookie of the phone.
  const [login] = phone.named("honnin-login");
  const stolen = opened.browser();
  stolen.cookies.set(login ?? "", phone.cookies.get(login ?? "") ?? assert.fail());
  const requests = world.provider.tokenRequests.length;
  assert.equal(await codeOf(await none.send(callback)), "login-cookie-missing");
  assert.equal(await codeOf(await stolen.send(callback)), "handoff-not-found");
  assert.equal(world.provider.tokenRequests.length, requests);
  assert.equal((await stateOf(pc)).state, "authorizing");
  noLogin(opened, pc, phone, stolen);
});

test("two cookies with one name are none: one was planted", async () => {
  const opened = openSite(world);
  const { pc } = await reach(opened, "waiting");
  const header = pc.cookieHeader;
  const response = await opened.party.fetch(
    new Request(`${base}/state`, { headers: { ...fetched, cookie: `${header}; ${header}` } }),
  );
  assert.equal(await errorOf(response), "handoff-not-found");
});

/** What each step needs; every other state refuses it. */
const steps: readonly [
  name: string,
  fits: readonly Way[],
  take: (pair: Awaited<ReturnType<typeof reach>>) => Promise<Response>,
][] = [
  ["scan", ["waiting"], ({ pc, url }) => submit(pc, "/scan", { secret: secretOf(url) })],
  ["number", ["scanned"], ({ pc, number }) => type(pc, number || "000000")],
  ["authorize", ["numbered", "authorizing"], ({ phone }) => follow(phone, "/authorize")],
  ["claim", ["done", "claimed"], ({ pc }) => submit(pc, "/claim")],
];

test("each step in each state: out of order it is handoff-state, and changes nothing", async () => {
  for (const state of ways) {
    for (const [name, fits, take] of steps) {
      const opened = openSite(world);
      const pair = await reach(opened, state);
      const before = await stateOf(pair.pc);
      const response = await take(pair);
      const code = (await codeOf(response)) ?? (await errorOf(response).catch(() => undefined));
      if (fits.includes(state)) assert.equal(code, undefined, `${name} in ${state}`);
      else {
        // A phone that has not scanned has no cookie.
        const expected = name === "authorize" && state === "waiting" ? "handoff-not-found" : "handoff-state";
        assert.equal(code, expected, `${name} in ${state}`);
        assert.deepEqual(await stateOf(pair.pc), before);
      }
    }
  }
});

test("a callback that is replayed uses no code again, and a copy of it in another browser leads nowhere", async () => {
  const opened = openSite(world);
  const { pc, phone, callback = assert.fail() } = await reach(opened, "authorizing");
  const before = phone.cookieHeader;
  const twins = await Promise.all([1, 2, 3].map(() => phone.send(callback)));
  assert.deepEqual(
    twins.map((response) => response.headers.get("location")),
    Array(3).fill(`${base}/phone`),
  );
  // The first response was lost: the browser sends the cookies that it had.
  const lost = await opened.party.fetch(new Request(callback, { headers: { cookie: before } }));
  assert.equal(lost.headers.get("location"), `${base}/phone`);
  assert.equal((await phone.send(callback)).headers.get("location"), `${base}/phone`);
  assert.equal(world.provider.tokenRequests.length, 1);
  assert.equal(await codeOf(await pc.send(callback)), "login-cookie-missing");
  assert.equal((await stateOf(pc)).state, "done");
  noLogin(opened, pc, phone);
});

test("two callbacks of one phone at once, each with a login: one of them counts, and the phone is told the same by both", async () => {
  const opened = openSite(world);
  const { pc, phone } = await reach(opened, "numbered");
  const callbacks = [await authorize(world, phone), await authorize(world, phone)];
  const responses = await Promise.all(callbacks.map((callback) => phone.send(callback)));
  for (const response of responses) assert.equal(response.headers.get("location"), `${base}/phone`);
  assert.equal((await stateOf(pc)).state, "done");
  noLogin(opened, pc, phone);
  await submit(pc, "/claim");
  assert.equal(opened.logins.length, 1);
});

const lifetimes: readonly [Way, number][] = [
  ["waiting", 300],
  ["scanned", 180],
  ["numbered", 600],
  ["authorizing", 600],
  ["done", 120],
];

test("each state lapses after its time, and no step goes on from there", async () => {
  for (const [state, seconds] of lifetimes) {
    const opened = openSite(world);
    const pair = await reach(opened, state);
    const { pc, phone, url, number, callback } = pair;
    world.now += seconds - 1;
    assert.equal((await stateOf(pc)).state, state);
    assert.equal((await stateOf(pc)).expiresIn, 1);
    world.now += 1;
    // The login is gone from the store at once; the others are kept so that both browsers learn why.
    const code = state === "done" ? "handoff-not-found" : "handoff-lapsed";
    const seen = await stateOf(pc);
    if (state === "done") assert.equal(seen.error, code);
    else assert.deepEqual(seen, { state: "lapsed", expiresIn: 0, code });
    assert.equal(await codeOf(await opened.browser().send(url)), code, state);
    assert.equal(await codeOf(await submit(opened.browser(), "/scan", { secret: secretOf(url) })), code);
    assert.equal(await errorOf(await type(pc, number || "000000")), code);
    assert.equal(await codeOf(await submit(pc, "/claim")), code);
    if (state !== "waiting") {
      assert.equal(await codeOf(await phone.send(`${base}/phone`)), code);
      assert.equal(await codeOf(await follow(phone, "/authorize")), code);
    }
    if (state === "authorizing") {
      const requests = world.provider.tokenRequests.length;
      assert.equal(await codeOf(await phone.send(callback ?? "")), code);
      assert.equal(world.provider.tokenRequests.length, requests);
    }
    noLogin(opened, pc, phone);
    world.now += 120;
    assert.equal((await stateOf(pc)).error, "handoff-not-found");
  }
});

test("all lifetimes together end with that of the handoff", async () => {
  const opened = openSite(world, { handoff: { lifetime: 200, numberLifetime: 150 } });
  const { pc, url } = await reach(opened, "waiting");
  assert.equal((await stateOf(pc)).expiresIn, 200);
  world.now += 100;
  const phone = opened.browser();
  await scan(phone, url);
  assert.equal((await stateOf(pc)).expiresIn, 100);
  await type(pc, await numberOn(phone));
  const callback = await authorize(world, phone);
  world.now += 99;
  await phone.send(callback);
  assert.equal((await stateOf(pc)).expiresIn, 120);
});

test("either side can cancel at each step before the claim, and nothing goes on from there", async () => {
  for (const state of ways) {
    for (const role of ["pc", "phone"] as const) {
      if (state === "waiting" && role === "phone") continue;
      const opened = openSite(world);
      const { pc, phone, url, number, callback } = await reach(opened, state);
      const response = role === "pc" ? await post(pc, "/cancel", {}) : await submit(phone, "/cancel");
      assert.equal(response.status, role === "pc" ? 200 : 303);
      const isOver = state === "claimed";
      const answer = isOver
        ? { state: "claimed", expiresIn: 0 }
        : { state: "cancelled", expiresIn: 0, code: "handoff-cancelled" };
      if (role === "pc") assert.deepEqual(await response.json(), answer);
      assert.deepEqual(await stateOf(pc), answer);
      if (isOver) continue;
      assert.equal(await codeOf(await opened.browser().send(url)), "handoff-cancelled");
      assert.equal(await errorOf(await type(pc, number || "000000")), "handoff-cancelled");
      assert.equal(await codeOf(await submit(pc, "/claim")), "handoff-cancelled");
      if (state !== "waiting")
        assert.equal(await codeOf(await follow(phone, "/authorize")), "handoff-cancelled");
      if (state === "authorizing")
        assert.equal(await codeOf(await phone.send(callback ?? "")), "handoff-cancelled");
      // Again it changes nothing.
      assert.equal((await post(pc, "/cancel", {})).status, 200);
      noLogin(opened, pc, phone);
    }
  }
});

test("a user who cancels at the service, and a login that is not verified, end the handoff with the code", async () => {
  const denied = openSite(world);
  const { pc, phone, callback = assert.fail() } = await reach(denied, "authorizing");
  callback.searchParams.delete("code");
  callback.searchParams.set("error", "access_denied");
  const page = await phone.send(callback);
  assert.equal(await codeOf(page), "login-denied");
  const html = await page.text();
  assert.match(html, /パソコンの画面に戻り/);
  assert.doesNotMatch(html, /<a /);
  assert.deepEqual(await stateOf(pc), { state: "refused", expiresIn: 0, code: "login-denied" });
  // The same page again.
  assert.equal(await codeOf(await phone.send(callback)), "login-denied");
  assert.equal(await codeOf(await submit(pc, "/claim")), "login-denied");
  noLogin(denied, pc, phone);

  for (const [bend, state, code] of [
    [() => Object.assign(world.provider.claims, { nonce: "other" }), "failed", "nonce-mismatch"],
    [() => Object.assign(world.provider, { grant: () => ["openid"] }), "refused", "scope-not-granted"],
  ] as const) {
    const opened = openSite(world, { scope: "openid name", requiredScopes: ["name"] });
    const failed = await reach(opened, "authorizing");
    bend();
    assert.equal(await codeOf(await failed.phone.send(failed.callback ?? "")), code);
    assert.deepEqual(await stateOf(failed.pc), { state, expiresIn: 0, code });
    noLogin(opened, failed.pc, failed.phone);
    world.provider.claims = {};
    world.provider.grant = (scopes) => scopes;
  }
});

test("requests of other sites change nothing, and read nothing", async () => {
  const opened = openSite(world);
  const { pc, phone, url, number } = await reach(opened, "scanned");
  const json = { "content-type": "application/json" };
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const evil = [
    { origin: "https://evil.example", "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" },
    { origin: "https://sub.localhost:4000", "sec-fetch-site": "same-site" },
    { origin: "null", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
    { origin: "https://evil.example" },
    { origin: "null" },
  ];
  for (const headers of evil) {
    const send = (browser: Browser, method: string, path: string, body?: string, type = json) =>
      browser.send(base + path, {
        method,
        headers: { ...headers, ...type },
        ...(body === undefined ? {} : { body }),
      });
    const code = "cross-site-request-refused";
    assert.equal(await errorOf(await send(pc, "POST", "", "{}")), code);
    assert.equal(await errorOf(await send(pc, "GET", "/state")), code);
    assert.equal(await errorOf(await send(pc, "GET", "/events")), code);
    assert.equal(await errorOf(await send(pc, "POST", "/number", JSON.stringify({ number }))), code);
    assert.equal(await errorOf(await send(pc, "POST", "/cancel", "{}")), code);
    assert.equal(await codeOf(await send(phone, "POST", "/cancel", "", form)), code);
    assert.equal(await codeOf(await send(pc, "POST", "/claim", "", form)), code);
    assert.equal(await codeOf(await send(phone, "POST", "/scan", `secret=${secretOf(url)}`, form)), code);
    assert.equal(await errorOf(await send(phone, "GET", "/phone/state")), code);
  }
  // A sender that says nothing is no browser with a form or a fetch.
  for (const path of ["", "/number", "/cancel"])
    assert.equal(
      await errorOf(await pc.send(base + path, { method: "POST", headers: json, body: "{}" })),
      "cross-site-request-refused",
    );
  // A link on another site, an image, a prefetch.
  for (const [headers, code] of [
    [
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
      "cross-site-request-refused",
    ],
    [
      { "sec-fetch-site": "same-origin", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" },
      "navigation-required",
    ],
    [
      {
        "sec-fetch-site": "same-origin",
        "sec-fetch-mode": "navigate",
        "sec-fetch-dest": "document",
        "sec-purpose": "prefetch",
      },
      "navigation-required",
    ],
  ] as const)
    assert.equal(await codeOf(await phone.send(`${base}/authorize`, { headers })), code);
  // A script of the site's own must not take over the login unseen.
  for (const path of ["/claim", "/scan"])
    assert.equal(
      await codeOf(
        await pc.send(base + path, { method: "POST", headers: { ...fetched, ...form }, body: "" }),
      ),
      "navigation-required",
    );
  assert.deepEqual(await stateOf(pc), { state: "scanned", expiresIn: 180, triesLeft: 5 });
});

test("a page that is loaded in advance spends nothing: previews, prefetches, HEAD", async () => {
  const opened = openSite(world);
  const { pc, url } = await reach(opened, "waiting");
  for (const headers of [
    { "user-agent": "preview-bot" },
    { "sec-purpose": "prefetch;prerender", "sec-fetch-site": "none", "sec-fetch-mode": "navigate" },
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
  ]) {
    const bot = opened.browser();
    assert.equal((await bot.send(url, { headers: headers as Record<string, string> })).status, 200);
    assert.equal(bot.cookies.size, 0);
  }
  const head = await opened.browser().send(url, { method: "HEAD" });
  assert.equal(head.status, 405);
  assert.equal(head.headers.get("allow"), "GET");
  assert.deepEqual(await stateOf(pc), { state: "waiting", expiresIn: 300 });
  assert.equal((await scan(opened.browser(), url)).status, 303);
});

test("bodies that are too large, of another type or with other members are refused, and so are return addresses elsewhere", async () => {
  const opened = openSite(world);
  const pc = opened.browser();
  const send = (path: string, body: string, type = "application/json") =>
    pc.send(base + path, { method: "POST", headers: { ...fetched, "content-type": type }, body });
  const large = JSON.stringify({ returnTo: `/${"x".repeat(9_000)}` });
  for (const [body, type] of [
    [large, undefined],
    ["", undefined],
    ["[]", undefined],
    ['{"returnTo":"/a","returnTo":"/b"}', undefined],
    ['{"back":"/a"}', undefined],
    ["{}", "text/plain"],
    ["returnTo=/a", "application/x-www-form-urlencoded"],
  ] as const)
    assert.equal(await errorOf(await send("", body, type)), "handoff-request-invalid", body.slice(0, 40));
  for (const returnTo of [
    "//evil.example",
    "https://evil.example/",
    "/auth/login",
    "/auth/handoff",
    1,
    ["/a"],
  ])
    assert.equal(await errorOf(await send("", JSON.stringify({ returnTo }))), "return-address-refused");
  assert.equal(pc.cookies.size, 0);
  const { url, phone } = await reach(opened, "waiting");
  const form = (body: string) =>
    phone.send(`${base}/scan`, {
      method: "POST",
      headers: { ...navigated, "content-type": "application/x-www-form-urlencoded" },
      body,
    });
  for (const body of [
    "",
    `secret=${secretOf(url)}&secret=x`,
    `secret=${secretOf(url)}&x=${"y".repeat(9_000)}`,
  ])
    assert.equal(await codeOf(await form(body)), "handoff-request-invalid");
  for (const secret of ["x", "A".repeat(43), "../../state", "__proto__"])
    assert.equal(await codeOf(await form(`secret=${secret}`)), "handoff-not-found");
  for (const path of ["/s/", "/s/x", `/s/${"A".repeat(43)}`, `/s/${secretOf(url)}x`])
    assert.equal(await codeOf(await phone.send(base + path)), "handoff-not-found", path);
  for (const path of ["/", "/nothing", "/__proto__", "/phone/", "x"])
    assert.equal(await codeOf(await phone.send(base + path)), "route-not-found", path);
});

test("each route takes its method, and says so", async () => {
  const { party } = openSite(world);
  for (const [path, allow] of [
    ["", "POST"],
    ["/state", "GET"],
    ["/events", "GET"],
    ["/number", "POST"],
    ["/cancel", "POST"],
    ["/claim", "POST"],
    ["/s/x", "GET"],
    ["/scan", "POST"],
    ["/phone", "GET"],
    ["/phone/state", "GET"],
    ["/authorize", "GET"],
  ] as const) {
    for (const method of ["GET", "POST", "PUT", "OPTIONS"]) {
      if (method === allow) continue;
      const response = await party.fetch(new Request(base + path, { method, headers: fetched }));
      assert.equal(response.status, 405, `${method} ${path}`);
      assert.equal(response.headers.get("allow"), allow);
    }
  }
});

test("one client starts only so many handoffs, known by its address, and all unknown ones together", async () => {
  const opened = openSite(world, {
    handoff: { clientOf: { header: "x-real-ip" }, limits: { perClient: 2, anonymous: 1 } },
  });
  const start = async (address?: string) => {
    const headers = {
      ...fetched,
      "content-type": "application/json",
      ...(address && { "x-real-ip": address }),
    };
    const response = await opened.party.fetch(new Request(base, { method: "POST", headers, body: "{}" }));
    return response.status === 201 ? 201 : errorOf(response);
  };
  assert.deepEqual(
    [await start("192.0.2.1"), await start("192.0.2.1"), await start("192.0.2.1")],
    [201, 201, "handoff-quota-exceeded"],
  );
  assert.equal(await start("192.0.2.2"), 201);
  assert.deepEqual([await start(), await start()], [201, "handoff-quota-exceeded"]);
  world.now += 1_200;
  assert.equal(await start("192.0.2.1"), 201);
});

test("a handler without handoffs has no such routes, and a phone's callback becomes no login there", async () => {
  const opened = openSite(world);
  const { phone, callback = assert.fail() } = await reach(opened, "authorizing");
  const logins: unknown[] = [];
  const plain = world.party({ store: opened.store, onLogin: (login) => void logins.push(login) }).party;
  assert.equal(plain.paths.handoff, undefined);
  const cookie = phone.cookieHeader;
  const response = await plain.fetch(new Request(callback, { headers: { cookie } }));
  assert.equal(await codeOf(response), "handoff-not-found");
  assert.deepEqual(logins, []);
  assert.equal(await codeOf(await plain.fetch(new Request(base, { method: "POST" }))), "route-not-found");
  assert.equal(opened.party.paths.handoff, "/auth/handoff");
  assert.equal(site, "http://localhost:4000");
});

test("what onError returns is for pages: a script gets its JSON, and the hook is told", async () => {
  const told: unknown[] = [];
  const opened = openSite(world, {
    onError: ({ code }, _, answer) => {
      told.push([code, answer.status, answer.handoff]);
      return new Response("mine", { status: answer.status });
    },
  });
  const pc = opened.browser();
  const response = await pc.send(`${base}/state`, { headers: fetched });
  assert.equal(response.status, 404);
  assert.deepEqual(await response.json(), { error: "handoff-not-found" });
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.equal(await (await pc.send(`${base}/phone`)).text(), "mine");
  assert.deepEqual(told, [
    ["handoff-not-found", 404, undefined],
    ["handoff-not-found", 404, true],
  ]);
});
