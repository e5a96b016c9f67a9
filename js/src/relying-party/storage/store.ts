import { HonninError } from "../../error.js";
import { within } from "../../single-flight.js";
import { invalid } from "../option-checks.js";

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

/** @throws HonninError `options-invalid` */
export function readStore(store: unknown): Store {
  const isStore =
    typeof store === "object" &&
    store !== null &&
    (["create", "get", "replace", "delete"] as const).every(
      (name) => typeof Reflect.get(store, name) === "function",
    );
  if (!isStore) throw invalid("store", "have the functions create, get, replace and delete, as memoryStore() has");
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
      throw new HonninError("store-unreachable", "The store failed, or did not respond in time.", { cause });
    }
  }
  // A store that answers with something else, such as "OK" or nothing, has to be known as the cause: the code or the signature is not it.
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
