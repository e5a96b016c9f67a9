// A store that fails at each of its operations, before or after it did its work.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HonninError, memoryStore, type Store } from "../../../src/relying-party/index.js";
import type { Browser } from "../browser.js";
import { codeOf } from "../browser.js";
import { useWorld } from "../setup.js";
import {
  authorize,
  base,
  errorOf,
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

interface Faulty {
  readonly store: Store;
  /** How many operations there were. */
  count: number;
  /** The operation that fails; none by default. */
  fails: (count: number) => boolean;
}

function faultyStore(isLate: boolean): Faulty {
  const inner = memoryStore({ now: () => world.now });
  const faulty: Faulty = { store: undefined as never, count: 0, fails: () => false };
  async function operate<T>(work: () => Promise<T>): Promise<T> {
    faulty.count += 1;
    const fails = faulty.fails(faulty.count);
    if (fails && !isLate) throw new Error("secret of the store");
    const result = await work();
    if (fails) throw new Error("secret of the store");
    return result;
  }
  const store: Store = {
    create: (...given) => operate(() => inner.create(...given)),
    get: (key) => operate(async () => inner.get(key)),
    replace: (...given) => operate(() => inner.replace(...given)),
    delete: (key) => operate(() => inner.delete(key)),
  };
  return Object.assign(faulty, { store });
}

/** Takes a step again, once, after the store failed. Anything else fails the test. */
async function twice(step: () => Promise<Response>): Promise<Response> {
  const first = await step();
  if (first.status < 400) return first;
  assert.equal(first.status, 503);
  assert.equal(first.headers.get("retry-after"), "30");
  assert.equal((await codeOf(first)) ?? (await errorOf(first)), "store-unreachable");
  assert.doesNotMatch(await first.clone().text(), /secret/);
  const second = await step();
  assert.ok(second.status < 400, `${second.status} ${await second.clone().text()}`);
  return second;
}

/** The whole way, with the patience of a user. */
async function walk(opened: ReturnType<typeof openSite>): Promise<{ pc: Browser; phone: Browser }> {
  const [pc, phone] = [opened.browser(), opened.browser()];
  const { url } = (await (await twice(() => post(pc, "", {}))).json()) as { url: string };
  await twice(() => pc.send(`${base}/state`, { headers: { "sec-fetch-site": "same-origin" } }));
  await twice(() => phone.send(url));
  const secret = url.slice(-43);
  await twice(() => submit(phone, "/scan", { secret }));
  const page = await twice(() => phone.send(`${base}/phone`));
  const [, number = ""] = /translate="no">(\d{6})/.exec(await page.text()) ?? [];
  await twice(() => type(pc, number));
  // A code works once, so the phone goes to the service again.
  await twice(async () => {
    const away = await twice(() =>
      phone.send(`${base}/authorize`, { headers: { "sec-fetch-site": "same-origin" } }),
    );
    return phone.send(world.provider.authorize(away.headers.get("location") ?? ""));
  });
  await twice(() => phone.send(`${base}/phone`));
  await twice(() => submit(pc, "/claim"));
  return { pc, phone };
}

for (const isLate of [false, true]) {
  test(`an operation that fails ${isLate ? "after" : "before"} its work costs one more try, and never a second login`, async (t) => {
    const whole = faultyStore(isLate);
    await walk(openSite(world, { store: whole.store }));
    const { count } = whole;
    assert.ok(count > 20);
    for (let failing = 1; failing <= count; failing += 1) {
      const faulty = faultyStore(isLate);
      faulty.fails = (at) => at === failing;
      const opened = openSite(world, { store: faulty.store });
      const { pc, phone } = await walk(opened);
      assert.equal(opened.logins.length, 1, `operation ${failing}`);
      assert.equal(pc.named("honnin-session").length, 1);
      assert.deepEqual(phone.named("honnin-session"), []);
      assert.deepEqual(
        opened.codes.filter((code) => code !== "store-unreachable"),
        [],
      );
    }
    t.diagnostic(`${count} operations`);
  });
}

test("a store that is out at each step: its code, as JSON for the page and as a page for users; nothing is half done", async () => {
  const faulty = faultyStore(false);
  const opened = openSite(world, { store: faulty.store });
  const out = () => {
    faulty.fails = () => true;
  };
  const back = () => {
    faulty.fails = () => false;
  };
  const { pc, phone, url, number } = await reach(opened, "scanned");
  out();
  for (const response of [
    await post(pc, "", {}),
    await pc.send(`${base}/state`, { headers: { "sec-fetch-site": "same-origin" } }),
    await pc.send(`${base}/events`, { headers: { "sec-fetch-site": "same-origin" } }),
    await type(pc, number),
    await post(pc, "/cancel", {}),
    await phone.send(`${base}/phone/state`, { headers: { "sec-fetch-site": "same-origin" } }),
  ]) {
    assert.equal(response.status, 503);
    assert.equal(await errorOf(response), "store-unreachable");
    assert.deepEqual(response.headers.getSetCookie(), []);
  }
  for (const response of [
    await phone.send(url),
    await submit(phone, "/scan", { secret: url.slice(-43) }),
    await phone.send(`${base}/phone`),
    await phone.send(`${base}/authorize`, { headers: { "sec-fetch-site": "same-origin" } }),
    await submit(phone, "/cancel"),
    await submit(pc, "/claim"),
  ]) {
    assert.equal(response.status, 503);
    assert.equal(await codeOf(response), "store-unreachable");
    assert.deepEqual(response.headers.getSetCookie(), []);
  }
  back();
  assert.deepEqual(await stateOf(pc), { state: "scanned", expiresIn: 180, triesLeft: 5 });
  await type(pc, number);
  const callback = await authorize(world, phone);
  out();
  assert.equal(await codeOf(await phone.send(callback)), "store-unreachable");
  assert.equal(world.provider.tokenRequests.length, 0);
  back();
  // Nothing was used, so the same callback still counts.
  assert.equal((await phone.send(callback)).headers.get("location"), `${base}/phone`);
  out();
  assert.equal(await codeOf(await submit(pc, "/claim")), "store-unreachable");
  assert.equal(opened.logins.length, 0);
  back();
  assert.equal((await submit(pc, "/claim")).status, 303);
  assert.equal(opened.logins.length, 1);
});

test("a store whose client sends each command for a handoff twice: each step counts once, and none is taken for that of another request", async () => {
  const inner = memoryStore({ now: () => world.now });
  // Not those for counters: a start is counted twice then.
  const isHandoff = (key: string) => key.startsWith("handoff:");
  const store: Store = {
    ...inner,
    create: async (...given) => {
      if (isHandoff(given[0])) await inner.create(...given);
      return inner.create(...given);
    },
    replace: async (...given) => {
      if (isHandoff(given[0])) await inner.replace(...given);
      return inner.replace(...given);
    },
  };
  const opened = openSite(world, { store });
  const wrong = await reach(opened, "scanned");
  assert.equal(await errorOf(await type(wrong.pc, otherThan(wrong.number))), "handoff-number-wrong");
  assert.equal((await stateOf(wrong.pc)).triesLeft, 4);
  assert.equal((await type(wrong.pc, wrong.number)).status, 200);
  const { pc } = await reach(opened, "done");
  const claimed = await submit(pc, "/claim");
  assert.equal(claimed.headers.get("location"), "http://localhost:4000/");
  assert.equal(opened.logins.length, 1);
  assert.equal(pc.named("honnin-session").length, 1);
});

test("after a change of the first secret, both browsers are told to start again, and nothing is handed over", async () => {
  const [old, fresh] = ["an old secret: 0123456789 abcdefghij", "a fresh secret: 9876543210 jihgfedcba"];
  const before = openSite(world, { cookieSecret: [old] });
  const after = openSite(world, { store: before.store, cookieSecret: [fresh, old] });
  const { pc, phone, url } = await reach(before, "done");
  const moved = ({ cookies }: Browser) => {
    const there = after.browser();
    for (const [name, cookie] of cookies) there.cookies.set(name, cookie);
    return there;
  };
  assert.equal((await stateOf(moved(pc))).error, "handoff-other-browser");
  assert.equal(await codeOf(await submit(moved(pc), "/claim")), "handoff-other-browser");
  assert.equal(await codeOf(await moved(phone).send(`${base}/phone`)), "handoff-other-browser");
  assert.equal(await codeOf(await after.browser().send(url)), "handoff-not-found");
  assert.deepEqual(after.logins, []);
  // The instances that do not know the new one yet complete it.
  assert.equal((await submit(pc, "/claim")).status, 303);
  await reach(after, "claimed");
});

test("a store without room starts no handoff, and says so", async () => {
  // A quarter is for handoffs: one counter and two of them.
  const store = memoryStore({ maxEntries: 12, now: () => world.now });
  const opened = openSite(world, { store, handoff: { limits: { anonymous: 10 } } });
  await show(opened.browser());
  await show(opened.browser());
  const response = await post(opened.browser(), "", {});
  assert.equal(response.status, 503);
  assert.equal(await errorOf(response), "store-full");
});

test("a store that mixes up its values, or alters them, is not trusted", async () => {
  const inner = memoryStore({ now: () => world.now });
  let twist = (_: string): string | undefined => undefined;
  const keys: string[] = [];
  const opened = openSite(world, {
    store: {
      ...inner,
      create: (key, value, seconds) => {
        keys.push(key);
        return inner.create(key, value, seconds);
      },
      get: async (key) => twist(key) ?? inner.get(key),
    },
  });
  const [first, second] = [opened.browser(), opened.browser()];
  const [url] = [await show(first), await show(second)];
  const [, other = ""] = keys.filter((key) => key.startsWith("handoff:"));
  const value = (await inner.get(other)) ?? "";
  for (const wrong of [value, `${value.slice(0, -1)}${value.endsWith("A") ? "B" : "A"}`, "", "null", "{}"]) {
    twist = (key) => (key.startsWith("handoff:") && key !== other ? wrong : undefined);
    assert.equal((await stateOf(first)).error, "handoff-not-found");
    assert.equal(await codeOf(await opened.browser().send(url)), "handoff-not-found");
  }
});

test("a claim whose request died leaves the others a page that says so, not a second login", async () => {
  let release: (() => void) | undefined;
  const opened = openSite(world, {
    timeout: 0.05,
    onLogin: (login) => {
      opened.logins.push(login);
      return new Promise((resolve) => {
        release = () => resolve(undefined);
      });
    },
  });
  const { pc } = await reach(opened, "done", { returnTo: "/account" });
  const first = submit(pc, "/claim");
  const second = await submit(pc, "/claim");
  assert.equal(await codeOf(second), "authorization-code-spent");
  assert.match(await second.text(), /<a href="\/account">/);
  assert.equal(opened.logins.length, 1);
  release?.();
  assert.equal((await first).status, 303);
  assert.equal((await submit(pc, "/claim")).headers.get("location"), `${new URL(base).origin}/account`);
  assert.equal(opened.logins.length, 1);
});

test("handoff needs a store, and its options are checked at once", () => {
  for (const [options, name] of [
    [{ handoff: true, store: undefined }, "store"],
    [{ handoff: false }, "handoff"],
    [{ handoff: null }, "handoff"],
    [{ handoff: "yes" }, "handoff"],
    [{ handoff: { lifetimes: 1 } }, "handoff.lifetimes"],
    [{ handoff: { lifetime: 59 } }, "handoff.lifetime"],
    [{ handoff: { lifetime: 901 } }, "handoff.lifetime"],
    [{ handoff: { codeLifetime: 29 } }, "handoff.codeLifetime"],
    [{ handoff: { lifetime: 100, codeLifetime: 101 } }, "handoff.codeLifetime"],
    [{ handoff: { numberLifetime: 601 } }, "handoff.numberLifetime"],
    [{ handoff: { claimLifetime: 121 } }, "handoff.claimLifetime"],
    [{ handoff: { tries: 6 } }, "handoff.tries"],
    [{ handoff: { tries: 0 } }, "handoff.tries"],
    [{ handoff: { pollInterval: 0.1 } }, "handoff.pollInterval"],
    [{ handoff: { operator: "" } }, "handoff.operator"],
    [{ handoff: { operator: "a\u202eb" } }, "handoff.operator"],
    [{ handoff: { operator: 5 } }, "handoff.operator"],
    [{ handoff: { clientOf: { header: "forwarded" } } }, "handoff.clientOf.header"],
    [{ handoff: { clientOf: 5 } }, "handoff.clientOf"],
    [{ handoff: { limits: { perClient: 0 } } }, "handoff.limits.perClient"],
    [{ handoff: { limits: { each: 1 } } }, "handoff.limits.each"],
  ] as const) {
    assert.throws(
      () => world.party({ store: memoryStore(), ...(options as object) }),
      (error) => {
        assert.ok(error instanceof HonninError);
        assert.equal(error.code, "options-invalid");
        assert.ok(error.message.startsWith(`${name} must `), error.message);
        return true;
      },
    );
  }
});

test("the number on the phone is six digits of a CSPRNG, and every scan has its own", async () => {
  const opened = openSite(world);
  const numbers = new Set<string>();
  for (let at = 0; at < 30; at += 1) {
    const phone = opened.browser();
    world.now += 60;
    await scan(phone, await show(opened.browser()));
    numbers.add(await numberOn(phone));
  }
  // The same number twice among thirty: once in 2,300 runs.
  assert.ok(numbers.size >= 29);
});
