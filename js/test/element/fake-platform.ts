// A browser for a handoff: the test answers its requests, feeds its streams and moves its clock.
import { mock } from "node:test";
import type { Channel, Platform } from "../../src/element/handoff/platform.js";

/** A response as [status, JSON], or a failed connection. */
export type Reply = readonly [status: number, json: unknown] | "cut";

export class FakePlatform implements Platform {
  readonly requests: { readonly url: string; readonly body: unknown }[] = [];
  /** By `METHOD path`; what is not listed fails. */
  replies: Record<string, Reply> = {};
  readonly streams: {
    message: (data: string) => void;
    error: () => void;
    closed: boolean;
    isRefused: boolean;
  }[] = [];
  /** Seconds that a response takes. */
  delay = 0;
  hidden = false;
  offline = false;
  memory = "";
  /** Those of other tabs and elements, in which this one is heard. */
  others: FakePlatform[] = [];
  channel: Channel | undefined;
  #wake: (() => void) | undefined;

  async fetch(url: string, init: RequestInit): Promise<Response> {
    const path = url.split("?")[0] ?? "";
    this.requests.push({
      url,
      body: init.body === undefined ? undefined : JSON.parse(String(init.body)),
    });
    const reply = this.replies[`${init.method ?? "GET"} ${path}`] ?? "cut";
    const { delay } = this;
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, 1_000 * delay));
    if (reply === "cut") throw new TypeError("fetch failed");
    const [status, json] = reply;
    return new Response(typeof json === "string" ? json : JSON.stringify(json), { status });
  }

  openStream(_url: string, message: (data: string) => void, error: () => void) {
    const stream = { message, error, closed: false, isRefused: false };
    this.streams.push(stream);
    return {
      isClosed: () => stream.isRefused,
      close: () => {
        stream.closed = true;
      },
    };
  }

  openChannel(): Channel {
    this.channel = {
      onmessage: null,
      postMessage: (base) => {
        for (const other of this.others)
          other.channel?.onmessage?.call(undefined as never, new MessageEvent("message", { data: base }));
      },
      close: () => {
        this.channel = undefined;
      },
    };
    return this.channel;
  }

  now(): number {
    return Date.now();
  }

  isHidden(): boolean {
    return this.hidden;
  }

  isOffline(): boolean {
    return this.offline;
  }

  onWake(callback: () => void): () => void {
    this.#wake = callback;
    return () => {
      this.#wake = undefined;
    };
  }

  keep(text: string): void {
    this.memory = text;
  }

  kept(): string {
    return this.memory;
  }

  get isListening(): boolean {
    return this.#wake !== undefined;
  }

  wake(): void {
    this.#wake?.();
  }

  /** The number of requests to a path. */
  count(path: string): number {
    return this.requests.filter(({ url }) => url.split("?")[0] === path).length;
  }

  /** Sends to the newest stream. */
  tell(value: object): void {
    this.streams.at(-1)?.message(JSON.stringify(value));
  }
}

/** Lets promises settle. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Moves the clock second by second, so that what one timer starts can end before the next. */
export async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    mock.timers.tick(1_000);
    await settle();
  }
}
