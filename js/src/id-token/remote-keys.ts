import type { Fetch } from "../bounded-fetch.js";
import { HonninError } from "../error.js";
import { secureUrl } from "../secure-url.js";
import type { Now } from "../time.js";
import { defaults, FetchedKeys, type Settings } from "./fetched-keys.js";
import type { KeySetCache } from "./key-set-cache.js";
import type { KeySource } from "./key-source.js";

/** Options of {@link remoteKeys}. All times are in seconds. */
export interface RemoteKeysOptions {
  /** Time limit for the complete response. Default 5, at most 60. */
  readonly timeout?: number | undefined;
  /** The maximum size of the response in bytes. Default 262,144 (256 KiB). */
  readonly maxBytes?: number | undefined;
  /** How long a JWK Set is used if the response has no `Cache-Control`. Default 600. */
  readonly defaultMaxAge?: number | undefined;
  /** The lower limit for `max-age`. Default 60. */
  readonly minMaxAge?: number | undefined;
  /** The upper limit for `max-age`, and so for how long a withdrawn key is still accepted. Default 3600. */
  readonly maxMaxAge?: number | undefined;
  /** The minimum time between two fetches for unknown keys, and after a failed fetch. Default 30. */
  readonly coolDown?: number | undefined;
  /** How long an expired JWK Set is used while no newer one can be fetched. Default 86,400; 0: not at all. */
  readonly staleIfError?: number | undefined;
  /** Default: only the memory of this object. */
  readonly cache?: KeySetCache | undefined;
  /** Default: `fetch` of the platform. */
  readonly fetch?: Fetch | undefined;
  /**
   * The current time: a `Date`, Unix time in seconds, or a function that returns one of these and is called whenever the time is needed.
   * A fixed time stops the clock, so nothing expires: for tests only. Default: the clock.
   */
  readonly now?: Now | undefined;
}

/**
 * The keys at a URL, fetched at first use and cached. Create one object and keep it: its memory is the cache.
 *
 * - Only one fetch runs at a time, for any number of callers.
 * - An unknown key causes a new fetch, at most once per `coolDown`. Tokens with invented `kid` values therefore do not overload
 *   the endpoint, and rotated keys are found immediately.
 * - If the endpoint fails, the last valid JWK Set is still used. If there is none, the error is repeated for one second before the
 *   next attempt, and twice as long after each further failure, up to `coolDown`.
 * - A response replaces a valid JWK Set only if it has status 200 and is a JSON object with a `keys` array that contains at least
 *   one key for signatures, and no private or symmetric key.
 * - Requests bypass every HTTP cache. Only these options decide how long a JWK Set is used.
 *
 * `get` and `refresh` throw HonninError `keys-unreachable`, `endpoint-unavailable`, `endpoint-timeout`, `response-too-large`,
 * `response-malformed`, `key-set-contains-secret`.
 *
 * @param url https, or http on loopback; redirects are not followed
 * @throws HonninError `options-invalid`
 *
 * @example
 * ```ts
 * import { remoteKeys } from "honnin";
 * import { environments } from "honnin/launch";
 *
 * // Once, where the module is loaded: its memory is the cache.
 * export const keys = remoteKeys(environments.sandbox.jwksUri, { timeout: 3 });
 * ```
 */
export function remoteKeys(url: string | URL, options: RemoteKeysOptions = {}): KeySource {
  const { href } = secureUrl(url, "The JWKS URL");
  return new FetchedKeys(href, readSettings(options), options);
}

function readSettings(options: RemoteKeysOptions): Settings {
  // A typing error must not silently leave a limit at its default.
  for (const name of Object.keys(options)) {
    if (!(name in defaults) && !["cache", "fetch", "now"].includes(name)) {
      throw new HonninError("options-invalid", "remoteKeys has an unknown option.");
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
    throw new HonninError("options-invalid", "timeout must be more than 0 and at most 60 seconds.");
  }
  if (settings.minMaxAge > settings.maxMaxAge) {
    throw new HonninError("options-invalid", "minMaxAge must not be greater than maxMaxAge.");
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
