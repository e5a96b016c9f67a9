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
