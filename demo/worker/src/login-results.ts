import { DurableObject } from "cloudflare:workers";
import type { LoginResult } from "@honnin/site";

/** Milliseconds that a result is kept. */
export const resultLifetime = 600_000;

/** One login's result, in an object of its own, for ten minutes. Holds personal data and no token. */
export class LoginResults extends DurableObject {
  async put(result: LoginResult): Promise<void> {
    await this.ctx.storage.put("result", result);
    await this.ctx.storage.setAlarm(Date.now() + resultLifetime);
  }

  async get(): Promise<LoginResult | undefined> {
    return this.ctx.storage.get<LoginResult>("result");
  }

  async forget(): Promise<void> {
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  override async alarm(): Promise<void> {
    await this.forget();
  }
}
