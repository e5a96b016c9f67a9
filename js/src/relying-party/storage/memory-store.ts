import { HonninError } from "../../error.js";
import { type Now, readClock } from "../../time.js";
import { readWhole } from "../option-checks.js";
import { CODES, HANDOFFS, type Store } from "./store.js";

/** What anyone can cause has a share, so that there is room for ended sessions and for signatures. */
const shares: readonly (readonly [prefix: string, share: number])[] = [
  [CODES, 1 / 2],
  [HANDOFFS, 1 / 4],
];

/** Options of {@link memoryStore}. */
export interface MemoryStoreOptions {
  /**
   * The maximum number of values. Further values are refused with `store-full`, so no user can displace the signatures of others. Used
   * codes take at most half of it, and handoffs a quarter. Default 10,000.
   */
  readonly maxEntries?: number | undefined;
  /**
   * The current time: a `Date`, Unix time in seconds, or a function that returns one of these and is called whenever the time is needed.
   * A fixed time stops the clock, so nothing expires: for tests only. Default: the clock.
   */
  readonly now?: Now | undefined;
}

/**
 * A store in the memory of this process, for a single instance, for development and for tests.
 *
 * @throws HonninError `options-invalid`
 *
 * @example
 * ```ts
 * import { memoryStore } from "honnin/relying-party";
 *
 * const store = memoryStore({ maxEntries: 1_000 });
 * console.log(await store.create("key", "value", 60)); // true
 * console.log(await store.create("key", "other", 60)); // false: there is one
 * ```
 */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  const maxEntries = readWhole("maxEntries", options.maxEntries, [1, 10_000_000]) ?? 10_000;
  const now = readClock(options.now);
  // No timers: edge runtimes do not run them between requests.
  const entries = new Map<string, { value: string; until: number }>();
  /** No entry expires before this time. */
  let firstEnd = Number.NEGATIVE_INFINITY;
  const counts = shares.map(([prefix, share]) => ({ prefix, most: Math.ceil(maxEntries * share), count: 0 }));
  const shareOf = (key: string) => counts.find(({ prefix }) => key.startsWith(prefix));

  function live(key: string): string | undefined {
    const entry = entries.get(key);
    return entry !== undefined && entry.until > now() ? entry.value : undefined;
  }

  function remove(key: string): void {
    const share = shareOf(key);
    if (entries.delete(key) && share !== undefined) share.count -= 1;
  }

  function makeRoom(key: string): void {
    const share = shareOf(key);
    const hasRoom = () => entries.size < maxEntries && (share === undefined || share.count < share.most);
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
        `memoryStore is full: it holds ${maxEntries} values. Raise maxEntries, or use another store.`,
      );
    }
  }

  function set(key: string, value: string, seconds: number): void {
    const until = now() + seconds;
    const share = shareOf(key);
    if (!entries.has(key) && share !== undefined) share.count += 1;
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
