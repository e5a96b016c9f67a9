import { invalid } from "../../option-checks.js";
import type { Store } from "../../storage/store.js";
import { reach, unexpectedReply } from "../unreachable.js";
import type { HonninStore } from "./honnin-store.js";

/** What the store uses of a `DurableObjectNamespace`, which is the binding of the class `HonninStore`. */
export interface StoreNamespace<Id> {
  idFromName(name: string): Id;
  get(id: Id): unknown;
}

/**
 * A store in Durable Objects, with one object for each key. All instances of your Worker, everywhere, see the latest write. An object
 * deletes itself when its value expires.
 *
 * Needs compatibility date 2024-04-03 or later.
 *
 * @param namespace the binding of the class `HonninStore`
 * @throws HonninError `options-invalid`
 *
 * @example
 * ```ts
 * // wrangler.jsonc:
 * //   "durable_objects": { "bindings": [{ "name": "STORE", "class_name": "HonninStore" }] },
 * //   "migrations": [{ "tag": "v1", "new_sqlite_classes": ["HonninStore"] }]
 * import { durableObjectStore, type StoreNamespace } from "honnin/relying-party/cloudflare";
 *
 * // The Worker exports the class.
 * export { HonninStore } from "honnin/relying-party/cloudflare";
 *
 * export const storeOf = (env: { STORE: StoreNamespace<unknown> }) => durableObjectStore(env.STORE);
 * ```
 */
export function durableObjectStore<Id>(namespace: StoreNamespace<Id>): Store {
  checkNamespace(namespace);

  async function call<T>(key: string, work: (object: HonninStore) => Promise<T>): Promise<T> {
    // A new stub for each call: after an error, a stub may be unusable.
    return reach("The Durable Object", async () =>
      work(namespace.get(namespace.idFromName(key)) as HonninStore),
    );
  }

  async function decide(key: string, work: (object: HonninStore) => Promise<unknown>): Promise<boolean> {
    const reply = await call(key, work);
    if (typeof reply === "boolean") return reply;
    throw otherClass();
  }

  return {
    create: (key, value, seconds) => decide(key, (object) => object.create(value, seconds)),
    async get(key) {
      const value: unknown = await call(key, (object) => object.get());
      if (value === undefined || typeof value === "string") return value;
      throw otherClass();
    },
    replace: (key, expected, value, seconds) =>
      decide(key, (object) => object.replace(expected, value, seconds)),
    delete: (key) => call(key, (object) => object.delete()),
  };
}

function otherClass() {
  return unexpectedReply("The Durable Object", "Is the binding that of the class HonninStore?");
}

function checkNamespace(namespace: unknown): void {
  const has = (name: string) =>
    typeof namespace === "object" && namespace !== null && typeof Reflect.get(namespace, name) === "function";
  if (has("idFromName") && has("get")) return;
  if (has("get") && has("put") && has("list")) {
    throw invalid(
      "The binding",
      "be a Durable Object namespace. This looks like Workers KV, which cannot be a store: it has no atomic operations, and other locations read old values for a minute or longer. Export the class HonninStore and bind it",
    );
  }
  throw invalid("The binding", "be the Durable Object namespace of the class HonninStore");
}
