// The computer: follows the state as the element does, types the number, and takes the login over.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { Lost, type Reply } from "../support/wire.ts";
import { Browser, codeOf } from "./browser.ts";

export const base = "/auth/handoff";

/** Milliseconds between two polls without a stream, and until a stream that was cut is opened again. */
const POLL = 2_000;
const REOPEN = 1_000;

export interface State {
  readonly state: string;
  readonly triesLeft?: number;
  readonly code?: string;
}

const ends = ["claimed", "lapsed", "cancelled", "refused", "failed"];

export class Computer extends Browser {
  /** The last state that it learned. */
  state: State = { state: "waiting" };
  readonly #stopped = new AbortController();
  readonly #waiting = new Set<() => void>();
  #failure: { readonly error: unknown } | undefined;

  /** Starts a handoff. @returns the address in the QR code */
  async show(returnTo: string): Promise<string> {
    const reply = await this.patiently(() => this.script(base, { returnTo }));
    assert.equal(reply.status, 201, reply.text);
    return (JSON.parse(reply.text) as { url: string }).url;
  }

  /** Follows the state until its end, by events or by polls. Never rejects: whoever waits for a state learns of a failure. */
  async follow(byEvents: boolean): Promise<void> {
    try {
      await this.#follow(byEvents);
    } catch (error) {
      this.#failure = { error };
      this.#wake();
    }
  }

  async #follow(byEvents: boolean): Promise<void> {
    const { signal } = this.#stopped;
    while (!this.hasEnded && !signal.aborted) {
      try {
        const learn = (data: string) => this.#learn(JSON.parse(data) as State);
        // Without a stream, the reason is in the state.
        if (!byEvents || !(await this.events(`${base}/events`, learn, signal))) await this.poll();
      } catch (error) {
        if (!(error instanceof Lost)) throw error;
      }
      if (this.hasEnded) return;
      await sleep(byEvents ? REOPEN : POLL, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Asks for the state once. */
  async poll(): Promise<Reply> {
    const reply = await this.script(`${base}/state`);
    if (reply.status === 200) this.#learn(JSON.parse(reply.text) as State);
    else if (reply.status < 500) this.#learn({ state: "lapsed", code: codeOf(reply) ?? "" });
    return reply;
  }

  /** The state as it is now. */
  async look(): Promise<State> {
    await this.patiently(() => this.poll());
    return this.state;
  }

  stop(): void {
    this.#stopped.abort();
  }

  get hasEnded(): boolean {
    return ends.includes(this.state.state);
  }

  /** Until the state is this one, or a later one, or an end. */
  async until(...states: readonly string[]): Promise<State> {
    while (!states.includes(this.state.state) && !this.hasEnded && this.#failure === undefined)
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    if (this.#failure !== undefined) throw this.#failure.error;
    return this.state;
  }

  /** @returns the code, if the number was not accepted: also because it had been accepted before */
  async type(number: string): Promise<string | undefined> {
    const code = codeOf(await this.patiently(() => this.script(`${base}/number`, { number })));
    await this.look();
    return code;
  }

  cancel(): Promise<Reply> {
    return this.patiently(() => this.script(`${base}/cancel`, {}));
  }

  /** The form that the element sends when the login is there. */
  claim(): Promise<Reply> {
    return this.form(`${base}/claim`);
  }

  #learn(state: State): void {
    this.state = state;
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
