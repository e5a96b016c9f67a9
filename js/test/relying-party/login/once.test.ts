// A code is handed in once: side by side, again, in one process and in several.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  memoryStore,
  type RelyingPartyOptions,
  relyingParty,
  type Store,
} from "../../../src/relying-party/index.js";
import { Completions } from "../../../src/relying-party/login/completions.js";
import { Browser, codeOf } from "../browser.js";
import { site, useWorld } from "../setup.js";

const world = await useWorld();

const exchanges = () =>
  world.provider.tokenRequests.filter(({ form }) => form.get("grant_type") === "authorization_code").length;

/** A handler that counts its logins. */
function counting(overrides: Partial<RelyingPartyOptions> = {}) {
  const logins: string[] = [];
  const party = relyingParty(
    world.options({
      onLogin: ({ sub }) => {
        logins.push(sub);
        return { sessionData: { login: logins.length } };
      },
      ...overrides,
    }),
  );
  return { party, logins, browser: new Browser(party) };
}

const sessionIn = (response: Response) =>
  response.headers.getSetCookie().find((cookie) => cookie.startsWith("honnin-session"));

const store = memoryStore();
for (const [where, first, second] of [
  ["one process", counting(), undefined],
  ["two processes that share a store", counting({ store }), counting({ store })],
] as const) {
  test(`side by side in ${where}: one exchange, one login, and every answer carries the session`, async () => {
    const callback = await world.begin(first.browser, "?return_to=/account");
    const { cookieHeader } = first.browser;
    const parties = [first, second ?? first, first].map(({ party }) => party);
    const answers = await Promise.all(
      parties.map((party) => party.fetch(new Request(callback, { headers: { cookie: cookieHeader } }))),
    );
    assert.equal(exchanges(), 1);
    assert.equal(first.logins.length + (second?.logins.length ?? 0), 1);
    for (const answer of answers) {
      assert.equal(answer.status, 303, await answer.text());
      assert.equal(answer.headers.get("location"), `${site}/account`);
      const cookie = sessionIn(answer)?.split(";")[0] ?? "";
      assert.deepEqual((await first.party.session(new Request(site, { headers: { cookie } })))?.data, {
        login: 1,
      });
    }
    assert.equal(new Set(answers.map(sessionIn)).size, 1, "it is the same session");
  });
}

test("a callback that is loaded again leads where the first one led: no exchange, no session, in this browser only", async () => {
  const { browser, party, logins } = counting({
    onLogin: () => ({ sessionData: { n: 1 }, returnTo: "/welcome?a=1#b" }),
  });
  const callback = await world.begin(browser, "?return_to=/account");
  const before = browser.cookieHeader;
  await browser.send(callback);
  const { session } = browser;
  assert.equal(browser.marks.length, 1);
  for (let time = 0; time < 3; time += 1) {
    const again = await browser.send(callback);
    assert.equal(again.status, 303);
    assert.equal(again.headers.get("location"), `${site}/welcome?a=1#b`);
    assert.deepEqual(again.headers.getSetCookie(), []);
  }
  assert.equal(exchanges(), 1);
  assert.equal(browser.session, session);
  assert.deepEqual(logins, []);
  // Neither without its cookie nor with that of before in another process.
  assert.equal(await codeOf(await party.fetch(new Request(callback))), "login-cookie-missing");
  const elsewhere = await counting().party.fetch(new Request(callback, { headers: { cookie: before } }));
  assert.equal(await codeOf(elsewhere), "authorization-code-spent");
  // The mark lapses.
  world.now += 181;
  assert.equal(await codeOf(await browser.send(callback)), "login-cookie-invalid");
  world.now -= 181;
});

test("an answer that the browser never got is given again by the process that made it", async () => {
  const { browser, party, logins } = counting();
  const callback = await world.begin(browser);
  const { cookieHeader } = browser;
  const lost = await party.fetch(new Request(callback, { headers: { cookie: cookieHeader } }));
  const again = await party.fetch(new Request(callback, { headers: { cookie: cookieHeader } }));
  assert.equal(exchanges(), 1);
  assert.equal(logins.length, 1);
  assert.equal(sessionIn(again), sessionIn(lost));
  assert.notEqual(sessionIn(lost), undefined);
});

test("what came of a code is remembered for a minute, and no longer", async (t) => {
  const { browser, party, logins } = counting();
  const callback = await world.begin(browser);
  const { cookieHeader } = browser;
  const request = () => party.fetch(new Request(callback, { headers: { cookie: cookieHeader } }));
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  assert.equal((await request()).status, 303);
  t.mock.timers.setTime(Date.now() + 74_000);
  assert.equal((await request()).status, 303);
  t.mock.timers.setTime(Date.now() + 2_000);
  assert.equal(await codeOf(await request()), "authorization-code-spent");
  // What came of it is gone, but not that it was handed in: never again, as long as the login's cookie lives.
  t.mock.timers.setTime(Date.now() + 520_000);
  assert.equal(await codeOf(await request()), "authorization-code-spent");
  assert.equal(exchanges(), 1);
  assert.equal(logins.length, 1);
});

test("work that is under way is not begun again, however long it takes and however many others come", async (t) => {
  const completions = new Completions(5);
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  const gate = { open: () => {} };
  const opened = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  let begun = 0;
  const run = (key: string, until: Promise<void> = Promise.resolve()) =>
    completions.run(
      key,
      async () => {
        begun += 1;
        await until;
        return { location: `/${key}`, cookies: [] };
      },
      () => false,
    );
  const slow = run("slow", opened);
  for (let other = 0; other < 1_100; other += 1) await run(`other${other}`);
  t.mock.timers.setTime(Date.now() + 76_000);
  await assert.rejects(run("slow"), { code: "authorization-code-spent" });
  assert.equal(begun, 1_101);
  gate.open();
  assert.deepEqual(await slow, { location: "/slow", cookies: [] });
  assert.deepEqual(await run("other1099").catch(({ code }) => code), "authorization-code-spent");
  assert.equal(begun, 1_101);
});

test("codes of no worth neither fill the store nor keep anybody from logging in, signing or logging out", async () => {
  const store = memoryStore({ maxEntries: 20, now: () => world.now });
  const { browser, party } = counting({ store });
  const junk = async () => {
    const other = new Browser(party);
    const callback = await world.begin(other);
    callback.searchParams.set("code", "junk");
    return codeOf(await other.send(callback));
  };
  for (let time = 0; time < 30; time += 1) assert.equal(await junk(), "authorization-code-spent");
  assert.equal(await store.create("code:x", "1", 60).catch(({ code }) => code), "store-full");
  assert.equal((await browser.send(await world.begin(browser))).status, 303);
  for (let time = 0; time < 10; time += 1)
    assert.equal(await store.create(`signature:${time}`, "1", 60), true);
  assert.equal(await store.create("signature:x", "1", 60).catch(({ code }) => code), "store-full");
  // A failure is kept for a minute, and a code that is forgotten leaves its room.
  world.now += 61;
  assert.equal(await store.create("code:x", "1", 60), true);
  await store.delete("code:x");
  for (let time = 0; time < 10; time += 1) assert.equal(await store.create(`code:${time}`, "1", 60), true);
  world.now -= 61;
});

test("a Response of onLogin ends the session that was there: it may be another person's", async () => {
  const answers: unknown[] = [undefined, new Response("please register")];
  const store = memoryStore();
  const { browser, party } = counting({ store, onLogin: () => answers.shift() as never });
  world.provider.claims = { sub: "somebody" };
  await browser.send(await world.begin(browser));
  const copy = browser.session;
  world.provider.claims = { sub: "anotherone" };
  assert.equal((await browser.send(await world.begin(browser))).status, 200);
  assert.deepEqual(browser.named("honnin-session"), []);
  assert.equal(await party.session(new Request(site, { headers: { cookie: copy } })), undefined);
});

test("without a store, another process does not know: the loser has a page of its own that leads on", async () => {
  const [first, second] = [counting(), counting()];
  const callback = await world.begin(first.browser, "?return_to=/account&lang=en");
  const { cookieHeader } = first.browser;
  assert.equal((await first.browser.send(callback)).status, 303);
  const loser = await second.party.fetch(new Request(callback, { headers: { cookie: cookieHeader } }));
  assert.equal(loser.status, 400);
  assert.equal(await codeOf(loser), "authorization-code-spent");
  const html = await loser.text();
  assert.match(html, /<a href="\/account">Continue to the site<\/a><a href="\/auth\/login\?/);
  assert.equal(second.logins.length, 0);
  assert.equal(sessionIn(loser), undefined);
});

test("where onLogin answers itself, the others are led to return_to with its cookies", async () => {
  let calls = 0;
  const { browser, party } = counting({
    onLogin: () => {
      calls += 1;
      return new Response("hello", { headers: { "set-cookie": "own=1; Path=/" } });
    },
  });
  const callback = await world.begin(browser, "?return_to=/account");
  const { cookieHeader } = browser;
  const both = await Promise.all(
    [1, 2].map(() => party.fetch(new Request(callback, { headers: { cookie: cookieHeader } }))),
  );
  // The platform's digests decide which of them is first.
  const own = both.find(({ status }) => status === 200);
  const other = both.find((response) => response !== own);
  assert.ok(own && other);
  assert.equal(calls, 1);
  assert.equal(await own.text(), "hello");
  assert.equal(own.headers.get("cache-control"), "no-store");
  assert.equal(own.headers.get("referrer-policy"), "no-referrer");
  assert.equal(other.status, 303);
  assert.equal(other.headers.get("location"), `${site}/account`);
  assert.ok(other.headers.getSetCookie().includes("own=1; Path=/"));
  browser.cookies.clear();
  for (const line of own.headers.getSetCookie()) {
    const [pair = ""] = line.split(";");
    browser.cookies.set(pair.slice(0, pair.indexOf("=")), {
      value: pair.slice(pair.indexOf("=") + 1),
      attributes: new Map(),
    });
  }
  const again = await browser.send(callback);
  assert.equal(again.headers.get("location"), `${site}/account`);
  assert.equal(calls, 1);
});

test("the site's own headers win over the handler's", async () => {
  const headers = { "cache-control": "private", "referrer-policy": "same-origin" };
  const { browser } = counting({ onLogin: () => new Response("x", { headers }) });
  const response = await browser.send(await world.begin(browser));
  assert.equal(response.headers.get("cache-control"), "private");
  assert.equal(response.headers.get("referrer-policy"), "same-origin");
});

for (const [where, shared] of [
  ["one process", undefined],
  ["two processes that share a store", memoryStore()],
] as const) {
  test(`a login that fails, fails for all of ${where}, with one exchange`, async () => {
    const options = { onLogin: () => assert.fail("no login"), ...(shared && { store: shared }) };
    const [first, second] = [counting(options), counting(options)];
    world.provider.claims = { nonce: "x" };
    const callback = await world.begin(first.browser);
    const { cookieHeader } = first.browser;
    const answers = await Promise.all(
      [first, shared ? second : first].map(({ party }) =>
        party.fetch(new Request(callback, { headers: { cookie: cookieHeader } })),
      ),
    );
    assert.deepEqual(await Promise.all(answers.map(codeOf)), ["nonce-mismatch", "nonce-mismatch"]);
    assert.equal(exchanges(), 1);
    for (const answer of answers)
      assert.match(answer.headers.getSetCookie().join(), /honnin-login-.*Max-Age=120/);
  });
}

test("a refusal that is loaded again is the same refusal, in the same language, with the same way on", async () => {
  const { browser } = counting({ onLogin: () => assert.fail("no login") });
  world.provider.claims = { nonce: "x" };
  const callback = await world.begin(browser, "?lang=en&return_to=/account");
  const first = await browser.send(callback);
  const again = await browser.send(callback);
  for (const answer of [first, again]) {
    assert.equal(answer.status, 502);
    assert.equal(await codeOf(answer), "nonce-mismatch");
  }
  assert.equal(await again.text(), await first.text());
  assert.equal(exchanges(), 1);
  const denied = await world.begin(browser, "?lang=ja");
  denied.searchParams.delete("code");
  denied.searchParams.set("error", "access_denied");
  for (let time = 0; time < 2; time += 1)
    assert.equal(await codeOf(await browser.send(denied)), "login-denied");
});

test("a store that is out before the code is handed in spends neither code nor login; afterwards it costs nothing", async () => {
  const good = memoryStore();
  const out = { create: false, replace: false };
  const failing: Store = {
    ...good,
    create: async (...given) => {
      if (out.create) throw new Error("the store of 山田花子 is out");
      return good.create(...given);
    },
    replace: async (...given) => {
      if (out.replace) throw new Error("the store is out");
      return good.replace(...given);
    },
  };
  const { browser, logins } = counting({ store: failing });
  const callback = await world.begin(browser);
  out.create = true;
  const refused = await browser.send(callback);
  assert.equal(refused.status, 503);
  assert.equal(await codeOf(refused), "store-unreachable");
  assert.doesNotMatch(await refused.text(), /山田/);
  assert.equal(exchanges(), 0);
  assert.equal(browser.named("honnin-login").length, 1);
  Object.assign(out, { create: false, replace: true });
  assert.equal((await browser.send(callback)).status, 303);
  assert.equal(logins.length, 1);
});

test("a value that was kept, although the store failed to say so, is this request's own", async () => {
  const good = memoryStore();
  const late: Store = {
    ...good,
    create: async (...given) => {
      await good.create(...given);
      throw new Error("the answer is lost");
    },
  };
  const { browser, logins } = counting({ store: late });
  assert.equal((await browser.send(await world.begin(browser))).status, 303);
  assert.equal(logins.length, 1);
  assert.equal(exchanges(), 1);
});

test("a store that fails while another process's outcome is read leaves the login its way on", async () => {
  const good = memoryStore();
  let out = true;
  const flaky: Store = {
    ...good,
    get: async (key) => (out ? Promise.reject(new Error("x")) : good.get(key)),
  };
  const [first, second] = [counting({ store: good }), counting({ store: flaky })];
  const callback = await world.begin(first.browser, "?return_to=/account");
  const { cookieHeader } = first.browser;
  const request = () => new Request(callback, { headers: { cookie: cookieHeader } });
  assert.equal((await first.party.fetch(request())).status, 303);
  const refused = await second.party.fetch(request());
  assert.equal(await codeOf(refused), "store-unreachable");
  assert.deepEqual(refused.headers.getSetCookie(), []);
  out = false;
  const again = await second.party.fetch(request());
  assert.equal(again.headers.get("location"), `${site}/account`);
  assert.notEqual(sessionIn(again), undefined);
  assert.equal(exchanges(), 1);
});

test("a store that says neither yes nor no is named as the cause", async () => {
  for (const answer of ["OK", 1, undefined, null]) {
    const good = memoryStore();
    const mute = { ...good, create: async () => answer as never };
    const { browser } = counting({ store: mute });
    assert.equal(await codeOf(await browser.send(await world.begin(browser))), "store-unreachable");
  }
  assert.equal(exchanges(), 0);
});

test("a store that never answers is out after the time that a request has", async () => {
  const never: Store = { ...memoryStore(), create: () => new Promise(() => {}) };
  const { browser } = counting({ store: never, timeout: 0.05 });
  const callback = await world.begin(browser);
  assert.equal(await codeOf(await browser.send(callback)), "store-unreachable");
});

test("whoever waits for another request waits for so long only", async () => {
  const gate = { open: () => {}, reached: () => {} };
  const opened = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    gate.reached = resolve;
  });
  const { browser, party } = counting({
    timeout: 0.5,
    onLogin: async () => {
      gate.reached();
      await opened;
    },
  });
  const callback = await world.begin(browser);
  const { cookieHeader } = browser;
  const request = () => party.fetch(new Request(callback, { headers: { cookie: cookieHeader } }));
  const slow = request();
  // Otherwise, either of the two may be the first.
  await Promise.race([reached, slow]);
  const waiting = await request();
  assert.equal(await codeOf(waiting), "authorization-code-spent");
  assert.deepEqual(waiting.headers.getSetCookie(), [], "its login can still be completed");
  gate.open();
  assert.equal((await slow).status, 303);
  assert.equal(exchanges(), 1);
});

test("what another process took and never finished is handed in by nobody", async () => {
  const shared = memoryStore();
  const dead = counting({ store: shared, onLogin: () => new Promise(() => {}) });
  const alive = counting({ store: shared, timeout: 0.1 });
  const callback = await world.begin(dead.browser);
  const { cookieHeader } = dead.browser;
  void dead.party.fetch(new Request(callback, { headers: { cookie: cookieHeader } }));
  for (let turn = 0; exchanges() === 0; turn += 1) {
    assert.ok(turn < 100_000, "the code is not handed in");
    await new Promise((resolve) => setImmediate(resolve));
  }
  const loser = await alive.party.fetch(new Request(callback, { headers: { cookie: cookieHeader } }));
  assert.equal(await codeOf(loser), "authorization-code-spent");
  assert.equal(exchanges(), 1);
  assert.equal(alive.logins.length, 0);
});

test("a store that is read by others holds no token, no session and no name", async () => {
  const kept: string[] = [];
  const good = memoryStore();
  const { browser } = counting({
    store: {
      ...good,
      create: (key, value, seconds) => {
        kept.push(key, value);
        return good.create(key, value, seconds);
      },
      replace: (key, old, value, seconds) => {
        kept.push(key, value);
        return good.replace(key, old, value, seconds);
      },
    },
  });
  const callback = await world.begin(browser);
  await browser.send(callback);
  const { session } = browser;
  assert.ok(kept.length >= 4);
  for (const text of kept) {
    assert.ok(!text.includes(session.split("=")[1] ?? "?") && !text.includes(world.provider.sub));
    assert.ok(!text.includes(callback.searchParams.get("code") ?? "?"));
    assert.ok(!text.includes(callback.searchParams.get("state") ?? "?"));
  }
});

test("the outcome of one code is not taken for that of another, should a store mix them up", async () => {
  const values = new Map<string, string>();
  const mixing: Store = {
    create: async (key, value) => {
      if (values.has(key)) return false;
      values.set(key, value);
      return true;
    },
    // Whatever is asked for: the outcome that was kept first.
    get: async (key) =>
      key.startsWith("code:") ? [...values].find(([name]) => name.startsWith("code:"))?.[1] : undefined,
    replace: async (key, _, value) => {
      values.set(key, value);
      return true;
    },
    delete: async (key) => void values.delete(key),
  };
  const one = counting({ store: mixing });
  const two = counting({ store: mixing, timeout: 0.05 });
  assert.equal((await one.browser.send(await world.begin(one.browser))).status, 303);
  const callback = await world.begin(two.browser);
  const { cookieHeader } = two.browser;
  const first = await counting({ store: mixing }).party.fetch(
    new Request(callback, { headers: { cookie: cookieHeader } }),
  );
  assert.equal(first.status, 303);
  const second = await two.party.fetch(new Request(callback, { headers: { cookie: cookieHeader } }));
  assert.equal(await codeOf(second), "authorization-code-spent");
});
