// Stores: that of one process, and those that fail or mix things up.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStore, type Store } from "../../../src/relying-party/index.js";
import { storeConformance } from "../../../src/relying-party/storage/store-conformance.js";
import { codeOf } from "../browser.js";
import { now } from "./cards.js";
import { form, openSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

for (const { name, run } of conformance()) test(`memoryStore: ${name}`, run);

function conformance() {
  let time = 1_000;
  const store = memoryStore({ now: () => time });
  return storeConformance(() => store, {
    advance: (seconds) => {
      time += seconds;
    },
  });
}

/** Faults that a store may have; each has to show. */
const faults: [string, (store: Store) => Partial<Store>][] = [
  [
    "create overwrites",
    (store) => ({
      create: async (...given) => {
        await store.delete(given[0]);
        return store.create(...given);
      },
    }),
  ],
  [
    "create does not say so",
    (store) => ({
      create: async (...given) => {
        await store.create(...given);
        return true;
      },
    }),
  ],
  [
    "replace does not compare",
    (store) => ({
      replace: async (key, _expected, value, seconds) => {
        await store.delete(key);
        return store.create(key, value, seconds);
      },
    }),
  ],
  [
    "replace compares and sets in two steps",
    (store) => ({
      replace: async (key, expected, value, seconds) => {
        if ((await store.get(key)) !== expected) return false;
        await new Promise((resolve) => setImmediate(resolve));
        await store.delete(key);
        await store.create(key, value, seconds);
        return true;
      },
    }),
  ],
  ["delete does nothing", () => ({ delete: async () => undefined })],
  [
    "values are cut",
    (store) => ({ create: (key, value, seconds) => store.create(key, value.slice(0, 1_000), seconds) }),
  ],
  ["nothing lapses", (store) => ({ create: (key, value) => store.create(key, value, 1e9) })],
  [
    "replace keeps the old time",
    (store) => ({ replace: (key, expected, value) => store.replace(key, expected, value, 1e9) }),
  ],
];
for (const [name, fault] of faults) {
  test(`the conformance suite notices that ${name}`, async () => {
    let time = 1_000;
    const good = memoryStore({ now: () => time });
    const cases = storeConformance(() => ({ ...good, ...fault(good) }), {
      advance: (seconds) => {
        time += seconds;
      },
    });
    const results = await Promise.allSettled(cases.map(({ run }) => run()));
    assert.ok(results.some(({ status }) => status === "rejected"));
  });
}

test("memoryStore takes no more when it is full, and makes room in time: nobody pushes out what others have", async () => {
  let time = 1_000;
  const store = memoryStore({ maxEntries: 2, now: () => time });
  await store.create("a", "1", 10);
  await store.create("b", "2", 20);
  await assert.rejects(store.create("c", "3", 10), { code: "store-full", message: /holds 2 values/ });
  assert.equal(await store.replace("b", "2", "4", 20), true);
  time = 1_010;
  assert.equal(await store.create("c", "3", 10), true);
  await assert.rejects(store.create("d", "5", 10), { code: "store-full" });
  assert.equal(await store.get("b"), "4");
  assert.throws(() => memoryStore({ maxEntries: 0 }), { code: "options-invalid" });
  assert.throws(() => memoryStore({ now: "5" as never }), { code: "options-invalid" });
});

test("a full store begins no signature, and says so to everybody", async () => {
  const store = memoryStore({ maxEntries: 2 });
  const first = openSite(world, {}, { store });
  const callback = await first.begin();
  const second = openSite(world, {}, { store });
  const refused = await second.post();
  assert.equal(refused.status, 503);
  assert.equal(refused.headers.get("retry-after"), "30");
  assert.equal(await codeOf(refused), "store-full");
  assert.deepEqual(second.browser.named("honnin-"), []);
  assert.equal((await first.browser.send(callback)).status, 303);
  assert.equal(first.signings.length, 1);
});

test("a signature goes its way with memoryStore", async () => {
  const opened = openSite(world, {}, { store: memoryStore() });
  const response = await opened.browser.send(await opened.begin({ ...form }));
  assert.equal(response.status, 303);
  assert.equal(opened.signings.length, 1);
  assert.equal(await codeOf(await opened.resume()), "signature-not-found");
});

test("a record that the store has lost, mixed up or kept too long counts for nothing", async () => {
  const opened = openSite(world);
  const first = await opened.begin();
  const second = await opened.begin();
  const [a, b] = [...opened.store.entries.values()];
  assert.ok(a && b);
  [a.value, b.value] = [b.value, a.value];
  assert.equal(await codeOf(await opened.browser.send(first)), "signature-not-found");
  [a.value, b.value] = [b.value, a.value];
  world.now = now + 599;
  assert.notEqual(await codeOf(await opened.resume()), "signature-not-found");
  world.now = now + 600;
  const late = await opened.browser.send(second);
  assert.equal(await codeOf(late), "signature-not-found");
  assert.equal(late.status, 404);
  assert.equal(world.provider.tokenRequests.filter(({ form: sent }) => sent.has("code")).length, 0);
  const altered = openSite(world);
  const callback = await altered.begin();
  for (const entry of altered.store.entries.values()) entry.value = `${entry.value.slice(0, -2)}AA`;
  assert.equal(await codeOf(await altered.browser.send(callback)), "signature-not-found");
});

test("a store that fails: before the result an error, with the result at hand no loss", async () => {
  const opened = openSite(world);
  opened.store.fail = { set: true };
  const refused = await opened.post();
  assert.equal(refused.status, 503);
  assert.equal(await codeOf(refused), "store-unreachable");
  opened.store.fail = {};
  const callback = await opened.begin();
  const replace = opened.store.replace.bind(opened.store);
  let replaced = 0;
  opened.store.replace = async (...given) => {
    replaced += 1;
    // The code that is handed in, and the tokens.
    if (replaced > 2) throw new Error("the store is out");
    return replace(...given);
  };
  opened.store.fail = { delete: true };
  assert.equal((await opened.browser.send(callback)).status, 303);
  assert.equal(opened.signings.length, 1);
  opened.store.fail = { get: true };
  assert.equal(await codeOf(await opened.resume()), "signature-not-found");
});
