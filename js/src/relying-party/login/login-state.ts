import { randomToken } from "../../launch/random.js";
import { clientTag } from "../http/cookies.js";

/** Marks the state of a signature, so that a browser without a cookie still gets the right error page. */
const SIGNING = "sign-";
/** Followed by a tag of the host name on which the login started. */
const FORM = /^(?:sign-)?h([0-9a-f]{8})-/;

/**
 * Creates a `state`. Everything in it except its 256 random bits only selects the text of a page: nothing else trusts a state
 * that no cookie confirms.
 */
export function freshState({ hostname }: URL, flow: "login" | "signing"): string {
  return `${flow === "signing" ? SIGNING : ""}h${clientTag(hostname)}-${randomToken()}`;
}

export function isSigningState(state: string): boolean {
  return state.startsWith(SIGNING);
}

/**
 * Whether the login with this state started on a host name other than the one it returned to. Both are the names that the
 * handler receives, so a proxy that forwards its own name makes no difference.
 */
export function beganElsewhere(state: string, { hostname }: URL): boolean {
  const tag = FORM.exec(state)?.[1];
  return tag !== undefined && tag !== clientTag(hostname);
}
