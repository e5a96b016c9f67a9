import { invalid, readWhole } from "../option-checks.js";

/**
 * Where signatures under way are kept between requests. Values are sealed: a store sees neither tokens nor documents' names.
 * Seen by all instances that may get the next request, and true to what was set last.
 */
export interface SignatureStore {
  get(id: string): Promise<string | undefined | null>;
  /** @param seconds after which the value may be forgotten */
  set(id: string, value: string, seconds: number): Promise<void>;
  delete(id: string): Promise<void>;
}

/** What {@link memoryStore} needs. */
export interface MemoryStoreOptions {
  /** Values at most; one more is refused, so that nobody can push out what others have signed. Default 10,000. */
  readonly maxEntries?: number | undefined;
  /** Seconds since 1970. Default: the clock. */
  readonly now?: (() => number) | undefined;
}

/**
 * A store in the memory of this process: for one instance, for development and for tests.
 *
 * @throws HonninError `options-invalid`
 */
export function memoryStore(options: MemoryStoreOptions = {}): SignatureStore {
  const maxEntries = readWhole("maxEntries", options.maxEntries, [1, 10_000_000]) ?? 10_000;
  const { now = () => Date.now() / 1000 } = options;
  if (typeof now !== "function") throw invalid("now", "be a function");
  // No timers: edge runtimes have none between requests.
  const entries = new Map<string, { value: string; until: number }>();

  function sweep(): void {
    const time = now();
    for (const [id, { until }] of entries) if (until <= time) entries.delete(id);
  }

  return {
    async get(id) {
      const entry = entries.get(id);
      return entry !== undefined && entry.until > now() ? entry.value : undefined;
    },
    async set(id, value, seconds) {
      if (!entries.has(id) && entries.size >= maxEntries) {
        sweep();
        if (entries.size >= maxEntries) {
          throw new Error(`memoryStore holds ${maxEntries} values: raise maxEntries, or use another store.`);
        }
      }
      entries.set(id, { value, until: now() + seconds });
    },
    async delete(id) {
      entries.delete(id);
    },
  };
}
