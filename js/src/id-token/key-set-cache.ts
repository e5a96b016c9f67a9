/** A JWK Set as fetched. Plain data that can be stored as JSON. */
export interface KeySetCacheEntry {
  /** The JSON text of the JWK Set. */
  readonly text: string;
  /** Unix time in seconds. */
  readonly fetchedAt: number;
  /** Unix time in seconds. */
  readonly expiresAt: number;
}

/**
 * A cache outside this process or isolate: Cloudflare's KV or Cache, Redis, a file. Everyone who can write to it decides
 * which tokens are accepted. A cache that fails, or takes longer than 1 s, counts as empty.
 */
export interface KeySetCache {
  get(url: string): Promise<KeySetCacheEntry | undefined>;
  set(url: string, entry: KeySetCacheEntry): Promise<void>;
}
