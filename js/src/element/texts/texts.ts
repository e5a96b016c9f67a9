import type { HonninState } from "../types.js";

/** A screen: its title, and what it means or what to do. */
export interface ScreenText {
  readonly title: string;
  readonly text: string;
}

/** The ends of a handoff. */
export type End = Extract<HonninState, "claimed" | "lapsed" | "cancelled" | "refused" | "failed">;

export interface Texts {
  readonly login: string;
  readonly sign: string;
  readonly leaving: string;
  /** Beside the button of a phone, because nothing can detect a private window. */
  readonly privateWindow: string;
  /** The corrections of a wrong guess of the device. */
  readonly here: string;
  readonly byPhone: string;

  readonly starting: string;
  /** After a reload of the page. */
  readonly looking: string;
  readonly waiting: ScreenText;
  readonly steps: readonly string[];
  readonly qr: string;
  readonly left: (minutes: number, seconds: number) => string;
  readonly scanned: ScreenText;
  readonly numberLabel: string;
  readonly numberHint: string;
  readonly next: string;
  readonly sending: string;
  readonly malformed: string;
  readonly wrong: (left: number | undefined) => string;
  readonly unreachable: string;
  readonly numbered: ScreenText;
  readonly authorizing: ScreenText;
  readonly done: ScreenText;
  readonly goOn: string;
  readonly ends: Readonly<Record<End, ScreenText>>;
  readonly notStarted: ScreenText;
  readonly triesExhausted: string;
  readonly renew: string;
  readonly again: string;
  readonly cancel: string;
  /** Before the code, which the user can only pass on. */
  readonly contact: string;
  readonly code: (code: string) => string;
  readonly trouble: { readonly network: string; readonly service: string; readonly over: string };

  /** The button, in an app's own browser. */
  readonly stay: string;
  readonly documentMissing: string;
}
