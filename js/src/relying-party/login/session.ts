import { HonninError } from "../../error.js";
import type { Json, Session } from "../hooks.js";
import { cookiePrefix, readCookies, setCookie } from "../http/cookies.js";
import { digestOf, hex } from "../http/tab-cookies.js";
import type { Setup } from "../options/read-options.js";

/**
 * Browsers keep cookies of 4,096 bytes (RFC 6265 §6.1), but servers take a header of 8 KiB for all of them: this leaves room for logins
 * and signatures under way. Attributes included, to be sure.
 */
const MAX_COOKIE_BYTES = 3_584;
/** Another instance's clock may be ahead by this many seconds. */
const CLOCK_SKEW = 60;
/** A renewal is of use after a tenth of the idle limit, or this many seconds, whichever is less. */
const MAX_RENEWAL_INTERVAL = 300;

/** What the cookie holds. */
interface Sealed {
  readonly id: string;
  /** Seconds since 1970. */
  readonly iat: number;
  /** When it ends at the latest, whatever lifetime sessions have by then. */
  readonly exp: number;
  /** When it was used last, as far as that was renewed. */
  readonly seen: number;
  /** A digest of who logged in, for comparing. */
  readonly who: string;
  readonly data: Json;
}

/** A session as the handler itself knows it. */
export interface KnownSession {
  readonly session: Session;
  /** A digest of who logged in. */
  readonly who: string;
}

/** Compares persons without keeping them: 128 bits. */
export function personDigest(sub: string): Promise<string> {
  return digestOf(`sub ${sub}`, 16);
}

/**
 * The `Set-Cookie` header that holds a session.
 *
 * @throws HonninError `options-invalid` if the session is no JSON, or too large for a cookie
 */
export async function beginSession(setup: Setup, data: Json, sub: string): Promise<string> {
  if (toJson(data) === undefined) {
    throw new HonninError(
      "options-invalid",
      "The session that onLogin returned must be JSON, without cycles or functions.",
    );
  }
  const iat = setup.now();
  const cookie = await sessionCookie(setup, {
    id: randomId(),
    iat,
    exp: iat + setup.sessionLifetime,
    seen: iat,
    who: await personDigest(sub),
    data,
  });
  if (cookie.length > MAX_COOKIE_BYTES) {
    throw new HonninError(
      "options-invalid",
      `The session that onLogin returned needs ${cookie.length} bytes as a cookie; ${MAX_COOKIE_BYTES} are its part of the header. ` +
        "Keep the data in a store of your own and put only its key into the session.",
    );
  }
  return cookie;
}

/** The `Set-Cookie` header that ends the session. */
export function endSession(setup: Setup): string {
  return setCookie({ name: sessionName(setup), value: "", maxAge: 0, secure: setup.secure });
}

/**
 * Ends the session of a request for copies of its cookie, too, where there is a store to remember that in.
 *
 * @throws HonninError `store-full`, `store-unreachable`
 */
export async function revokeSession(setup: Setup, request: Request): Promise<void> {
  const { store } = setup;
  if (store === undefined) return;
  const sealed = await openSession(setup, request);
  if (sealed === undefined) return;
  const left = sealed.exp - setup.now() + CLOCK_SKEW;
  await store.create(keyOf(sealed), "revoked", left);
}

/** The session of a request; `undefined` if there is none, if it has ended, and on anything wrong with it. */
export async function readSession(setup: Setup, request: Request): Promise<KnownSession | undefined> {
  try {
    const sealed = await openSession(setup, request);
    if (sealed === undefined) return undefined;
    const { id, iat: issuedAt, data, who } = sealed;
    const kept = (await setup.store?.get(keyOf(sealed))) ?? undefined;
    if (kept !== undefined) return undefined;
    const session = { id, issuedAt, data };
    // Whatever is not a clear "no" ends it: what was thrown, or a promise of something else.
    if (setup.isRevoked !== undefined && (await setup.isRevoked(session, request)) !== false)
      return undefined;
    const renewal = await renew(setup, sealed);
    return { session: renewal === undefined ? session : { ...session, renewal }, who };
  } catch {
    return undefined;
  }
}

/** The session that a request brings, whether or not the store and the site still let it count: for ending it. */
export async function sealedSession(setup: Setup, request: Request): Promise<Session | undefined> {
  const sealed = await openSession(setup, request);
  return sealed === undefined ? undefined : { id: sealed.id, issuedAt: sealed.iat, data: sealed.data };
}

async function openSession(setup: Setup, request: Request): Promise<Sealed | undefined> {
  const name = sessionName(setup);
  const [cookie, double] = readCookies(request).filter((candidate) => candidate.name === name);
  // Two of one name: one of them was planted, and nothing says which.
  if (cookie === undefined || double !== undefined) return undefined;
  const opened = await setup.sessionSealer.open(cookie.value);
  if (typeof opened !== "object" || opened === null) return undefined;
  const { id, iat, exp, seen, who, data } = opened as Partial<Sealed>;
  if (typeof id !== "string" || typeof iat !== "number" || typeof seen !== "number") return undefined;
  if (typeof exp !== "number" || typeof who !== "string" || data === undefined) return undefined;
  const now = setup.now();
  const { sessionLifetime, sessionIdleLimit = sessionLifetime } = setup;
  if (!(now >= iat - CLOCK_SKEW && now < Math.min(exp, iat + sessionLifetime))) return undefined;
  if (!(now >= seen - CLOCK_SKEW && now < seen + sessionIdleLimit)) return undefined;
  return { id, iat, exp, seen, who, data };
}

/** Not with each request: another cookie with each answer would be of no use to anybody. */
async function renew(setup: Setup, sealed: Sealed): Promise<string | undefined> {
  const { sessionIdleLimit } = setup;
  const now = setup.now();
  if (sessionIdleLimit === undefined) return undefined;
  if (now - sealed.seen < Math.min(sessionIdleLimit / 10, MAX_RENEWAL_INTERVAL)) return undefined;
  return sessionCookie(setup, { ...sealed, seen: now });
}

async function sessionCookie(setup: Setup, sealed: Sealed): Promise<string> {
  const { sessionLifetime, sessionIdleLimit = sessionLifetime, secure } = setup;
  const left = Math.min(sealed.exp, sealed.iat + sessionLifetime) - sealed.seen;
  const value = await setup.sessionSealer.seal(sealed);
  return setCookie({ name: sessionName(setup), value, maxAge: Math.min(left, sessionIdleLimit), secure });
}

function keyOf({ id }: Pick<Sealed, "id">): string {
  return `session:${id}`;
}

function sessionName({ secure, cookieTag }: Setup): string {
  return `${cookiePrefix(secure)}honnin-session-${cookieTag}`;
}

function randomId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
