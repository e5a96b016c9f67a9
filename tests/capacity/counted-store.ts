// A store that counts what is done to it, by the kind of value.
import type { Store } from "honnin/relying-party";

/** What happened to the values of one kind, such as `code` or `handoff`. */
export interface KindCount {
  /** Calls that found or stored something, or did not. */
  gets: number;
  creates: number;
  replaces: number;
  deletes: number;
  /** Characters of keys and values in calls and replies, all of them ASCII. */
  bytes: number;
  /** Bytes of each stored value times the seconds for which it is stored, if nothing replaces it. */
  byteSeconds: number;
  /** Of values that were created. */
  seconds: number;
}

export type StoreCounts = Record<string, KindCount>;

export function countedStore(store: Store): { readonly store: Store; readonly counts: StoreCounts } {
  const counts: StoreCounts = {};
  const kept = new Map<string, { bytes: number; until: number }>();
  const kind = (key: string): KindCount => {
    const name = key.slice(0, key.indexOf(":"));
    counts[name] ??= { gets: 0, creates: 0, replaces: 0, deletes: 0, bytes: 0, byteSeconds: 0, seconds: 0 };
    return counts[name];
  };
  /** A replaced value gives back what was counted for its remaining time. */
  const hold = (key: string, value: string, seconds: number) => {
    const now = Date.now() / 1_000;
    const [count, old, bytes] = [kind(key), kept.get(key), key.length + value.length];
    if (old !== undefined) {
      const left = Math.max(old.until - now, 0);
      count.byteSeconds -= old.bytes * left;
      count.seconds -= left;
    }
    count.byteSeconds += bytes * seconds;
    count.seconds += seconds;
    kept.set(key, { bytes, until: now + seconds });
  };
  return {
    counts,
    store: {
      async create(key, value, seconds) {
        const [done, count] = [await store.create(key, value, seconds), kind(key)];
        count.creates += 1;
        count.bytes += key.length + value.length;
        if (done) hold(key, value, seconds);
        return done;
      },
      async get(key) {
        const [value, count] = [await store.get(key), kind(key)];
        count.gets += 1;
        count.bytes += key.length + (value?.length ?? 0);
        return value;
      },
      async replace(key, expected, value, seconds) {
        const [done, count] = [await store.replace(key, expected, value, seconds), kind(key)];
        count.replaces += 1;
        count.bytes += key.length + expected.length + value.length;
        if (done) hold(key, value, seconds);
        return done;
      },
      async delete(key) {
        await store.delete(key);
        const [count, old] = [kind(key), kept.get(key)];
        count.deletes += 1;
        count.bytes += key.length;
        if (old !== undefined) {
          const left = Math.max(old.until - Date.now() / 1_000, 0);
          count.byteSeconds -= old.bytes * left;
          count.seconds -= left;
        }
        kept.delete(key);
      },
    },
  };
}
