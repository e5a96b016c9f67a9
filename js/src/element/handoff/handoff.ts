import type { HonninState } from "../types.js";
import { type Answer, readAnswer, readRefusal, readStarted } from "./answer.js";
import { type Remembered, recall, remember } from "./memory.js";
import { isNumber, readNumber } from "./number.js";
import type { HandoffOptions } from "./options.js";
import type { Channel, Platform } from "./platform.js";
import { request, type Trouble } from "./requests.js";
import { isFinal, isHandoffState, mayFollow } from "./states.js";
import { Watch } from "./watch.js";

/** Why a number was not accepted. */
export type NumberProblem = "malformed" | "wrong" | "unreachable";

/** Everything that the page shows about a handoff. */
export interface HandoffView {
  readonly state: HonninState;
  /** For the QR code. */
  readonly url?: string | undefined;
  /** When the state lapses, in milliseconds of the platform's clock. */
  readonly deadline?: number | undefined;
  readonly triesLeft?: number | undefined;
  readonly problem?: NumberProblem | undefined;
  readonly isSending?: boolean | undefined;
  readonly trouble?: Trouble | undefined;
  readonly code?: string | undefined;
  /** In the state `starting`: a handoff of this tab is looked for, and no new one requested. */
  readonly isLooking?: boolean | undefined;
}

const ownCode: Record<Trouble, string> = {
  network: "handoff-unreachable",
  service: "handoff-unavailable",
};

/** Milliseconds by which two readings of one deadline differ: the server has whole seconds, and its clock is not this one. */
const tolerance = 3_000;

/** One handoff of a login to a phone, on the side of the computer. */
export class Handoff {
  readonly #options: HandoffOptions;
  readonly #platform: Platform;
  readonly #changed: (view: HandoffView) => void;
  readonly #reportError: (code: string) => void;
  #view: HandoffView = { state: "idle" };
  #watch: Watch | undefined;
  #channel: Channel | undefined;
  #expiry: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;
  /** What this tab remembers, while the server has not said yet what became of it. */
  #lookedFor: Remembered | undefined;
  /** When that was asked. */
  #asked = 0;

  constructor(
    options: HandoffOptions,
    platform: Platform,
    changed: (view: HandoffView) => void,
    reportError: (code: string) => void,
  ) {
    this.#options = options;
    this.#platform = platform;
    this.#changed = changed;
    this.#reportError = reportError;
  }

  /**
   * Goes on with the handoff that this tab had before its page was loaded again. If there is none any more, the state is `idle`.
   *
   * @returns whether the tab remembers one
   */
  resume(): boolean {
    this.#lookedFor = recall(this.#platform, this.#options);
    if (this.#lookedFor === undefined) return false;
    this.#asked = this.#platform.now();
    this.#show({ state: "starting", url: this.#lookedFor.url, isLooking: true });
    this.#follow();
    void this.#watch?.poll();
    return true;
  }

  async start(): Promise<void> {
    this.#show({ state: "starting" });
    const { base, lang, returnTo, scopes } = this.#options;
    const outcome = await request(this.#platform, `${base}?lang=${lang}`, { returnTo, scopes });
    if (this.#stopped) return;
    if (outcome.kind === "trouble") {
      this.#end({ state: "failed", code: ownCode[outcome.trouble], trouble: outcome.trouble });
      return;
    }
    const started = outcome.kind === "ok" ? readStarted(outcome.json) : undefined;
    if (started === undefined) {
      const code = outcome.kind === "refused" ? readRefusal(outcome.json).code : undefined;
      this.#end({ state: "failed", code: code ?? "handoff-response-malformed" });
      return;
    }
    const { url } = started;
    const { deadline } = this.#until(started.expiresIn);
    remember(this.#platform, this.#options, { url, deadline });
    this.#show({ state: "waiting", url, deadline });
    this.#follow();
    this.#channel?.postMessage(base);
  }

  #follow(): void {
    this.#watch = new Watch(this.#options.base, this.#platform, {
      answered: (answer) => this.#accept(answer),
      lost: (code) => this.#lose(code),
      troubled: (trouble) => {
        if (trouble === this.#view.trouble) return;
        if (trouble !== undefined) this.#reportError(ownCode[trouble]);
        this.#show({ ...this.#view, trouble });
      },
    });
    this.#watch.start();
    // The server has replaced this handoff, and the cookie of the browser names the other one: polls would tell of that.
    this.#channel = this.#platform.openChannel();
    if (this.#channel)
      this.#channel.onmessage = ({ data }) => {
        if (data === this.#options.base) this.#end({ state: "cancelled" });
      };
  }

  #unfollow(): void {
    this.#watch?.stop();
    this.#channel?.close();
    clearTimeout(this.#expiry);
  }

  /** @param text as typed: full-width digits, spaces and hyphens are accepted */
  async sendNumber(text: string): Promise<void> {
    if (this.#view.state !== "scanned" || this.#view.isSending === true) return;
    // The same problem again is news, so it is first taken back.
    this.#show({ ...this.#view, problem: undefined });
    const number = readNumber(text);
    if (!isNumber(number)) {
      this.#showProblem("malformed");
      return;
    }
    this.#show({ ...this.#view, isSending: true });
    const outcome = await request(this.#platform, `${this.#options.base}/number`, { number });
    if (this.#stopped) return;
    this.#show({ ...this.#view, isSending: undefined });
    if (outcome.kind === "trouble") {
      this.#reportError(ownCode[outcome.trouble]);
      this.#showProblem("unreachable");
    } else if (outcome.kind === "ok") {
      const answer = readAnswer(outcome.json);
      if (answer === undefined) this.#reportError("handoff-response-malformed");
      else this.#accept(answer);
    } else await this.#refuseNumber(readRefusal(outcome.json));
  }

  async #refuseNumber({ code, triesLeft }: ReturnType<typeof readRefusal>): Promise<void> {
    if (code === "handoff-tries-exhausted") this.#end({ state: "refused", code });
    else if (code === "handoff-lapsed" || code === "handoff-not-found") this.#lose(code);
    else {
      if (code !== undefined) this.#reportError(code);
      // The number of tries, and any other reason, is in the state if it is not in the response.
      if (triesLeft === undefined) await this.#watch?.poll();
      else this.#show({ ...this.#view, triesLeft });
      if (code === "handoff-number-wrong") this.#showProblem("wrong");
    }
  }

  #showProblem(problem: NumberProblem): void {
    if (!this.#stopped && this.#view.state === "scanned") this.#show({ ...this.#view, problem });
  }

  /** Ends the handoff here, and at the server if it can be reached; otherwise it lapses there. */
  async cancel(): Promise<void> {
    if (this.#stopped) return;
    this.#end({ state: "cancelled" });
    await request(this.#platform, `${this.#options.base}/cancel`, {});
  }

  /** Stops following, and says nothing more. */
  stop(): void {
    this.#stopped = true;
    this.#unfollow();
  }

  #accept(answer: Answer): void {
    const { state: from } = this.#view;
    if (this.#stopped) return;
    if (this.#lookedFor !== undefined) {
      const isFound = this.#isStill(this.#lookedFor, answer);
      this.#lookedFor = undefined;
      if (!isFound) {
        this.#end({ state: "idle" });
        return;
      }
    } else if (!isHandoffState(from) || !mayFollow(from, answer.state)) return;
    const { state, expiresIn, triesLeft, code } = answer;
    if (isFinal(state)) {
      if (code !== undefined) this.#reportError(code);
      this.#end({ state, code }, false);
      return;
    }
    if (expiresIn === 0 && from !== "done" && state !== "done") {
      this.#end({ state: "lapsed" });
      return;
    }
    const kept = state === from ? { ...this.#view } : { url: this.#view.url, trouble: this.#view.trouble };
    this.#show({
      ...kept,
      state,
      ...this.#until(expiresIn),
      triesLeft: triesLeft ?? this.#view.triesLeft,
    });
    if (state === "done") {
      // The rest is the form's.
      this.#watch?.stop();
      clearTimeout(this.#expiry);
    }
  }

  /** Whether there is something to go on with. A code that lapses later than the remembered one is that of another tab. */
  #isStill({ deadline }: Remembered, { state, expiresIn }: Answer): boolean {
    // The time that the answer took on its way is not the server's.
    if (state === "waiting") return this.#asked + expiresIn * 1_000 <= deadline + tolerance;
    return state !== "claimed";
  }

  #lose(code: string): void {
    if (this.#lookedFor !== undefined) {
      this.#end({ state: "idle" });
      return;
    }
    const isLapse = code === "handoff-lapsed" || code === "handoff-not-found";
    this.#end({ state: isLapse ? "lapsed" : "failed", code });
  }

  /** @param isNews whether the code has not been reported yet */
  #end(view: HandoffView, isNews = true): void {
    this.#unfollow();
    // What another element of this page has to remember stays.
    if (recall(this.#platform, this.#options)?.url === this.#view.url) this.#platform.keep("");
    if (isNews && view.code !== undefined) this.#reportError(view.code);
    this.#show(view);
    this.#stopped = true;
  }

  #until(seconds: number): { deadline: number } {
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(() => void this.#expire(), seconds * 1_000);
    return { deadline: this.#platform.now() + seconds * 1_000 };
  }

  /** The server decides. If it cannot be reached, a code that nobody may use any more must not stay on the page. */
  async #expire(): Promise<void> {
    await this.#watch?.poll();
    const { state, deadline = 0 } = this.#view;
    const isUnused = state === "waiting" || state === "scanned";
    if (!this.#stopped && isUnused && deadline <= this.#platform.now()) this.#end({ state: "lapsed" });
  }

  #show(view: HandoffView): void {
    if (this.#stopped) return;
    this.#view = view;
    this.#changed(view);
  }
}
