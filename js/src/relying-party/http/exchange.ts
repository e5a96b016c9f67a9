import type { HonninErrorCode } from "../../error.js";
import type { Language } from "./language.js";

/** What a user is doing. */
export type Flow = "login" | "signing" | "handoff";

/** The state of one request in the handler, for its error page. */
export interface Exchange {
  /** Identifies the request in events. */
  readonly id: string;
  readonly request: Request;
  readonly url: URL;
  language: Language;
  /** A checked path of the site, kept for when the user starts again. */
  returnTo: string | undefined;
  /** What the user is doing, so that a page does not mention a login to a user who signs; `handoff` on the phone only. */
  flow: Flow;
  /** Whether a script reads the response, so that an error is JSON. */
  json: boolean;
  /** The code of the error, if there was one. */
  code: HonninErrorCode | undefined;
  /** The method that the route accepts, once the route is known. */
  allow: string | undefined;
  /** Identifies the pending signature of this browser that can be resumed, if any. */
  resumeHint: string | undefined;
  /** `Set-Cookie` headers that are sent in any case. */
  readonly cookies: string[];
}

/** The value of a query parameter; an array if it appears more than once. */
export function parameter(url: URL, name: string): string | string[] | undefined {
  const values = url.searchParams.getAll(name);
  return values.length > 1 ? values : values[0];
}
