import { HonninError } from "../../error.js";

/** Room for a long query; five outstanding logins must still fit into one `Cookie` header. */
const MAX_CHARACTERS = 1_024;

/** For links of other sites, whose logins get less room. */
const MAX_LINKED_CHARACTERS = 400;

/** Anything that URL parsers strip or turn into something else: white space, control characters, backslashes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029\\]/;

/**
 * As {@link returnAddress}, for a login that a link of another site begins.
 *
 * @throws HonninError `return-address-refused`
 */
export function linkedReturnAddress(origin: string, value: unknown, closed: readonly string[] = []): string {
  return returnAddress(origin, value, closed, MAX_LINKED_CHARACTERS);
}

/**
 * A place within the site to go to after the login: a path-absolute reference with query and fragment (RFC 3986 §4.2).
 *
 * @param origin the site's own origin
 * @param value what was asked for; `undefined` gives `/`
 * @param closed paths that are no place to return to, such as the handler's own
 * @param most characters at most
 * @throws HonninError `return-address-refused`
 */
export function returnAddress(
  origin: string,
  value: unknown,
  closed: readonly string[] = [],
  most = MAX_CHARACTERS,
): string {
  if (value === undefined || value === null) return "/";
  const refuse = (why: string): never => {
    throw new HonninError(
      "return-address-refused",
      `The return address ${why}; give a path of this site, such as /account`,
    );
  };
  if (typeof value !== "string") return refuse("is not a string");
  if (value.length > most) return refuse(`is longer than ${most} characters`);
  if (!value.startsWith("/") || value.startsWith("//")) return refuse("is not an absolute path");
  if (FORBIDDEN.test(value)) return refuse("holds white space, a control character or a backslash");
  let url: URL;
  try {
    url = new URL(value, origin);
  } catch {
    return refuse("cannot be parsed");
  }
  if (url.origin !== origin) return refuse("leads to another site");
  // "/.//host" and "/a/..//host" resolve to a path that a browser would read as another host.
  if (url.pathname.startsWith("//")) return refuse("leads to another site");
  if (closed.includes(url.pathname)) return refuse("is a route of the login itself");
  const resolved = url.pathname + url.search + url.hash;
  if (resolved.length > most) return refuse(`is longer than ${most} characters`);
  return resolved;
}
