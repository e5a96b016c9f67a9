// The store in Redis, with a real Redis and the clients that people use.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { redisStore } from "honnin/relying-party/redis";
import { storeConformance } from "honnin/store-conformance";
import { clients, nodeRedis, type Opened } from "./redis-clients.ts";
import { RedisServer, skip } from "./redis-server.ts";

let server: RedisServer;
before(async () => {
  if (skip === false) server = await RedisServer.start();
});
after(() => server?.remove());

const fails = { code: "store-unreachable" };

/** Until it no longer throws. Gives up after ten seconds. */
async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (const start = performance.now(); ; await setImmediate()) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() - start > 10_000) throw error;
    }
  }
}

for (const [name, open] of Object.entries(clients)) {
  test(name, { skip }, async (t) => {
    const opened: Opened = await open(server.socket);
    const { store } = opened;
    t.after(() => opened.close());
    for (const { name, run } of storeConformance(() => store)) await t.test(name, run);

    await t.test("values that a client might parse are returned as texts", async () => {
      for (const [at, value] of ["1", "null", "true", '{"a":1}', "", "no", "OK"].entries()) {
        assert.equal(await store.create(`text:${at}`, value, 60), true);
        assert.equal(await store.get(`text:${at}`), value);
        assert.equal(await store.replace(`text:${at}`, value, `${value}!`, 60), true);
      }
    });

    await t.test("a lost connection is an error, never a missing value, and it comes back", async () => {
      await store.create("there", "one", 600);
      server.freeze();
      const underway = [
        store.get("there"),
        store.create("new", "one", 60),
        store.replace("there", "one", "two", 60),
        store.delete("there"),
      ].map((call) => assert.rejects(call, fails));
      await server.kill();
      await Promise.all(underway);
      await assert.rejects(store.get("there"), fails);
      await assert.rejects(store.create("new", "one", 60), fails);
      await assert.rejects(store.replace("there", "one", "two", 60), fails);
      await assert.rejects(store.delete("there"), fails);
      await server.again();
      assert.equal(await untilDone(() => store.get("there")), undefined);
      assert.equal(await store.create("new", "one", 60), true, "nothing was sent again");
    });
  });
}

test("in Redis", { skip }, async (t) => {
  const client = await nodeRedis(server.socket);
  t.after(() => client.destroy());
  const store = redisStore(client, { prefix: "shop:" });

  await t.test("every value has a lifetime, and its key the prefix", async () => {
    await store.create("a", "one", 600);
    await store.create("b", "one", 600);
    await store.replace("b", "one", "two", 1_200);
    const [a, b] = [await client.pTTL("shop:a"), await client.pTTL("shop:b")];
    assert.ok(a > 590_000 && a <= 600_000, String(a));
    assert.ok(b > 1_190_000 && b <= 1_200_000, String(b));
    await store.delete("a");
    assert.deepEqual((await client.keys("shop:*")).sort(), ["shop:b"]);
    assert.equal(await redisStore(client).get("b"), undefined);
  });

  await t.test("a key that something else uses is an error", async () => {
    await client.lPush("shop:list", "one");
    await assert.rejects(store.get("list"), fails);
    await assert.rejects(store.replace("list", "one", "two", 60), fails);
    assert.equal(await store.create("list", "one", 60), false);
  });

  await t.test("a Redis without memory is an error", async () => {
    await client.configSet({ "maxmemory-policy": "noeviction", maxmemory: "1" });
    await assert.rejects(store.create("full", "one", 60), fails);
    assert.equal(await store.get("b"), "two");
    await client.configSet("maxmemory", "0");
    assert.equal(await store.create("full", "one", 60), true);
  });
});
