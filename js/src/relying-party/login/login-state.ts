import { randomToken } from "../../launch/random.js";
import { clientTag } from "../http/cookies.js";

/** Marks the way to a signature, so that a browser that has nothing else can still be told what went wrong. */
const SIGNING = "sign-";
/** Then comes a tag of the host name under which it began. */
const FORM = /^(?:sign-)?h([0-9a-f]{8})-/;

/**
 * A fresh `state`. What it says besides its 256 random bits is for the words of a page alone: nothing else believes a state that no
 * cookie confirms.
 */
export function freshState({ hostname }: URL, flow: "login" | "signing"): string {
  return `${flow === "signing" ? SIGNING : ""}h${clientTag(hostname)}-${randomToken()}`;
}

export function isSigningState(state: string): boolean {
  return state.startsWith(SIGNING);
}

/**
 * Whether the way with this state began under another host name than the one it comes back to. Both are as the handler is told them, so
 * that a proxy which passes on a name of its own makes no difference.
 */
export function beganElsewhere(state: string, { hostname }: URL): boolean {
  const tag = FORM.exec(state)?.[1];
  return tag !== undefined && tag !== clientTag(hostname);
}
