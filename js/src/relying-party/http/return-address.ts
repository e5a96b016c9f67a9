import { HonninError } from "../../error.js";
import { isRoute, type Site } from "./site.js";

/** Enough for a long query. Five logins in progress must fit into one `Cookie` header. */
const MAX_CHARACTERS = 1_024;

/** For logins that links on other sites start. They have less room. */
const MAX_LINKED_CHARACTERS = 400;

/** Characters that URL parsers remove or replace: white space, control characters, backslashes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029\\]/;

/**
 * Like {@link returnAddress}, for a login that a link on another site starts.
 *
 * @throws HonninError `return-address-refused`
 */
export function linkedReturnAddress(site: Site, value: unknown): string {
  return returnAddress(site, value, MAX_LINKED_CHARACTERS);
}

/**
 * Reads the address to return to after the login: a path-absolute reference with query and fragment (RFC 3986 §4.2).
 *
 * @param site the site, and the handler's own routes, which are no places to return to
 * @param value the requested address; `undefined` gives `/`
 * @param most the maximum length in characters
 * @throws HonninError `return-address-refused`
 */
export function returnAddress({ origin, paths }: Site, value: unknown, most = MAX_CHARACTERS): string {
  if (value === undefined || value === null) return "/";
  const refuse = (why: string): never => {
    throw new HonninError(
      "return-address-refused",
      `The return address ${why}. Give a path of this site, such as /account.`,
    );
  };
  if (typeof value !== "string") return refuse("is not a string");
  if (value.length > most) return refuse(`is longer than ${most} characters`);
  if (!value.startsWith("/") || value.startsWith("//")) return refuse("is not an absolute path");
  if (FORBIDDEN.test(value)) return refuse("contains white space, a control character or a backslash");
  let url: URL;
  try {
    url = new URL(value, origin);
  } catch {
    return refuse("cannot be parsed");
  }
  if (url.origin !== origin) return refuse("leads to another site");
  // "/.//host" and "/a/..//host" resolve to a path that a browser reads as another host.
  if (url.pathname.startsWith("//")) return refuse("leads to another site");
  if (isRoute(paths, url.pathname)) return refuse("is a login route");
  const resolved = url.pathname + url.search + url.hash;
  if (resolved.length > most) return refuse(`is longer than ${most} characters`);
  return resolved;
}
