import {
  boundedFetch,
  defaultMaxBytes,
  defaultTimeout,
  type Fetch,
  outage,
  parseJsonObject,
} from "../bounded-fetch.js";
import { HonninError } from "../error.js";
import { asciiLowerCase, listOf } from "../protocol-text.js";
import { secureUrl } from "../secure-url.js";
import { SingleFlight, within } from "../single-flight.js";
import { isObject } from "../strict-json.js";
import { type Now, readClock } from "../time.js";
import type { KeySource } from "./key-source.js";

/** A JWK Set as it was fetched. Plain data, so that it can be stored as JSON. */
export interface KeySetCacheEntry {
  /** The text of the JWK Set. */
  readonly text: string;
  /** Seconds since 1970. */
  readonly fetchedAt: number;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Where sets outlive this process or isolate: Cloudflare's KV or Cache, Redis, a file. Whoever can write there decides
 * which tokens are accepted. A failing or slow cache (1 s) counts as an empty one.
 */
export interface KeySetCache {
  get(url: string): Promise<KeySetCacheEntry | undefined>;
  set(url: string, entry: KeySetCacheEntry): Promise<void>;
}

/** All times in seconds. */
export interface RemoteKeysOptions {
  /** Until the set must have been read to its end. Default 5, at most 60. */
  readonly timeout?: number | undefined;
  /** Default 262,144 (256 KiB). */
  readonly maxBytes?: number | undefined;
  /** How long a set is used where the answer's `Cache-Control` says nothing. Default 600. */
  readonly defaultMaxAge?: number | undefined;
  /** The least that `max-age` counts for. Default 60. */
  readonly minMaxAge?: number | undefined;
  /** The most that `max-age` counts for, and with it how long a withdrawn key is still accepted. Default 3600. */
  readonly maxMaxAge?: number | undefined;
  /** The least time between two fetches caused by unknown keys, and after one that failed. Default 30. */
  readonly coolDown?: number | undefined;
  /** How long after its expiry a set is used on while no newer one can be had. Default 86,400; 0: not at all. */
  readonly staleIfError?: number | undefined;
  /** Default: none besides this object's own memory. */
  readonly cache?: KeySetCache | undefined;
  /** Default: the platform's. */
  readonly fetch?: Fetch | undefined;
  /**
   * A function that gives a `Date` or seconds since 1970, called whenever the time is needed; or one such time. Default: the clock of
   * this machine.
   */
  readonly now?: Now | undefined;
}

const defaults = {
  timeout: defaultTimeout,
  maxBytes: defaultMaxBytes,
  defaultMaxAge: 600,
  minMaxAge: 60,
  maxMaxAge: 3600,
  coolDown: 30,
  staleIfError: 86_400,
};
type Settings = typeof defaults;

/**
 * The keys at a URL, fetched when first needed and kept. Make one and keep it: its memory is the cache.
 *
 * - One fetch at a time, however many callers wait.
 * - A key that is not in the set makes it fetch anew, at most once a cool-down, so that tokens with invented `kid`s
 *   do not hammer the endpoint, while keys rotated between two fetches are found at once.
 * - When the endpoint fails, the last good set is used on; without one, the error is repeated for a second before
 *   the next attempt, twice as long after each further failure, up to the cool-down.
 * - An answer replaces a good set only if it has status 200 and is a JSON object with a `keys` array that has at least one key for
 *   signatures, and no secret one.
 * - Requests go past every HTTP cache: how long a set is used is decided here alone.
 *
 * `get` and `refresh` throw HonninError `keys-unreachable`, `endpoint-unavailable`, `endpoint-timeout`, `response-too-large`,
 * `response-malformed`, `key-set-contains-secret`.
 *
 * @param url https, or http on loopback; redirects are not followed
 * @throws HonninError `options-invalid`
 */
export function remoteKeys(url: string | URL, options: RemoteKeysOptions = {}): KeySource {
  const { href } = secureUrl(url, "The JWKS URL");
  return new RemoteKeys(href, readSettings(options), options);
}

const name = "The JWKS endpoint";

class RemoteKeys implements KeySource {
  readonly #url: string;
  readonly #settings: Settings;
  readonly #fetch: Fetch | undefined;
  readonly #cache: KeySetCache | undefined;
  readonly #now: () => number;
  readonly #flights: SingleFlight<KeySetCacheEntry>;
  #entry: KeySetCacheEntry | undefined;
  #refreshedAt = Number.NEGATIVE_INFINITY;
  #failure: { error: unknown; at: number; count: number } | undefined;

  constructor(url: string, settings: Settings, { fetch, cache, now }: RemoteKeysOptions) {
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
      // Looked up anew: the cache may have had one.
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
    // What another process has just fetched is new enough; so all of them together respect the cool-down.
    const isNew = (cached: KeySetCacheEntry) =>
      this.#since(cached.fetchedAt) < this.#settings.coolDown && cached.text !== this.#entry?.text;
    return (await this.#flights.run("new", () => this.#obtain(cameMeanwhile, isNew))).text;
  }

  /**
   * What is kept, if it will do: whoever waited in vain for another's request may come behind a third one's, which has fetched
   * it. Otherwise from the cache, if what that has will do, or from the endpoint.
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
        const what = `${name} answered with status ${response.status}.`;
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
   * Keeps a set unless a newer one has come meanwhile; gives the one that is kept. What was kept before the download of
   * this one is older, whatever its time says: another machine's clock may be ahead, and this one's may be set back.
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

  /** RFC 9111 §5.2.2.1 and §5.1, within the caller's bounds. */
  #lifetime(headers: Headers): number {
    const { defaultMaxAge, minMaxAge, maxMaxAge } = this.#settings;
    const directives = listOf(asciiLowerCase(headers.get("cache-control") ?? ""));
    const maxAge = directives
      .map((directive) => /^max-age="?(\d{1,15})"?$/.exec(directive)?.[1])
      .find(Boolean);
    const age = /^\d{1,15}$/.exec(headers.get("age") ?? "")?.[0] ?? "0";
    let lifetime = maxAge === undefined ? defaultMaxAge : Number(maxAge) - Number(age);
    if (directives.some((directive) => directive === "no-store" || directive === "no-cache")) lifetime = 0;
    return Math.min(Math.max(lifetime, minMaxAge), maxMaxAge);
  }

  /** The set that is kept, if it may still be used when no newer one can be had. */
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

  /** Seconds since then; a time in the future is one of a clock that was set back, and counts as long ago. */
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

/** What may replace a good set. The verifier looks closer, and again: it does not know where a set comes from. */
function requireKeySet(text: string): void {
  const { keys } = parseJsonObject(text, name);
  if (!Array.isArray(keys)) {
    throw new HonninError("response-malformed", `${name} answered with what is not a JWK Set.`);
  }
  const found = keys.filter(isObject);
  if (found.some((key) => secretMembers.some((member) => Object.hasOwn(key, member)))) {
    throw new HonninError(
      "key-set-contains-secret",
      `${name} publishes a private or symmetric key, which is lost by that: tell its operator.`,
    );
  }
  // A set that was emptied by mistake would end every login until somebody notices; the good one lapses in its time.
  if (!found.some(isForSignatures)) {
    throw new HonninError(
      "response-malformed",
      `${name} answered with a JWK Set that has no key for signatures.`,
    );
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

function readSettings(options: RemoteKeysOptions): Settings {
  // A typing error must not leave a bound at its default unnoticed.
  for (const name of Object.keys(options)) {
    if (!(name in defaults) && !["cache", "fetch", "now"].includes(name)) {
      throw new HonninError("options-invalid", "remoteKeys was given an option that it does not have.");
    }
  }
  const settings = { ...defaults };
  for (const key of Object.keys(defaults) as (keyof Settings)[]) {
    const value = options[key];
    if (value === undefined) continue;
    if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
      throw new HonninError("options-invalid", `${key} must be a number, 0 or more.`);
    }
    settings[key] = value;
  }
  if (settings.timeout === 0 || settings.timeout > 60) {
    throw new HonninError("options-invalid", "timeout must be above 0 and at most 60 seconds.");
  }
  if (settings.minMaxAge > settings.maxMaxAge) {
    throw new HonninError("options-invalid", "minMaxAge must not be above maxMaxAge.");
  }
  const { cache, fetch } = options;
  if (fetch !== undefined && typeof fetch !== "function") {
    throw new HonninError("options-invalid", "fetch must be a function.");
  }
  if (cache !== undefined && (typeof cache?.get !== "function" || typeof cache.set !== "function")) {
    throw new HonninError("options-invalid", "cache must have the functions get and set.");
  }
  return settings;
}
