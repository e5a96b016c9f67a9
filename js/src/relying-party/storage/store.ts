import { HonninError } from "../../error.js";
import { within } from "../../single-flight.js";
import { invalid } from "../option-checks.js";

/**
 * Stores what the handler needs between requests: signatures in progress, used codes, ended sessions, and the number of started
 * signatures. Personal data is encrypted: a store sees neither tokens nor names. All instances must use the same store.
 *
 * `create` and `replace` must be atomic, and all four functions must see the latest write. `honnin/store-conformance` tests a store.
 */
export interface Store {
  /** Stores a value for `seconds` if the key has no value. @returns whether it did */
  create(key: string, value: string, seconds: number): Promise<boolean>;
  get(key: string): Promise<string | undefined | null>;
  /** Replaces the value if it equals `expected`, for `seconds` from now. @returns whether it did */
  replace(key: string, expected: string, value: string, seconds: number): Promise<boolean>;
  delete(key: string): Promise<void>;
}

/** Prefix of the keys of used codes. Anyone can cause such an entry, with an invalid code. */
export const CODES = "code:";
/** Prefix of the keys of handoffs and of their counters. Anyone can cause such entries, from many addresses. */
export const HANDOFFS = "handoff";

/** @throws HonninError `options-invalid` */
export function readStore(store: unknown): Store {
  const isStore =
    typeof store === "object" &&
    store !== null &&
    (["create", "get", "replace", "delete"] as const).every(
      (name) => typeof Reflect.get(store, name) === "function",
    );
  // A likely mistake on Workers. A Store made of it would pass this check, and hide the mistake.
  if (!isStore && typeof store === "object" && store !== null && "getWithMetadata" in store) {
    throw invalid(
      "store",
      "not be Workers KV, which has no atomic operations: use durableObjectStore of honnin/relying-party/cloudflare",
    );
  }
  if (!isStore)
    throw invalid("store", "have the functions create, get, replace and delete, as memoryStore() has");
  return store as Store;
}

/**
 * Adds a time limit to the store, and replaces all its errors by one, because an error of a store may contain anything.
 *
 * @param seconds the time limit of each call
 */
export function guardedStore(store: Store, seconds: number): Store {
  async function call<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await within(seconds * 1000, work());
    } catch (cause) {
      if (cause instanceof HonninError && cause.code === "store-full") throw cause;
      throw new HonninError("store-unreachable", "The store failed, or did not respond in time.", { cause });
    }
  }
  // If a store returns something else, such as "OK" or nothing, the error must name the store as the cause, not the code or the signature.
  async function decided(work: () => Promise<boolean>): Promise<boolean> {
    const answer: unknown = await call(work);
    if (typeof answer === "boolean") return answer;
    throw new HonninError(
      "store-unreachable",
      "create or replace of the store returned neither true nor false.",
    );
  }
  return {
    create: (...given) => decided(async () => store.create(...given)),
    get: (...given) => call(async () => store.get(...given)),
    replace: (...given) => decided(async () => store.replace(...given)),
    delete: (...given) => call(async () => store.delete(...given)),
  };
}
