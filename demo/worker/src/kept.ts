import { DurableObject } from "cloudflare:workers";

interface Entry {
  readonly value: unknown;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/**
 * One value in an object of its own, for as long as it was put there. While an object waits for its storage no other call reaches it,
 * which makes what reads and writes one step.
 */
export class Kept extends DurableObject {
  /** @param seconds after which nothing of it is left */
  async put(value: unknown, seconds: number): Promise<void> {
    const until = Date.now() + seconds * 1000;
    await this.ctx.storage.put<Entry>("entry", { value, until });
    await this.ctx.storage.setAlarm(until);
  }

  /** Keeps a value if there is none. @returns whether it did */
  async create(value: unknown, seconds: number): Promise<boolean> {
    if ((await this.get()) !== undefined) return false;
    await this.put(value, seconds);
    return true;
  }

  /** Keeps another value in place of this very text. @returns whether it did */
  async replace(expected: string, value: unknown, seconds: number): Promise<boolean> {
    if ((await this.get()) !== expected) return false;
    await this.put(value, seconds);
    return true;
  }

  async get(): Promise<unknown> {
    const entry = await this.ctx.storage.get<Entry>("entry");
    // An alarm may ring late.
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
