import { randomToken } from "../launch/random.js";
import type { Setup } from "./setup.js";

/** Marks the `state` of a login that began under another host name than the callback comes to, where its cookie does not go. */
const PREFIX = "elsewhere-";

/** A fresh `state`. What it says is for the words of a page alone: nothing else believes a state that no cookie confirms. */
export function loginState({ origin }: Setup, { hostname }: URL): string {
  return hostname === new URL(origin).hostname ? randomToken() : PREFIX + randomToken();
}

export function beganElsewhere(state: string): boolean {
  return state.startsWith(PREFIX);
}
