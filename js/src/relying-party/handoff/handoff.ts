import type { HonninErrorCode } from "../../error.js";
import type { Login } from "../hooks.js";
import type { Language } from "../http/language.js";
import type { Completion } from "../login/completions.js";

/** The states of a handoff on its way, in their order. */
export const wayStates = ["waiting", "scanned", "numbered", "authorizing", "done", "claimed"] as const;
/** The states in which a handoff ends without a login. */
export const endStates = ["lapsed", "cancelled", "refused", "failed"] as const;

export type WayState = (typeof wayStates)[number];
export type EndState = (typeof endStates)[number];
export type HandoffState = WayState | EndState;

/** How long each step may take, in seconds, and how often a number may be typed. */
export interface HandoffLimits {
  /** From the start until the login is verified. */
  readonly lifetime: number;
  /** From the start until the code is scanned. */
  readonly codeLifetime: number;
  /** From the scan until the number is typed. */
  readonly numberLifetime: number;
  /** From the verified login until the computer takes it over. */
  readonly claimLifetime: number;
  readonly tries: number;
}

/** A handoff as it is stored. */
export interface Handoff {
  readonly state: HandoffState;
  /** When the present state lapses, and for an end, when it is forgotten: Unix time in seconds. */
  readonly until: number;
  /** When the handoff lapses in any state before `done`: Unix time in seconds. */
  readonly end: number;
  /** A digest of the secret in the computer's cookie. */
  readonly pc: string;
  readonly returnTo: string;
  /** The language of the computer. */
  readonly lang: Language;
  readonly scopes: readonly string[];
  readonly triesLeft: number;
  /** A digest of the secret in the phone's cookie, once the code is scanned. */
  readonly phone?: string;
  /** Six digits that the phone shows. */
  readonly number?: string;
  /** The verified login, in the state `done` only. */
  readonly login?: Login;
  /** Identifies the request that took the login over. */
  readonly claim?: string;
  /** Where the computer was led, once it is known. */
  readonly completion?: Completion;
  /** Why it ended. */
  readonly code?: HonninErrorCode;
}

export function hasEnded({ state }: Pick<Handoff, "state">): boolean {
  return (endStates as readonly HandoffState[]).includes(state);
}
