// The way from the browsers to the servers: any request may go to either, and a server that is killed answers nothing.
import type { IncomingMessage } from "node:http";
import { LoopbackWire, Lost, type Reply, type Sending, type Wire } from "../support/wire.ts";
import { SERVERS, type Sites } from "./sites.ts";

export class Network implements Wire {
  readonly origin: string;
  readonly #sites: Sites;
  readonly #random: () => number;
  readonly #wire: LoopbackWire;
  readonly #restarts: Promise<void>[] = [];
  /** Requests until a server is killed, for each kill that is due. */
  readonly #fuses: number[] = [];
  #isOver = false;
  kills = 0;
  /** Requests without an answer, by the reason. */
  readonly lost = new Map<string, number>();
  /** Milliseconds of each request to the site that was answered. */
  readonly times: number[] = [];

  constructor(origin: string, sites: Sites, random: () => number) {
    this.origin = origin;
    this.#sites = sites;
    this.#random = random;
    // A connection that is kept may be closed just when it is used again. Here, only a kill may cost an answer.
    const keepAlive = false;
    this.#wire = new LoopbackWire(origin, () => sites.port(this.#server()), keepAlive);
  }

  /** A server is killed at one of the next requests. */
  killSoon(): void {
    this.#fuses.push(Math.floor(this.#random() * 50));
  }

  async send(url: URL, sending: Sending): Promise<Reply> {
    const start = performance.now();
    const reply = await this.#counted(url, () => this.#wire.send(url, sending));
    if (url.origin === this.origin) this.times.push(performance.now() - start);
    return reply;
  }

  open(url: URL, sending: Sending): Promise<IncomingMessage> {
    return this.#counted(url, () => this.#wire.open(url, sending));
  }

  /** After a failure, nothing more is sent. */
  stop(): void {
    this.#isOver = true;
  }

  /** Until all servers run that were killed. */
  async settled(): Promise<void> {
    await Promise.all(this.#restarts);
  }

  close(): void {
    this.#wire.close();
  }

  async #counted<Answer>({ origin }: URL, answer: () => Promise<Answer>): Promise<Answer> {
    if (this.#isOver) throw new Error("the test is over");
    if (origin === this.origin) this.#burn();
    try {
      return await answer();
    } catch (error) {
      if (error instanceof Lost) {
        const { code = "cut off" } = error.cause as { readonly code?: string };
        this.lost.set(code, (this.lost.get(code) ?? 0) + 1);
      }
      throw error;
    }
  }

  #server(): number {
    return Math.floor(this.#random() * SERVERS);
  }

  #burn(): void {
    const left = this.#fuses.shift();
    if (left === undefined) return;
    if (left > 0) {
      this.#fuses.unshift(left - 1);
      return;
    }
    this.kills += 1;
    this.#restarts.push(this.#sites.restart(this.#server()));
  }
}
