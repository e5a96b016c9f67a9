/**
 * `honnin/store-conformance`: what a store has to do, as cases for any test runner.
 *
 * ```ts
 * for (const { name, run } of storeConformance(() => myStore())) test(name, run);
 * ```
 */
import type { Store } from "./store.js";

export type { Store };

/** One case; `run` rejects if the store does something else. */
export interface StoreCase {
  readonly name: string;
  run(): Promise<void>;
}

/** What the cases need besides the store. */
export interface StoreConformanceOptions {
  /**
   * Lets so many seconds pass for the store, if its clock can be moved. Default: the cases about expiry keep values for one second
   * and ask again until they are gone, for ten seconds at most.
   */
  readonly advance?: ((seconds: number) => void | Promise<void>) | undefined;
}

/** @param open gives the store; the cases use keys of their own, so it may be the same one each time */
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
    at("what is not there is undefined or null", async (store, key) => {
      isAbsent(await store.get(key));
    }),
    at("create keeps a value under a new key, and says so", async (store, key) => {
      equal(await store.create(key, "one", 60), true);
      equal(await store.get(key), "one");
    }),
    at("create leaves what is there, and says so", async (store, key) => {
      await store.create(key, "one", 60);
      equal(await store.create(key, "two", 60), false);
      equal(await store.get(key), "one");
    }),
    at("of many creates side by side one succeeds", async (store, key) => {
      const made = await Promise.all(many((n) => store.create(key, String(n), 60)));
      equal(made.filter(Boolean).length, 1);
      equal(await store.get(key), String(made.indexOf(true)));
    }),
    at("replace exchanges the value that is expected, and says so", async (store, key) => {
      await store.create(key, "one", 60);
      equal(await store.replace(key, "one", "two", 60), true);
      equal(await store.get(key), "two");
    }),
    at("replace leaves another value than expected, and says so", async (store, key) => {
      await store.create(key, "one", 60);
      equal(await store.replace(key, "two", "three", 60), false);
      equal(await store.get(key), "one");
    }),
    at("replace makes nothing where nothing is", async (store, key) => {
      equal(await store.replace(key, "", "one", 60), false);
      isAbsent(await store.get(key));
    }),
    at("of many replacements of one value side by side one succeeds", async (store, key) => {
      await store.create(key, "one", 60);
      const made = await Promise.all(many((n) => store.replace(key, "one", `next ${n}`, 60)));
      equal(made.filter(Boolean).length, 1);
      equal(await store.get(key), `next ${made.indexOf(true)}`);
    }),
    at("delete removes, and what is removed can be created anew, but not replaced", async (store, key) => {
      await store.create(key, "one", 60);
      await store.delete(key);
      isAbsent(await store.get(key));
      equal(await store.replace(key, "one", "two", 60), false);
      equal(await store.create(key, "two", 60), true);
    }),
    at("delete of what is not there is no error", async (store, key) => {
      await store.delete(key);
    }),
    at("one key does not touch another", async (store, key) => {
      await store.create(key, "one", 60);
      await store.create(`${key}:`, "two", 60);
      await store.delete(`${key}:`);
      equal(await store.get(key), "one");
    }),
    at("values of a MiB and of any characters come back as they were", async (store, key) => {
      const value = `\u0000"\\ 本人 𠮷 ${"x".repeat(1_048_576)}`;
      await store.create(key, value, 60);
      equal((await store.get(key)) === value, true);
      equal(await store.replace(key, value, "short", 60), true);
    }),
    expiry("a value is gone when its time is over, and its key is free", async (store, key, expire) => {
      await store.create(key, "one", 1);
      await expire(key, 1);
      equal(await store.replace(key, "one", "two", 60), false);
      equal(await store.create(key, "two", 60), true);
      equal(await store.get(key), "two");
    }),
    expiry("replace begins the time anew, also a shorter one", async (store, key, expire) => {
      await store.create(key, "one", 3_600);
      equal(await store.replace(key, "one", "two", 1), true);
      await expire(key, 1);
      isAbsent(await store.get(key));
    }),
    expiry("replace begins the time anew, also a longer one", async (store, key, expire) => {
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
    throw new Error(`a value that was kept for ${seconds} s is still there`);
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
