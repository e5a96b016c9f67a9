import { DurableObject } from "cloudflare:workers";

interface Entry {
  readonly value: unknown;
  /** Unix time in milliseconds. */
  readonly until: number;
}

/** One value in its own object, for a limited time. */
export class Kept extends DurableObject {
  /** @param seconds the lifetime of the value */
  async put(value: unknown, seconds: number): Promise<void> {
    const until = Date.now() + seconds * 1000;
    await this.ctx.storage.put<Entry>("entry", { value, until });
    await this.ctx.storage.setAlarm(until);
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
