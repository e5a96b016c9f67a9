import type { HandoffState } from "../types.js";

const forward: readonly HandoffState[] = ["waiting", "scanned", "numbered", "authorizing", "done", "claimed"];
const ends: readonly HandoffState[] = ["lapsed", "cancelled", "refused", "failed"];

export function isHandoffState(value: unknown): value is HandoffState {
  return [...forward, ...ends].includes(value as HandoffState);
}

/** Whether nothing more is to come from the server. */
export function isFinal(state: HandoffState): boolean {
  return state === "claimed" || ends.includes(state);
}

/** Whether `to` may replace `from`. States only move forward: a late response must not take the user back. */
export function mayFollow(from: HandoffState, to: HandoffState): boolean {
  if (isFinal(from)) return false;
  return ends.includes(to) || forward.indexOf(to) >= forward.indexOf(from);
}
