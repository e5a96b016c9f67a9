/**
 * `honnin/store-conformance`: test cases for a store, for any test runner.
 *
 * @packageDocumentation
 */
import type { Store } from "./store.js";

export type { Store };

/** One test case. `run` rejects if the store does not conform. */
export interface StoreCase {
  readonly name: string;
  run(): Promise<void>;
}

/** Options of {@link storeConformance}. */
export interface StoreConformanceOptions {
  /**
   * Advances the clock of the store by this many seconds, if possible. Default: the cases about expiry store values for one second
   * and wait until they are gone, for at most ten seconds.
   */
  readonly advance?: ((seconds: number) => void | Promise<void>) | undefined;
}

/**
 * The test cases that a store must pass.
 *
 * @param open returns the store. Each case uses its own keys, so it may be the same store each time
 *
 * @example
 * ```ts
 * import { test } from "node:test";
 * import { memoryStore } from "honnin/relying-party";
 * import { storeConformance } from "honnin/store-conformance";
 *
 * // Use your own store instead of memoryStore.
 * for (const { name, run } of storeConformance(() => memoryStore())) test(name, run);
 * ```
 */
export function storeConformance(
  open: () => Store | Promise<Store>,
  { advance }: StoreConformanceOptions = {},
): readonly StoreCase[] {
  const at = (name: string, work: (store: Store, key: string) => Promise<void>): StoreCase => ({
    name,
    run: async () => work(await open(), `conformance:${crypto.randomUUID()}`),
  });
  const expiry = (name: string, work: (store: Store, key: string, expire: Expire) => Promise<void>) =>
    at(name, (store, key) => work(store, key, expirer(store, advance)));

  return [
    at("get returns undefined or null for a missing key", async (store, key) => {
      isAbsent(await store.get(key));
    }),
    at("create stores a value under a new key and returns true", async (store, key) => {
      equal(await store.create(key, "one", 60), true);
      equal(await store.get(key), "one");
    }),
    at("create does not overwrite an existing value and returns false", async (store, key) => {
      await store.create(key, "one", 60);
      equal(await store.create(key, "two", 60), false);
      equal(await store.get(key), "one");
    }),
    at("exactly one of many concurrent creates succeeds", async (store, key) => {
      const made = await Promise.all(many((n) => store.create(key, String(n), 60)));
      equal(made.filter(Boolean).length, 1);
      equal(await store.get(key), String(made.indexOf(true)));
    }),
    at("replace replaces the expected value and returns true", async (store, key) => {
      await store.create(key, "one", 60);
      equal(await store.replace(key, "one", "two", 60), true);
      equal(await store.get(key), "two");
    }),
    at("replace does not overwrite an unexpected value and returns false", async (store, key) => {
      await store.create(key, "one", 60);
      equal(await store.replace(key, "two", "three", 60), false);
      equal(await store.get(key), "one");
    }),
    at("replace does not create a missing value", async (store, key) => {
      equal(await store.replace(key, "", "one", 60), false);
      isAbsent(await store.get(key));
    }),
    at("exactly one of many concurrent replacements of one value succeeds", async (store, key) => {
      await store.create(key, "one", 60);
      const made = await Promise.all(many((n) => store.replace(key, "one", `next ${n}`, 60)));
      equal(made.filter(Boolean).length, 1);
      equal(await store.get(key), `next ${made.indexOf(true)}`);
    }),
    at("delete removes a value, which can then be created again but not replaced", async (store, key) => {
      await store.create(key, "one", 60);
      await store.delete(key);
      isAbsent(await store.get(key));
      equal(await store.replace(key, "one", "two", 60), false);
      equal(await store.create(key, "two", 60), true);
    }),
    at("delete of a missing key is not an error", async (store, key) => {
      await store.delete(key);
    }),
    at("one key does not affect another", async (store, key) => {
      await store.create(key, "one", 60);
      await store.create(`${key}:`, "two", 60);
      await store.delete(`${key}:`);
      equal(await store.get(key), "one");
    }),
    at("a value of 1 MiB with any characters is returned unchanged", async (store, key) => {
      const value = `\u0000"\\ 本人 𠮷 ${"x".repeat(1_048_576)}`;
      await store.create(key, value, 60);
      equal((await store.get(key)) === value, true);
      equal(await store.replace(key, value, "short", 60), true);
    }),
    expiry(
      "a value is gone after its lifetime, and its key can be created again",
      async (store, key, expire) => {
        await store.create(key, "one", 1);
        await expire(key, 1);
        equal(await store.replace(key, "one", "two", 60), false);
        equal(await store.create(key, "two", 60), true);
        equal(await store.get(key), "two");
      },
    ),
    expiry("replace restarts the lifetime, also with a shorter one", async (store, key, expire) => {
      await store.create(key, "one", 3_600);
      equal(await store.replace(key, "one", "two", 1), true);
      await expire(key, 1);
      isAbsent(await store.get(key));
    }),
    expiry("replace restarts the lifetime, also with a longer one", async (store, key, expire) => {
      const other = `${key}:other`;
      await store.create(key, "one", 1);
      equal(await store.replace(key, "one", "two", 3_600), true);
      await store.create(other, "one", 1);
      await expire(other, 1);
      equal(await store.get(key), "two");
    }),
  ];
}

type Expire = (key: string, seconds: number) => Promise<void>;

function expirer(store: Store, advance: StoreConformanceOptions["advance"]): Expire {
  return async (key, seconds) => {
    if (advance !== undefined) await advance(seconds);
    for (let asked = 0; asked < (advance === undefined ? 100 : 1); asked += 1) {
      if (((await store.get(key)) ?? undefined) === undefined) return;
      if (advance === undefined) await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`a value that was stored for ${seconds} s still exists`);
  };
}

function many<T>(make: (n: number) => Promise<T>): Promise<T>[] {
  return Array.from({ length: 20 }, (_, n) => make(n));
}

function equal(actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`expected ${String(expected)}, got ${String(actual)}`);
}

function isAbsent(value: unknown): void {
  if (value !== undefined && value !== null) throw new Error("expected no value, got one");
}
