// The store in Durable Objects without the platform: which bindings it accepts, and which replies. In workerd: tests/stores.
import assert from "node:assert/strict";
import { test } from "node:test";
import { durableObjectStore } from "../../../src/relying-party/stores/cloudflare/durable-object-store.js";

const fails = { code: "store-unreachable" };
const refused = { code: "options-invalid" };

/** A namespace whose objects reply this to every call. */
function namespace(reply: () => unknown) {
  const call = async () => reply();
  return {
    idFromName: (name: string) => name,
    get: (_id: string) => ({ create: call, get: call, replace: call, delete: call }),
  };
}

test("Workers KV is refused, with the reason and what to use", () => {
  class KvNamespace {
    async get() {}
    async put() {}
    async list() {}
    async delete() {}
    async getWithMetadata() {}
  }
  assert.throws(() => durableObjectStore(new KvNamespace() as never), {
    ...refused,
    message: /Workers KV.*no atomic operations.*HonninStore/,
  });
});

test("a missing binding, a stub and an object's class are refused", () => {
  const stub = { fetch: async () => undefined, id: "x" };
  for (const binding of [undefined, null, "STORE", {}, stub, class HonninStore {}])
    assert.throws(() => durableObjectStore(binding as never), {
      ...refused,
      message: /Durable Object namespace of the class HonninStore/,
    });
});

test("one object for each key, found again for each call", async () => {
  const names: string[] = [];
  const store = durableObjectStore({
    ...namespace(() => true),
    idFromName: (name) => {
      names.push(name);
      return name;
    },
  });
  await store.create("code:a", "v", 60);
  await store.create("code:b", "v", 60);
  await store.replace("code:a", "v", "w", 60);
  assert.deepEqual(names, ["code:a", "code:b", "code:a"]);
});

test("an error of the platform is store-unreachable with its cause: never a missing value", async () => {
  const cause = new Error("Network connection lost.");
  const broken = namespace(() => {
    throw cause;
  });
  const missing = {
    ...broken,
    get: () => {
      throw cause;
    },
  };
  for (const store of [durableObjectStore(broken), durableObjectStore(missing)]) {
    await assert.rejects(store.create("k", "v", 60), { ...fails, cause });
    await assert.rejects(store.replace("k", "v", "w", 60), { ...fails, cause });
    await assert.rejects(store.get("k"), { ...fails, cause });
    await assert.rejects(store.delete("k"), { ...fails, cause });
  }
});

test("objects of another class are named as the cause", async () => {
  for (const reply of [null, 1, "yes", {}]) {
    const store = durableObjectStore(namespace(() => reply));
    await assert.rejects(store.create("k", "v", 60), { ...fails, message: /HonninStore/ });
    await assert.rejects(store.replace("k", "v", "w", 60), { ...fails, message: /HonninStore/ });
    if (typeof reply !== "string") await assert.rejects(store.get("k"), { ...fails, message: /HonninStore/ });
  }
});
