import type { Language } from "./language.js";

/** The state of one request in the handler, for its error page. */
export interface Exchange {
  readonly request: Request;
  readonly url: URL;
  language: Language;
  /** A checked path of the site, kept for when the user starts again. */
  returnTo: string | undefined;
  /** What the user is doing, so that a page does not mention a login to a user who signs. */
  flow: "login" | "signing";
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
