import { HonninError } from "../../error.js";
import type { Handoff, HandoffState } from "./handoff.js";

export function otherBrowser(): HonninError {
  return new HonninError("handoff-other-browser", "The handoff belongs to another browser.");
}

export function badRequest(what: string): HonninError {
  return new HonninError("handoff-request-invalid", `The request of the handoff ${what}.`);
}

/** The step does not follow the present state. */
export function mismatch(state: HandoffState, states: readonly HandoffState[]): HonninError {
  return new HonninError(
    "handoff-state",
    `The handoff is in the state ${state}; this step needs ${states.join(" or ")}.`,
  );
}

/** The error for a step of a handoff that has ended: the one that ended it. */
export function endedAs({ state, code = "handoff-lapsed" }: Pick<Handoff, "state" | "code">): HonninError {
  return new HonninError(code, `The handoff has ended in the state ${state}.`);
}

export function claimedAlready(): HonninError {
  return new HonninError(
    "authorization-code-spent",
    "Another request has already taken over the login of this handoff, and its result is unknown.",
  );
}
