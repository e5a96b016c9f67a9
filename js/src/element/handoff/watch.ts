import { type Answer, readAnswer, readRefusal } from "./answer.js";
import type { Platform, Stream } from "./platform.js";
import { parse, request, type Trouble } from "./requests.js";

/** Who hears of the watch. */
export interface Listener {
  answered(answer: Answer): void;
  /** The server no longer knows the handoff, or refuses to say anything about it. */
  lost(code: string): void;
  /** `undefined` when it is over. */
  troubled(trouble: Trouble | undefined): void;
}

/** What the time until the next poll depends on. */
export interface Pace {
  /** The event stream works. */
  readonly streaming: boolean;
  /** Polls that failed in a row. */
  readonly failures: number;
  readonly hidden: boolean;
}

const second = 1_000;

/** Milliseconds until the next poll. A stream that works is checked as well: a cut connection may look open. */
export function pollDelay({ streaming, failures, hidden }: Pace): number {
  const delay = streaming ? 30 * second : Math.min(2 ** (failures + 1), 30) * second;
  return hidden ? Math.max(delay, 15 * second) : delay;
}

/** One failure may be a coincidence, and is not worth a message. */
const failuresToReport = 2;
const refusalsToGiveUp = 3;

/** Follows the state of a handoff: by the event stream, and by polling whenever the stream is not known to work. */
export class Watch {
  readonly #base: string;
  readonly #platform: Platform;
  readonly #listener: Listener;
  #stream: Stream | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unlisten: (() => void) | undefined;
  #streaming = false;
  #polling = false;
  #failures = 0;
  #refusals = 0;
  #stopped = false;

  constructor(base: string, platform: Platform, listener: Listener) {
    this.#base = base;
    this.#platform = platform;
    this.#listener = listener;
  }

  start(): void {
    this.#unlisten = this.#platform.onWake(() => this.#wake());
    this.#open();
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    this.#unlisten?.();
    clearTimeout(this.#timer);
    this.#stream?.close();
  }

  /** Asks for the state now. */
  async poll(): Promise<void> {
    if (this.#stopped || this.#polling) return;
    this.#polling = true;
    const outcome = await request(this.#platform, `${this.#base}/state`);
    this.#polling = false;
    if (this.#stopped) return;
    if (outcome.kind === "trouble") this.#fail(outcome.trouble);
    else if (outcome.kind === "refused") {
      const { code } = readRefusal(outcome.json);
      this.#listener.lost(code ?? "handoff-response-malformed");
    } else this.#receive(outcome.json);
    this.#schedule();
  }

  #receive(json: unknown): void {
    const answer = readAnswer(json);
    if (answer === undefined) {
      this.#fail("service");
      return;
    }
    this.#failures = 0;
    this.#listener.troubled(undefined);
    this.#listener.answered(answer);
  }

  #fail(trouble: Trouble): void {
    this.#failures += 1;
    if (this.#failures >= failuresToReport || this.#platform.isOffline()) this.#listener.troubled(trouble);
  }

  #open(): void {
    this.#stream = this.#platform.openStream(
      `${this.#base}/events`,
      (data) => {
        if (this.#stopped) return;
        this.#streaming = true;
        this.#refusals = 0;
        this.#receive(parse(data));
        this.#schedule();
      },
      () => {
        if (this.#stopped) return;
        // A server ends each stream after a while, and the browser connects again: only what comes next shows that it works.
        this.#streaming = false;
        this.#schedule();
      },
    );
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    const pace = {
      streaming: this.#streaming,
      failures: this.#failures,
      hidden: this.#platform.isHidden(),
    };
    this.#timer = setTimeout(() => {
      this.#reopen();
      void this.poll();
    }, pollDelay(pace));
  }

  /** A browser gives up on a stream that had another status than 200. If it happens again and again, polling must do. */
  #reopen(): void {
    if (this.#stream?.isClosed() !== true || this.#failures > 0 || this.#refusals >= refusalsToGiveUp) return;
    this.#refusals += 1;
    this.#open();
  }

  #wake(): void {
    if (this.#platform.isOffline()) this.#listener.troubled("network");
    else if (!this.#platform.isHidden()) {
      this.#reopen();
      void this.poll();
    }
  }
}
