import type { SignatureStore } from "honnin/relying-party";
import type { Kept } from "./kept.ts";

/** Seconds that results of logins and signatures are kept. */
export const resultLifetime = 600;

/** Values that are kept under an id which nobody can guess. */
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
      return (await find(namespace, id)?.get()) as Value | undefined;
    },
    async forget(id) {
      await find(namespace, id)?.forget();
    },
  };
}

/** Of an id that was made up, the platform makes an error. */
function find(namespace: DurableObjectNamespace<Kept>, id: string): DurableObjectStub<Kept> | undefined {
  try {
    return namespace.get(namespace.idFromString(id));
  } catch {
    return undefined;
  }
}

/** Signatures under way, for the handler, which seals them and chooses their ids. */
export function signatureStore(namespace: DurableObjectNamespace<Kept>): SignatureStore {
  const at = (id: string) => namespace.get(namespace.idFromName(`signature ${id}`));
  return {
    async get(id) {
      const value = await at(id).get();
      return typeof value === "string" ? value : undefined;
    },
    async set(id, value, seconds) {
      await at(id).put(value, seconds);
    },
    async delete(id) {
      await at(id).forget();
    },
  };
}
