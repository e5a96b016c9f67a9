import type { KeySetCache, KeySetCacheEntry } from "honnin";

/** Seconds for which an expired entry may be used while the endpoint fails: the default of `remoteKeys`. */
const staleIfError = 86_400;

/**
 * The service's keys in the cache of the edge, so that a new isolate verifies its first token without a fetch.
 *
 * @param origin the site's origin: entries are stored under URLs of the site that requests reach only through this worker
 */
export function keySetCache(origin: string): KeySetCache {
  const address = (url: string) => `${origin}/.key-sets/${encodeURIComponent(url)}`;
  return {
    async get(url) {
      const kept = await caches.default.match(address(url));
      return kept?.json<KeySetCacheEntry>();
    },
    async set(url, entry) {
      const seconds = Math.max(0, Math.ceil(entry.expiresAt - Date.now() / 1000)) + staleIfError;
      const headers = { "cache-control": `max-age=${seconds}`, "content-type": "application/json" };
      await caches.default.put(address(url), new Response(JSON.stringify(entry), { headers }));
    },
  };
}
