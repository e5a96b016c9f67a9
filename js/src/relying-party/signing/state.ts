import { randomToken } from "../../launch/random.js";

/** Marks the `state` of a way to a signature, so that a browser that has nothing else can still be told what went wrong. */
const PREFIX = "sign-";

export function signingState(): string {
  return PREFIX + randomToken();
}

export function isSigningState(state: string): boolean {
  return state.startsWith(PREFIX);
}
