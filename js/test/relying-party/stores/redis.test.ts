// The store in Redis without a Redis: how each client is called, and what counts as a reply.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type RunScript, redisStore } from "../../../src/relying-party/stores/redis/index.js";

const fails = { code: "store-unreachable" };
const refused = { code: "options-invalid" };

test("each client is called in its own way, with the key under the prefix and the lifetime in milliseconds", async () => {
  const seen: unknown[] = [];
  const reply = async (...given: unknown[]) => {
    seen.push(given.slice(1));
    return "yes";
  };
  const mark = () => undefined;
  for (const [client, expected] of [
    [reply, [["shop:k"], ["v", "1500"]]],
    [{ eval: reply, EVAL: mark }, [{ keys: ["shop:k"], arguments: ["v", "1500"] }]],
    [{ eval: reply, defineCommand: mark }, [1, "shop:k", "v", "1500"]],
    [{ eval: reply, createScript: mark }, [["shop:k"], ["v", "1500"]]],
  ] as const) {
    assert.equal(await redisStore(client, { prefix: "shop:" }).create("k", "v", 1.5), true);
    assert.deepEqual(seen.pop(), expected);
  }
});

test("eval is called as a method of the client", async () => {
  class Client {
    readonly answer = "no";
    EVAL() {}
    async eval() {
      return this.answer;
    }
  }
  assert.equal(await redisStore(new Client()).get("k"), undefined);
});

test("a client that could be several, or none, is refused: a guess could be wrong", () => {
  const mark = () => undefined;
  for (const client of [
    undefined,
    null,
    "redis://localhost",
    {},
    { EVAL: mark },
    { eval: mark },
    { eval: mark, EVAL: true },
    { eval: mark, EVAL: mark, defineCommand: mark },
  ])
    assert.throws(() => redisStore(client as never), refused);
  const run: RunScript = async () => "yes";
  assert.throws(() => redisStore(run, { prefix: 1 as never }), refused);
  assert.throws(() => redisStore(run, { prefx: "a" } as never), { ...refused, message: /prefx/ });
});

test("keys begin with honnin: by default", async () => {
  const keys: string[] = [];
  const store = redisStore(async (_, [key = ""]) => {
    keys.push(key);
    return "no";
  });
  await store.get("code:1");
  assert.deepEqual(keys, ["honnin:code:1"]);
});

test("a value expires at the earliest after its lifetime, and a lifetime that is over is the shortest one", async () => {
  const lifetimes: unknown[] = [];
  const store = redisStore(async (_, __, args) => {
    lifetimes.push(args.at(-1));
    return "yes";
  });
  for (const seconds of [60, 0.0001, 0, -5]) await store.create("k", "v", seconds);
  await store.replace("k", "v", "w", 600);
  assert.deepEqual(lifetimes, ["60000", "1", "1", "1", "600000"]);
});

test("an error of the client is store-unreachable with its cause, whether it throws or rejects", async () => {
  const cause = new Error("connection lost");
  const rejects = redisStore(() => Promise.reject(cause));
  const throws = redisStore(() => {
    throw cause;
  });
  for (const store of [rejects, throws]) {
    await assert.rejects(store.create("k", "v", 60), { ...fails, cause });
    await assert.rejects(store.replace("k", "v", "w", 60), { ...fails, cause });
    await assert.rejects(store.get("k"), { ...fails, cause });
    await assert.rejects(store.delete("k"), { ...fails, cause });
  }
});

test("any other reply is an error: never a missing value, never a refusal", async () => {
  for (const reply of [undefined, null, "", 0, 1, true, "OK", Buffer.from("no"), ["no"], "No"]) {
    const store = redisStore(async () => reply);
    await assert.rejects(store.create("k", "v", 60), fails);
    await assert.rejects(store.replace("k", "v", "w", 60), fails);
    await assert.rejects(store.get("k"), fails);
    await assert.rejects(store.delete("k"), fails);
  }
  await assert.rejects(redisStore(async () => "yes").get("k"), fails);
  await assert.rejects(redisStore(async () => "=v").create("k", "v", 60), fails);
});

test("a value that looks like a reply, or like nothing, is returned as it is", async () => {
  for (const value of ["", "no", "yes", "=", "=no", "1", "null"])
    assert.equal(await redisStore(async () => `=${value}`).get("k"), value);
});
