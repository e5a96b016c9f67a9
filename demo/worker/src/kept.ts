import { DurableObject } from "cloudflare:workers";

interface Entry {
  readonly value: unknown;
  /** Unix time in milliseconds. */
  readonly until: number;
}

/**
 * One value in its own object, for a limited time. While an object waits for its storage, it receives no other call, so reading and
 * writing is atomic.
 */
export class Kept extends DurableObject {
  /** @param seconds the lifetime of the value */
  async put(value: unknown, seconds: number): Promise<void> {
    const until = Date.now() + seconds * 1000;
    await this.ctx.storage.put<Entry>("entry", { value, until });
    await this.ctx.storage.setAlarm(until);
  }

  /** Stores a value if there is none. @returns whether it did */
  async create(value: unknown, seconds: number): Promise<boolean> {
    if ((await this.get()) !== undefined) return false;
    await this.put(value, seconds);
    return true;
  }

  /** Replaces the value if it equals `expected`. @returns whether it did */
  async replace(expected: string, value: unknown, seconds: number): Promise<boolean> {
    if ((await this.get()) !== expected) return false;
    await this.put(value, seconds);
    return true;
  }

  async get(): Promise<unknown> {
    const entry = await this.ctx.storage.get<Entry>("entry");
    // An alarm may be late.
    return entry !== undefined && entry.until > Date.now() ? entry.value : undefined;
  }

  async forget(): Promise<void> {
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  override async alarm(): Promise<void> {
    await this.forget();
  }
}
