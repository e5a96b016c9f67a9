// The steps of a handoff as pure functions. Each gets the stored handoff and returns the next one, or throws and changes nothing.
// js/test/relying-party/handoff/model.test.ts explores all their orders.
import type { HonninErrorCode } from "../../error.js";
import { equalInConstantTime } from "../../launch/check-response.js";
import type { Login } from "../hooks.js";
import type { Completion } from "../login/completions.js";
import { endedAs, mismatch, otherBrowser } from "./errors.js";
import { type Handoff, type HandoffLimits, type HandoffState, hasEnded } from "./handoff.js";

/** Seconds for which an end is kept, so that both browsers learn of it, and a completed one, for a reloaded page. */
export const END_LIFETIME = 120;

/** The data of a new handoff. */
export type Opening = Pick<Handoff, "pc" | "returnTo" | "lang" | "scopes">;

export function open(opening: Opening, limits: HandoffLimits, now: number): Handoff {
  const end = now + limits.lifetime;
  const until = Math.min(now + limits.codeLifetime, end);
  return { ...opening, state: "waiting", until, end, triesLeft: limits.tries };
}

/** The handoff as it is now: lapsed, if its state has lasted too long. A completed one does not lapse. */
export function at(handoff: Handoff, now: number): Handoff {
  if (hasEnded(handoff) || handoff.state === "claimed" || now < handoff.until) return handoff;
  return ended(handoff, "lapsed", "handoff-lapsed", now);
}

/** Binds the phone that scanned the code. */
export function scan(
  handoff: Handoff,
  { phone, number }: { readonly phone: string; readonly number: string },
  limits: HandoffLimits,
  now: number,
): Handoff {
  const current = expected(handoff, ["waiting"], now);
  const until = Math.min(now + limits.numberLifetime, current.end);
  return { ...current, state: "scanned", until, phone, number };
}

/** A typed number that is wrong is counted: this changes the handoff, and is an error as well. */
export interface Typed {
  readonly next: Handoff;
  readonly wrong?: HonninErrorCode;
}

/** Compares the number that was typed on the computer with the one that the phone shows. */
export function typeNumber(handoff: Handoff, pc: string, number: string, now: number): Typed {
  checkPc(handoff, pc);
  const current = expected(handoff, ["scanned"], now);
  if (equalInConstantTime(number, current.number ?? "")) {
    const { number: _, ...rest } = current;
    return { next: { ...rest, state: "numbered", until: current.end } };
  }
  const triesLeft = current.triesLeft - 1;
  if (triesLeft > 0) return { next: { ...current, triesLeft }, wrong: "handoff-number-wrong" };
  const wrong = "handoff-tries-exhausted";
  return { next: { ...ended(current, "refused", wrong, now), triesLeft: 0 }, wrong };
}

/** Sends the phone to the service. Again too, because the user may return without a result. */
export function authorize(handoff: Handoff, phone: string, now: number): Handoff {
  checkPhone(handoff, phone);
  return { ...expected(handoff, ["numbered", "authorizing"], now), state: "authorizing" };
}

/** Checks that the phone may bring a login now. */
export function checkAwaited(handoff: Handoff, phone: string, now: number): Handoff {
  checkPhone(handoff, phone);
  return expected(handoff, ["authorizing"], now);
}

/** Keeps the verified login for the computer. */
export function deliver(
  handoff: Handoff,
  phone: string,
  login: Login,
  limits: HandoffLimits,
  now: number,
): Handoff {
  const current = checkAwaited(handoff, phone, now);
  return { ...current, state: "done", until: now + limits.claimLifetime, login };
}

/** Takes the login out, for the one request that completes it. */
export function claim(handoff: Handoff, pc: string, by: string, now: number): Handoff {
  checkPc(handoff, pc);
  const { login: _, ...current } = expected(handoff, ["done"], now);
  return { ...current, state: "claimed", until: now + END_LIFETIME, claim: by };
}

/** Notes the outcome, by the request that completed the login. */
export function settle(handoff: Handoff, by: string, outcome: Completion | HonninErrorCode): Handoff {
  if (handoff.state !== "claimed" || handoff.claim !== by || handoff.completion !== undefined) return handoff;
  return typeof outcome === "string"
    ? { ...handoff, state: "failed", code: outcome }
    : { ...handoff, completion: outcome };
}

/** Ends a handoff early. One that has ended stays as it is. */
export function end(
  handoff: Handoff,
  by: { readonly pc: string } | { readonly phone: string },
  state: "cancelled" | "refused" | "failed",
  code: HonninErrorCode,
  now: number,
): Handoff {
  if ("pc" in by) checkPc(handoff, by.pc);
  else checkPhone(handoff, by.phone);
  const current = at(handoff, now);
  if (hasEnded(current) || current.state === "claimed") return handoff;
  return ended(current, state, code, now);
}

export function checkPc(handoff: Handoff, pc: string): void {
  if (!equalInConstantTime(pc, handoff.pc)) throw otherBrowser();
}

export function checkPhone(handoff: Handoff, phone: string): void {
  if (handoff.phone === undefined || !equalInConstantTime(phone, handoff.phone)) throw otherBrowser();
}

function expected(handoff: Handoff, states: readonly HandoffState[], now: number): Handoff {
  const current = at(handoff, now);
  if (states.includes(current.state)) return current;
  if (hasEnded(current)) throw endedAs(current);
  throw mismatch(current.state, states);
}

/** Without what only a handoff on its way needs. */
function ended(
  handoff: Handoff,
  state: "lapsed" | "cancelled" | "refused" | "failed",
  code: HonninErrorCode,
  now: number,
): Handoff {
  const { number: _, login: __, ...rest } = handoff;
  return { ...rest, state, code, until: now + END_LIFETIME };
}
