import type { Store } from "honnin/relying-party";
import type { Kept } from "./kept.ts";

/** Seconds that results of logins and signatures are kept. */
export const resultLifetime = 600;

/** Stores values under IDs that cannot be guessed. */
export interface Keeper<Value> {
  /** @returns the id */
  put(value: Value): Promise<string>;
  get(id: string): Promise<Value | undefined>;
  forget(id: string): Promise<void>;
}

export function keeper<Value>(namespace: DurableObjectNamespace<Kept>): Keeper<Value> {
  return {
    async put(value) {
      const id = namespace.newUniqueId();
      await namespace.get(id).put(value, resultLifetime);
      return id.toString();
    },
    async get(id) {
      return (await answerOf(find(namespace, id)?.get())) as Value | undefined;
    },
    async forget(id) {
      await find(namespace, id)?.forget();
    },
  };
}

/** The types of Workers cannot describe a call with an arbitrary stored value. */
function answerOf(call: unknown): Promise<unknown> {
  return call as Promise<unknown>;
}

/** The platform throws for an invented ID. */
function find(namespace: DurableObjectNamespace<Kept>, id: string): DurableObjectStub<Kept> | undefined {
  try {
    return namespace.get(namespace.idFromString(id));
  } catch {
    return undefined;
  }
}

/** The handler's store. The handler encrypts the values and chooses their keys. */
export function handlerStore(namespace: DurableObjectNamespace<Kept>): Store {
  const at = (key: string) => namespace.get(namespace.idFromName(`handler ${key}`));
  return {
    create: (key, value, seconds) => at(key).create(value, seconds),
    async get(key) {
      const value = await answerOf(at(key).get());
      return typeof value === "string" ? value : undefined;
    },
    replace: (key, expected, value, seconds) => at(key).replace(expected, value, seconds),
    delete: (key) => at(key).forget(),
  };
}
