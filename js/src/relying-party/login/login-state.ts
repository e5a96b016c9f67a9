import { randomToken } from "../../launch/random.js";
import { clientTag } from "../http/cookies.js";
import type { Flow } from "../http/exchange.js";

/** Marks the state of a signature, so that a browser without a cookie still gets the right error page. */
const SIGNING = "sign-";
/** The same for a phone that logs a computer in. */
const HANDOFF = "hand-";
/** Followed by a tag of the host name on which the login started. */
const FORM = /^(?:sign-|hand-)?h([0-9a-f]{8})-/;

/**
 * Creates a `state`. Everything in it except its 256 random bits only selects the text of a page: nothing else trusts a state
 * that no cookie confirms.
 */
export function freshState(request: Request, flow: Flow): string {
  const mark = { login: "", signing: SIGNING, handoff: HANDOFF }[flow];
  return `${mark}h${clientTag(hostNameOf(request))}-${randomToken()}`;
}

/** What the user was doing who has this state. */
export function flowOf(state: string): Flow {
  if (state.startsWith(SIGNING)) return "signing";
  return state.startsWith(HANDOFF) ? "handoff" : "login";
}

/**
 * Whether the login with this state started on a host name other than the one it returned to. Both are the names that the
 * handler receives, so a proxy that forwards its own name makes no difference.
 */
export function beganElsewhere(state: string, request: Request): boolean {
  const tag = FORM.exec(state)?.[1];
  return tag !== undefined && tag !== clientTag(hostNameOf(request));
}

/** The header first: a bridge from another kind of server may put the configured origin into the URL. */
function hostNameOf({ headers, url }: Request): string {
  return (headers.get("host") ?? new URL(url).host).replace(/:\d+$/, "");
}
