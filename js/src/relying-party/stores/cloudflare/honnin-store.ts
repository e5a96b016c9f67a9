import { DurableObject } from "cloudflare:workers";

/** One value of the store in its own Durable Object, for a limited time. */
export interface HonninStore {
  /** Makes a `DurableObjectNamespace` of this class possible. It exists in types only. */
  readonly __DURABLE_OBJECT_BRAND: never;
  create(value: string, seconds: number): Promise<boolean>;
  get(): Promise<string | undefined>;
  replace(expected: string, value: string, seconds: number): Promise<boolean>;
  delete(): Promise<void>;
  alarm(): Promise<void>;
}

/** The class `HonninStore`. The platform creates its objects. */
export type HonninStoreClass = new (ctx: never, env: unknown) => HonninStore;

interface Entry {
  readonly value: string;
  /** Unix time in milliseconds. */
  readonly until: number;
}

const ENTRY = "entry";

class StoreObject extends DurableObject {
  async create(value: string, seconds: number): Promise<boolean> {
    if (this.#value() !== undefined) return false;
    await this.#keep(value, seconds);
    return true;
  }

  async get(): Promise<string | undefined> {
    return this.#value();
  }

  async replace(expected: string, value: string, seconds: number): Promise<boolean> {
    if (this.#value() !== expected) return false;
    await this.#keep(value, seconds);
    return true;
  }

  async delete(): Promise<void> {
    const { storage } = this.ctx;
    // Without an await in between, so no other call comes between the two. An object without stored data ceases to exist.
    await Promise.all([storage.deleteAlarm(), storage.deleteAll()]);
  }

  async alarm(): Promise<void> {
    const entry = this.#entry();
    // The value may have been replaced while the alarm was on its way.
    if (entry !== undefined && entry.until > Date.now()) await this.ctx.storage.setAlarm(entry.until);
    else await this.delete();
  }

  #entry(): Entry | undefined {
    return this.ctx.storage.kv.get(ENTRY) as Entry | undefined;
  }

  #value(): string | undefined {
    const entry = this.#entry();
    // An alarm may be late.
    return entry !== undefined && entry.until > Date.now() ? entry.value : undefined;
  }

  /**
   * Nothing runs between reading and writing, because both are synchronous. Value and alarm are written in one transaction, because
   * nothing is awaited between them, and the platform sends no response before they are stored.
   */
  #keep(value: string, seconds: number): Promise<void> {
    const { storage } = this.ctx;
    const until = Date.now() + Math.ceil(seconds * 1_000);
    storage.kv.put(ENTRY, { value, until } satisfies Entry);
    return storage.setAlarm(until);
  }
}

/**
 * The class of the objects of {@link durableObjectStore}, each with one value. Export it from your Worker, and declare it in
 * `new_sqlite_classes` of a migration.
 */
export const HonninStore = StoreObject as unknown as HonninStoreClass;
