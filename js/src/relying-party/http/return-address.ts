import { problem } from "../problem.js";
import type { ReturnAddressFault } from "../problem-texts.js";
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
export function linkedReturnAddress(site: Site, value: unknown): Promise<string> {
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
export async function returnAddress(
  { origin, paths }: Site,
  value: unknown,
  most = MAX_CHARACTERS,
): Promise<string> {
  if (value === undefined || value === null) return "/";
  const refused = (why: ReturnAddressFault) =>
    problem("return-address-refused", ["return-address", why, most]);
  if (typeof value !== "string") throw await refused("type");
  if (value.length > most) throw await refused("long");
  if (!value.startsWith("/") || value.startsWith("//")) throw await refused("path");
  if (FORBIDDEN.test(value)) throw await refused("characters");
  let url: URL;
  try {
    url = new URL(value, origin);
  } catch {
    throw await refused("parse");
  }
  // "/.//host" and "/a/..//host" resolve to a path that a browser reads as another host.
  if (url.origin !== origin || url.pathname.startsWith("//")) throw await refused("site");
  if (isRoute(paths, url.pathname)) throw await refused("route");
  const resolved = url.pathname + url.search + url.hash;
  if (resolved.length > most) throw await refused("long");
  return resolved;
}
