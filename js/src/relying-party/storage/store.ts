import { HonninError } from "../../error.js";
import { within } from "../../single-flight.js";
import { invalid, readWhole } from "../option-checks.js";

/**
 * What the handler keeps between requests: signatures under way, codes that were handed in, sessions that were ended, and how many
 * signatures were begun. What is about somebody is sealed: a store sees neither tokens nor names. All instances that may get the next
 * request see the same one.
 *
 * `create` and `replace` are atomic, and all four are true to what was written last. `honnin/store-conformance` tests a store.
 */
export interface Store {
  /** Keeps a value if there is none under this key. @returns whether it did */
  create(key: string, value: string, seconds: number): Promise<boolean>;
  get(key: string): Promise<string | undefined | null>;
  /** Keeps another value in place of this very one, for so many seconds from now. @returns whether it did */
  replace(key: string, expected: string, value: string, seconds: number): Promise<boolean>;
  delete(key: string): Promise<void>;
}

/** Keys of codes that were handed in begin so. Anybody can have one kept, with a code of no worth. */
export const CODES = "code:";

/** What {@link memoryStore} needs. */
export interface MemoryStoreOptions {
  /**
   * Values at most; one more is refused with `store-full`, so that nobody can push out what others have signed. Codes that were handed
   * in take up half of it at most. Default 10,000.
   */
  readonly maxEntries?: number | undefined;
  /** Seconds since 1970. Default: the clock. */
  readonly now?: (() => number) | undefined;
}

/**
 * A store in the memory of this process: for one instance, for development and for tests.
 *
 * @throws HonninError `options-invalid`
 */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  const maxEntries = readWhole("maxEntries", options.maxEntries, [1, 10_000_000]) ?? 10_000;
  const { now = () => Date.now() / 1000 } = options;
  if (typeof now !== "function") throw invalid("now", "be a function");
  // No timers: edge runtimes have none between requests.
  const entries = new Map<string, { value: string; until: number }>();
  /** No entry ends before this. */
  let firstEnd = Number.NEGATIVE_INFINITY;
  let codes = 0;

  function live(key: string): string | undefined {
    const entry = entries.get(key);
    return entry !== undefined && entry.until > now() ? entry.value : undefined;
  }

  function remove(key: string): void {
    if (entries.delete(key) && key.startsWith(CODES)) codes -= 1;
  }

  function makeRoom(key: string): void {
    const hasRoom = () =>
      entries.size < maxEntries && (!key.startsWith(CODES) || codes < Math.ceil(maxEntries / 2));
    const time = now();
    if (hasRoom()) return;
    if (time >= firstEnd) {
      firstEnd = Number.POSITIVE_INFINITY;
      for (const [kept, { until }] of entries) {
        if (until <= time) remove(kept);
        else firstEnd = Math.min(firstEnd, until);
      }
    }
    if (!hasRoom()) {
      throw new HonninError(
        "store-full",
        `memoryStore holds ${maxEntries} values. Raise maxEntries, or use another store.`,
      );
    }
  }

  function set(key: string, value: string, seconds: number): void {
    const until = now() + seconds;
    if (!entries.has(key) && key.startsWith(CODES)) codes += 1;
    entries.set(key, { value, until });
    firstEnd = Math.min(firstEnd, until);
  }

  return {
    async create(key, value, seconds) {
      if (live(key) !== undefined) return false;
      if (!entries.has(key)) makeRoom(key);
      set(key, value, seconds);
      return true;
    },
    async get(key) {
      return live(key);
    },
    async replace(key, expected, value, seconds) {
      if (live(key) !== expected) return false;
      set(key, value, seconds);
      return true;
    },
    async delete(key) {
      remove(key);
    },
  };
}

/** @throws HonninError `options-invalid` */
export function readStore(store: unknown): Store {
  const isStore =
    typeof store === "object" &&
    store !== null &&
    (["create", "get", "replace", "delete"] as const).every(
      (name) => typeof Reflect.get(store, name) === "function",
    );
  if (!isStore) throw invalid("store", "have create, get, replace and delete: memoryStore(), for one");
  return store as Store;
}

/**
 * The store with a time limit, and with one error for everything that it may throw: what a store says may hold anything.
 *
 * @param seconds for each call
 */
export function guardedStore(store: Store, seconds: number): Store {
  async function call<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await within(seconds * 1000, work());
    } catch (cause) {
      if (cause instanceof HonninError && cause.code === "store-full") throw cause;
      throw new HonninError("store-unreachable", "The store failed, or did not answer in time.", { cause });
    }
  }
  // A store that answers with something else, such as "OK" or nothing, has to be known as the cause: the code or the signature is not it.
  async function decided(work: () => Promise<boolean>): Promise<boolean> {
    const answer: unknown = await call(work);
    if (typeof answer === "boolean") return answer;
    throw new HonninError(
      "store-unreachable",
      "The store answered create or replace with what is neither true nor false.",
    );
  }
  return {
    create: (...given) => decided(async () => store.create(...given)),
    get: (...given) => call(async () => store.get(...given)),
    replace: (...given) => decided(async () => store.replace(...given)),
    delete: (...given) => call(async () => store.delete(...given)),
  };
}
