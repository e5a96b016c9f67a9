import {
  boundedFetch,
  defaultMaxBytes,
  defaultTimeout,
  type Fetch,
  outage,
  parseJsonObject,
} from "../bounded-fetch.js";
import { HonninError } from "../error.js";
import { SingleFlight, within } from "../single-flight.js";
import { isObject } from "../strict-json.js";
import { type Now, readClock } from "../time.js";
import type { KeySetCache, KeySetCacheEntry } from "./key-set-cache.js";
import type { KeySource } from "./key-source.js";

/** The settings that nobody changed. */
export const defaults = {
  timeout: defaultTimeout,
  maxBytes: defaultMaxBytes,
  defaultMaxAge: 600,
  minMaxAge: 60,
  maxMaxAge: 3600,
  coolDown: 30,
  staleIfError: 86_400,
};
/** Checked settings. */
export type Settings = typeof defaults;

interface Surroundings {
  readonly fetch?: Fetch | undefined;
  readonly cache?: KeySetCache | undefined;
  readonly now?: Now | undefined;
}

const name = "The JWKS endpoint";

/** The keys at a URL. Separate from `remote-keys.ts`, which checks options: the relying party has checked its own. */
export class FetchedKeys implements KeySource {
  readonly #url: string;
  readonly #settings: Settings;
  readonly #fetch: Fetch | undefined;
  readonly #cache: KeySetCache | undefined;
  readonly #now: () => number;
  readonly #flights: SingleFlight<KeySetCacheEntry>;
  #entry: KeySetCacheEntry | undefined;
  #refreshedAt = Number.NEGATIVE_INFINITY;
  #failure: { error: unknown; at: number; count: number } | undefined;

  constructor(url: string, settings: Settings, { fetch, cache, now }: Surroundings) {
    this.#url = url;
    this.#settings = settings;
    this.#fetch = fetch;
    this.#cache = cache;
    this.#now = readClock(now);
    this.#flights = new SingleFlight(settings.timeout * 1000 + (cache === undefined ? 0 : 2 * cacheTimeout));
  }

  async get(): Promise<string> {
    if (this.#entry !== undefined && this.#isFresh(this.#entry)) return this.#entry.text;
    const stale = this.#usable();
    const failure = this.#failure;
    if (failure !== undefined) {
      const { coolDown } = this.#settings;
      const delay = stale === undefined ? Math.min(coolDown, 2 ** (failure.count - 1)) : coolDown;
      if (this.#since(failure.at) < delay) {
        if (stale === undefined) throw failure.error;
        return stale.text;
      }
    }
    try {
      const isFresh = (entry: KeySetCacheEntry) => this.#isFresh(entry);
      return (await this.#flights.run("any", () => this.#obtain(isFresh, isFresh))).text;
    } catch (error) {
      // Read again: the cache may have returned one.
      const usable = this.#usable();
      if (usable === undefined) throw error;
      return usable.text;
    }
  }

  async refresh(): Promise<string | undefined> {
    if (!this.#flights.isUnderWay("new")) {
      const { coolDown } = this.#settings;
      if (this.#since(this.#refreshedAt) < coolDown) return undefined;
      if (this.#failure !== undefined && this.#since(this.#failure.at) < coolDown) return undefined;
      this.#refreshedAt = this.#now();
    }
    const [before, askedAt] = [this.#entry, this.#now()];
    const cameMeanwhile = (entry: KeySetCacheEntry) => entry !== before && entry.fetchedAt >= askedAt;
    // An entry that another process has just fetched is new enough, so all processes together respect the cool-down.
    const isNew = (cached: KeySetCacheEntry) =>
      this.#since(cached.fetchedAt) < this.#settings.coolDown && cached.text !== this.#entry?.text;
    return (await this.#flights.run("new", () => this.#obtain(cameMeanwhile, isNew))).text;
  }

  /**
   * The stored entry, if it is good enough: a caller that waited for one request without result may come after a third request that
   * fetched it. Otherwise the entry of the cache, if that is good enough, or the response of the endpoint.
   */
  async #obtain(
    keptWillDo: (kept: KeySetCacheEntry) => boolean,
    willDo: (cached: KeySetCacheEntry) => boolean,
  ): Promise<KeySetCacheEntry> {
    if (this.#entry !== undefined && keptWillDo(this.#entry)) return this.#entry;
    const cached = await this.#readCache();
    if (cached !== undefined) {
      const enough = willDo(cached);
      const kept = this.#keep(cached);
      if (enough) return kept;
    }
    return this.#download();
  }

  async #download(): Promise<KeySetCacheEntry> {
    const before = this.#entry;
    const fetchedAt = this.#now();
    let entry: KeySetCacheEntry;
    try {
      const { timeout, maxBytes } = this.#settings;
      const response = await boundedFetch(
        { url: this.#url, name, headers: { accept: "application/jwk-set+json, application/json" } },
        { timeout, maxBytes, fetch: this.#fetch },
      );
      if (response.status !== 200) {
        const what = `${name} returned status ${response.status}.`;
        throw outage(response, name) ?? new HonninError("response-malformed", what);
      }
      requireKeySet(response.text);
      entry = { text: response.text, fetchedAt, expiresAt: fetchedAt + this.#lifetime(response.headers) };
    } catch (cause) {
      const error =
        cause instanceof HonninError && cause.code === "endpoint-unreachable"
          ? new HonninError("keys-unreachable", cause.message, { cause: cause.cause })
          : cause;
      this.#failure = { error, at: this.#now(), count: (this.#failure?.count ?? 0) + 1 };
      throw error;
    }
    this.#failure = undefined;
    this.#keep(entry, before);
    await this.#useCache((cache) => cache.set(this.#url, entry));
    return entry;
  }

  /**
   * Stores an entry unless a newer one was stored in the meantime. Returns the stored one. An entry that was stored before this
   * download is older, whatever its time says: clocks of other machines may be ahead, and this clock may be set back.
   */
  #keep(entry: KeySetCacheEntry, before?: KeySetCacheEntry): KeySetCacheEntry {
    const kept = this.#entry;
    const isNewer =
      kept === undefined ||
      kept === before ||
      entry.fetchedAt >= kept.fetchedAt ||
      kept.fetchedAt > this.#now() + clockTolerance;
    if (!isNewer) return kept;
    this.#entry = entry;
    return entry;
  }

  async #readCache(): Promise<KeySetCacheEntry | undefined> {
    const cached: Partial<KeySetCacheEntry> | null | undefined = await this.#useCache((cache) =>
      cache.get(this.#url),
    );
    const { text, fetchedAt, expiresAt } = cached ?? {};
    if (typeof text !== "string" || text.length > this.#settings.maxBytes) return undefined;
    if (!isTime(fetchedAt) || !isTime(expiresAt) || fetchedAt > this.#now() + clockTolerance)
      return undefined;
    try {
      requireKeySet(text);
    } catch {
      return undefined;
    }
    return { text, fetchedAt, expiresAt: Math.min(expiresAt, fetchedAt + this.#settings.maxMaxAge) };
  }

  async #useCache<T>(use: (cache: KeySetCache) => Promise<T>): Promise<T | undefined> {
    const cache = this.#cache;
    if (cache === undefined) return undefined;
    try {
      return await within(cacheTimeout, use(cache));
    } catch {
      return undefined;
    }
  }

  /** RFC 9111 §5.2.2.1 and §5.1, within `minMaxAge` and `maxMaxAge`. */
  #lifetime(headers: Headers): number {
    const { defaultMaxAge, minMaxAge, maxMaxAge } = this.#settings;
    // Directives between commas. Without the flag "u", "i" concerns ASCII alone.
    const directives = headers.get("cache-control") ?? "";
    const maxAge = /(?:^|,)[ \t]*max-age="?(\d{1,15})"?[ \t]*(?:,|$)/i.exec(directives)?.[1];
    const age = /^\d{1,15}$/.exec(headers.get("age") ?? "")?.[0] ?? "0";
    let lifetime = maxAge === undefined ? defaultMaxAge : Number(maxAge) - Number(age);
    if (/(?:^|,)[ \t]*no-(?:store|cache)[ \t]*(?:,|$)/i.test(directives)) lifetime = 0;
    return Math.min(Math.max(lifetime, minMaxAge), maxMaxAge);
  }

  /** The stored entry, if it may still be used when no newer one can be fetched. */
  #usable(): KeySetCacheEntry | undefined {
    const entry = this.#entry;
    return entry !== undefined && this.#since(entry.expiresAt) <= this.#settings.staleIfError
      ? entry
      : undefined;
  }

  #isFresh(entry: KeySetCacheEntry): boolean {
    const now = this.#now();
    return now < entry.expiresAt && now >= entry.fetchedAt - clockTolerance;
  }

  /** Seconds since `then`. A time in the future means that the clock was set back, and counts as long ago. */
  #since(then: number): number {
    const seconds = this.#now() - then;
    return seconds < -clockTolerance ? Number.POSITIVE_INFINITY : seconds;
  }
}

/** Seconds by which the clocks of machines that share a cache may differ. */
const clockTolerance = 60;
/** Milliseconds. */
const cacheTimeout = 1000;

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** Members that only private and symmetric keys have (RFC 7518 §6). */
const secretMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

/** Checks that a JWK Set may replace a valid one. The verifier checks it again, and more strictly. */
function requireKeySet(text: string): void {
  const { keys } = parseJsonObject(text, name);
  if (!Array.isArray(keys)) {
    throw new HonninError("response-malformed", `${name} returned a response that is not a JWK Set.`);
  }
  const found = keys.filter(isObject);
  if (found.some((key) => secretMembers.some((member) => Object.hasOwn(key, member)))) {
    throw new HonninError(
      "key-set-contains-secret",
      `${name} publishes a private or symmetric key, which is therefore compromised. Tell its operator.`,
    );
  }
  // An empty JWK Set, published by mistake, would stop every login. The valid one expires in time.
  if (!found.some(isForSignatures)) {
    throw new HonninError("response-malformed", `${name} returned a JWK Set without a key for signatures.`);
  }
}

/** RFC 7517 §4.1 to §4.4, RFC 7518 §6.2.1 and §6.3.1. */
function isForSignatures(key: Readonly<Record<string, unknown>>): boolean {
  const { kty, use, key_ops: operations, alg, crv } = key;
  const has = (...members: string[]) =>
    members.every((member) => typeof key[member] === "string" && key[member] !== "");
  const isWhole =
    kty === "EC"
      ? (crv === "P-256" || crv === "P-384" || crv === "P-521") && has("x", "y")
      : kty === "RSA" && has("n", "e");
  const verifies = operations === undefined || (Array.isArray(operations) && operations.includes("verify"));
  const signs = alg === undefined || (typeof alg === "string" && /^(ES|RS|PS)\d/.test(alg));
  return isWhole && verifies && signs && (use === undefined || use === "sig");
}
