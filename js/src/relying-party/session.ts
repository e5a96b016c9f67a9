import { HonninError } from "../error.js";
import { cookiePrefix, readCookies, setCookie } from "./cookies.js";
import type { Json } from "./hooks.js";
import type { Setup } from "./options.js";

/** What browsers keep of a cookie at most, in bytes, attributes included to be sure (RFC 6265 §6.1). */
const MAX_COOKIE_BYTES = 4_096;
/** Another instance's clock may be ahead by this many seconds. */
const CLOCK_SKEW = 60;

/**
 * The `Set-Cookie` header that holds a session.
 *
 * @throws HonninError `options-invalid` if the session is no JSON, or too large for a cookie
 */
export async function beginSession(setup: Setup, session: Json): Promise<string> {
  if (toJson(session) === undefined) {
    throw new HonninError(
      "options-invalid",
      "The session that onLogin returned must be JSON, without cycles or functions.",
    );
  }
  const value = await setup.sessionSealer.seal({ iat: setup.now(), session });
  const cookie = setCookie({
    name: sessionName(setup),
    value,
    maxAge: setup.sessionLifetime,
    secure: setup.secure,
  });
  if (cookie.length > MAX_COOKIE_BYTES) {
    throw new HonninError(
      "options-invalid",
      `The session that onLogin returned needs ${cookie.length} bytes as a cookie; browsers keep ${MAX_COOKIE_BYTES}. ` +
        "Keep the data in a store of your own and put only its key into the session.",
    );
  }
  return cookie;
}

/** The `Set-Cookie` header that ends the session. */
export function endSession(setup: Setup): string {
  return setCookie({ name: sessionName(setup), value: "", maxAge: 0, secure: setup.secure });
}

/** The session of a request; `undefined` if there is none, if it has expired, and on anything wrong with it. */
export async function readSession(setup: Setup, request: Request): Promise<Json | undefined> {
  try {
    const name = sessionName(setup);
    const [cookie, double] = readCookies(request).filter((candidate) => candidate.name === name);
    // Two of one name: one of them was planted, and nothing says which.
    if (cookie === undefined || double !== undefined) return undefined;
    const opened = await setup.sessionSealer.open(cookie.value);
    if (typeof opened !== "object" || opened === null) return undefined;
    const { iat, session } = opened as Record<string, unknown>;
    const age = setup.now() - (typeof iat === "number" ? iat : Number.NaN);
    if (!(age >= -CLOCK_SKEW && age < setup.sessionLifetime)) return undefined;
    return session as Json;
  } catch {
    return undefined;
  }
}

function sessionName({ secure }: Setup): string {
  return `${cookiePrefix(secure)}honnin-session`;
}

function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
