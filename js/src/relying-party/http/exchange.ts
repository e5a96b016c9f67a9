import type { Language } from "./language.js";

/** One request on its way through the handler: what an error page needs to know if it ends in one. */
export interface Exchange {
  readonly request: Request;
  readonly url: URL;
  language: Language;
  /** A checked path of the site, to be kept when the user starts again. */
  returnTo: string | undefined;
  /** What the user is about, so that a page does not speak of a login to somebody who signs. */
  flow: "login" | "signing";
  /** Tells which pending signature of this browser can be gone on with, if there is one. */
  resumeHint: string | undefined;
  /** `Set-Cookie` headers that go out whatever happens from here on. */
  readonly cookies: string[];
}

/** The one value of a query parameter; all of them if it is there more than once. */
export function parameter(url: URL, name: string): string | string[] | undefined {
  const values = url.searchParams.getAll(name);
  return values.length > 1 ? values : values[0];
}
