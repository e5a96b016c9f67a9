// The store in Durable Objects, in workerd with the objects on disk.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { Store } from "honnin/relying-party";
import { storeConformance } from "honnin/store-conformance";
import { WorkerdProcess } from "./workerd-process.ts";

let folder: string;
let workerd: WorkerdProcess;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "honnin-store-"));
  workerd = new WorkerdProcess(folder);
  await workerd.start();
});
after(async () => {
  await workerd.kill();
  await rm(folder, { recursive: true });
});

/** The store in a process. */
function storeIn(process: () => WorkerdProcess): Store {
  const call = async (name: keyof Store, ...given: unknown[]): Promise<unknown> => {
    const { value, error } = (await process().call(name, ...given)) as { value?: unknown; error?: unknown };
    if (error !== undefined) throw new Error(JSON.stringify(error));
    return value;
  };
  return {
    create: async (...given) => (await call("create", ...given)) as boolean,
    get: async (...given) => (await call("get", ...given)) as string | undefined,
    replace: async (...given) => (await call("replace", ...given)) as boolean,
    delete: async (...given) => void (await call("delete", ...given)),
  };
}

const store = storeIn(() => workerd);

const state = async (key: string, process = workerd) =>
  (await process.call("state", key)) as { values: number; alarm: number | null };

const nothing = { values: 0, alarm: null };

/** Until it is so. Gives up after ten seconds. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const start = performance.now(); !(await isSo()); await setImmediate())
    assert.ok(performance.now() - start < 10_000, "it did not come to that");
}

for (const { name, run } of storeConformance(() => store)) test(name, run);

test("a value has an alarm at its end, which a replacement moves", async () => {
  const start = Date.now();
  await store.create("alarm", "one", 60);
  const { values, alarm } = await state("alarm");
  assert.equal(values, 1);
  assert.ok(alarm !== null && alarm >= start + 60_000 && alarm <= Date.now() + 60_000);
  await store.replace("alarm", "one", "two", 600);
  const { alarm: moved } = await state("alarm");
  assert.ok(moved !== null && moved >= start + 600_000);
});

test("an alarm that was on its way when the value was replaced changes nothing", async () => {
  await store.create("early", "one", 600);
  const { alarm } = await state("early");
  await workerd.call("ring", "early");
  assert.equal(await store.get("early"), "one");
  assert.equal((await state("early")).alarm, alarm);
});

test("nothing is left of a value that has expired, was deleted, or was never there", async () => {
  await store.create("expired", "one", 0.05);
  await until(async () => (await state("expired")).values === 0);
  assert.deepEqual(await state("expired"), nothing);
  await store.create("deleted", "one", 600);
  await store.delete("deleted");
  assert.deepEqual(await state("deleted"), nothing);
  await store.get("missing");
  await store.replace("missing", "one", "two", 600);
  await store.delete("missing");
  assert.deepEqual(await state("missing"), nothing);
});

test("values and their ends survive a process that is killed", async () => {
  await store.create("long", "one", 600);
  await store.create("replaced", "one", 600);
  await store.replace("replaced", "one", "two", 600);
  await store.create("deleted-before", "one", 600);
  await store.delete("deleted-before");
  const { alarm } = await state("long");
  const started = Date.now();
  await store.create("short", "one", 1);
  await workerd.kill();
  await workerd.start();
  assert.equal(await store.get("long"), "one");
  assert.equal(await store.create("long", "other", 600), false);
  assert.equal((await state("long")).alarm, alarm);
  assert.equal(await store.get("replaced"), "two");
  assert.equal(await store.get("deleted-before"), undefined);
  await until(async () => (await store.get("short")) === undefined);
  assert.ok(Date.now() >= started + 1_000, "not before its end");
  await until(async () => (await state("short")).values === 0);
});

test("a create that the end of the process interrupts has happened or not", async () => {
  for (const most of [1, 20, 50]) {
    const confirmed = new Set<string>();
    const interrupted: string[] = [];
    let count = 0;
    const createUntilKilled = async () => {
      for (;;) {
        count += 1;
        const key = `create ${most} ${count}`;
        const made = await store.create(key, `value of ${key}`, 600).catch(() => "interrupted");
        if (made === "interrupted") return interrupted.push(key);
        assert.equal(made, true);
        confirmed.add(key);
      }
    };
    const workers = Array.from({ length: 16 }, createUntilKilled);
    await until(async () => confirmed.size >= most);
    await workerd.kill();
    await Promise.all(workers);
    await workerd.start();
    for (const key of confirmed) assert.equal(await store.get(key), `value of ${key}`);
    assert.equal(interrupted.length, 16);
    for (const key of interrupted) {
      const value = await store.get(key);
      assert.ok(value === undefined || value === `value of ${key}`);
      // A value never without its end.
      const { values, alarm } = await state(key);
      assert.deepEqual([values, alarm !== null], value === undefined ? [0, false] : [1, true]);
      assert.equal(await store.create(key, "another", 600), value === undefined);
    }
  }
});

test("a class without SQLite storage is an error that names its cause", async () => {
  const other = new WorkerdProcess(join(folder, "without-sql"), { isSql: false });
  await other.start();
  try {
    const { error } = (await other.call("create", "key", "value", 60)) as {
      error?: { code: string; message: string };
    };
    assert.equal(error?.code, "store-unreachable");
    assert.match(error?.message ?? "", /SQL/i);
  } finally {
    await other.kill();
  }
});

test("the oldest compatibility date that the guide allows", async (t) => {
  const old = new WorkerdProcess(join(folder, "old"), { compatibilityDate: "2024-04-03" });
  await old.start();
  t.after(() => old.kill());
  const store = storeIn(() => old);
  for (const { name, run } of storeConformance(() => store)) await t.test(name, run);
  await store.create("deleted", "one", 600);
  await store.delete("deleted");
  assert.deepEqual(await state("deleted", old), nothing, "its alarm is gone, too");
});
