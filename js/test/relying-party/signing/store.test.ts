// Stores: that of one process, and those that fail or mix things up.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStore } from "../../../src/relying-party/index.js";
import { codeOf } from "../browser.js";
import { now } from "./cards.js";
import { form, openSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

test("memoryStore forgets in time, and takes no more when it is full: nobody pushes out what others have", async () => {
  let time = 1_000;
  const store = memoryStore({ maxEntries: 2, now: () => time });
  await store.set("a", "1", 10);
  await store.set("b", "2", 20);
  assert.equal(await store.get("a"), "1");
  time = 1_010;
  assert.equal(await store.get("a"), undefined);
  await store.set("c", "3", 10);
  assert.equal(await store.get("b"), "2");
  await store.set("b", "4", 20);
  await assert.rejects(store.set("d", "5", 10), /holds 2 values/);
  assert.equal(await store.get("c"), "3");
  assert.equal(await store.get("b"), "4");
  assert.equal(await store.get("d"), undefined);
  await store.delete("b");
  assert.equal(await store.get("b"), undefined);
  await store.set("d", "5", 10);
  assert.equal(await store.get("d"), "5");
  assert.throws(() => memoryStore({ maxEntries: 0 }), { code: "options-invalid" });
  assert.throws(() => memoryStore({ now: 5 as never }), { code: "options-invalid" });
});

test("a full memoryStore begins no signature, and says so to the operator", async () => {
  const store = memoryStore({ maxEntries: 1 });
  const first = openSite(world, { store });
  const callback = await first.begin();
  const second = openSite(world, { store });
  const refused = await second.post();
  assert.equal(refused.status, 500);
  assert.equal(await codeOf(refused), "internal-error");
  assert.deepEqual(second.browser.named("honnin-"), []);
  assert.equal((await first.browser.send(callback)).status, 303);
  assert.equal(first.signings.length, 1);
});

test("a signature goes its way with memoryStore", async () => {
  const opened = openSite(world, { store: memoryStore() });
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
  assert.equal(await codeOf(refused), "internal-error");
  opened.store.fail = {};
  const callback = await opened.begin();
  const set = opened.store.set.bind(opened.store);
  let sets = 0;
  opened.store.set = async (...given) => {
    sets += 1;
    // The code that is handed in, and the tokens.
    if (sets > 2) throw new Error("the store is out");
    return set(...given);
  };
  opened.store.fail = { delete: true };
  assert.equal((await opened.browser.send(callback)).status, 303);
  assert.equal(opened.signings.length, 1);
  opened.store.fail = { get: true };
  assert.equal(await codeOf(await opened.resume()), "signature-not-found");
});
