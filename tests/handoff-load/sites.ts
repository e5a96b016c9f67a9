// Where the site runs: two servers that share a store, and are killed now and then.
import type { SiteSettings } from "./site.ts";

export interface Sites {
  /** The port of one of the servers, as soon as it runs. */
  port(server: number): Promise<number>;
  /** Kills this server, and what runs in the same process, in the middle of its work; then starts it again. */
  restart(server: number): Promise<void>;
  close(): Promise<void>;
}

export type StartSites = (settings: SiteSettings) => Promise<Sites>;

export const SERVERS = 2;

/** A process that is ended and started again, one after the other. */
export class Restarting<Running> {
  readonly #start: () => Promise<Running>;
  readonly #end: (running: Running) => Promise<void>;
  #running: Promise<Running>;

  constructor(start: () => Promise<Running>, end: (running: Running) => Promise<void>) {
    this.#start = start;
    this.#end = end;
    this.#running = start();
  }

  get running(): Promise<Running> {
    return this.#running;
  }

  async restart(): Promise<void> {
    this.#running = this.#running.then(this.#end).then(this.#start);
    await this.#running;
  }

  async stop(): Promise<void> {
    await this.#end(await this.#running);
  }
}
