import { HonninError, type HonninErrorCode } from "../../error.js";
import { type Cookie, setCookie } from "../http/cookies.js";
import { type Language, readLanguage } from "../http/language.js";
import {
  clearCookie,
  digestOf,
  nameOf,
  setTabCookie,
  type TabCookies,
  tabCookies,
} from "../http/tab-cookies.js";
import type { Setup } from "../options/read-options.js";

/** What is kept in the browser between the login and the callback. */
export interface LoginState {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly returnTo: string;
  readonly lang: Language;
  readonly scopes: readonly string[];
  /** Seconds since 1970. */
  readonly iat: number;
  /** The id of the record, if this is the way to a signature. */
  readonly signing?: string;
}

/** A login that this browser began, and has not come back from. */
export interface BegunLogin {
  readonly login: LoginState;
  readonly cookie: Cookie;
}

/** What is left of a login that was completed a moment ago. */
export interface DoneLogin {
  /** A path of the site: where it led, or was to lead. */
  readonly returnTo: string;
  readonly lang: Language;
  /** The code of its refusal. */
  readonly failed?: HonninErrorCode;
}

/** Seconds that a login may take. */
export const LOGIN_LIFETIME = 600;
/** Seconds for which a callback that is loaded anew leads where the first one led. */
const DONE_LIFETIME = 120;
/** Another instance's clock may be ahead by this many seconds. */
export const CLOCK_SKEW = 60;

/**
 * Servers take a `Cookie` header of 8 KiB or more: 3,584 bytes of that are for the session, an eighth for signatures under way. Logins
 * that links of other sites begin have a part of their own, so that no other site can push out the one under way.
 */
const logins: TabCookies = { name: "honnin-login", most: 5, mostBytes: 2_560 };
const linkedLogins: TabCookies = { name: "honnin-linked-login", most: 2, mostBytes: 1_024 };

/**
 * The `Set-Cookie` headers that begin a login: its own, and those that end the oldest of too many.
 *
 * @param linked whether a link of another site began it
 */
export async function beginLogin(
  setup: Setup,
  request: Request,
  login: LoginState,
  linked: boolean,
): Promise<string[]> {
  const kind = linked ? linkedLogins : logins;
  const name = await nameOf(kind, setup, login.state, login.iat);
  const value = await setup.loginSealer.seal(login);
  return setTabCookie(kind, setup, request, { name, value, maxAge: LOGIN_LIFETIME });
}

/** The cookie of the login that this state belongs to. */
export async function findCookie(setup: Setup, request: Request, state: string): Promise<Cookie | undefined> {
  const suffix = `-${await digestOf(state)}`;
  return [logins, linkedLogins]
    .flatMap((kind) => tabCookies(kind, setup, request))
    .find(({ name }) => name.endsWith(suffix));
}

/**
 * The login that a cookie holds, or what is left of one that was completed a moment ago.
 *
 * @throws HonninError `login-cookie-invalid` unless the cookie was sealed here for this purpose, `login-expired`
 */
export async function readLogin(
  setup: Setup,
  cookie: Cookie,
  state: string,
): Promise<BegunLogin | DoneLogin> {
  return (await openDone(setup, cookie, state)) ?? { cookie, login: await openLogin(setup, cookie) };
}

/** The `Set-Cookie` header that ends a login. */
export function endLogin(setup: Setup, { name }: Cookie): string {
  return clearCookie(setup, { name });
}

/**
 * The `Set-Cookie` header that leaves in a login's place what came of it (RFC 6749 §10.5: the code is worth nothing any more), for a
 * callback that is loaded anew: where it led, or the code of its refusal.
 */
export async function markDone(
  setup: Setup,
  { cookie, login }: BegunLogin,
  end: { readonly returnTo?: string; readonly failed?: HonninErrorCode },
): Promise<string> {
  const { returnTo, lang } = login;
  const done: DoneLogin = { returnTo, lang, ...end };
  const state = await digestOf(login.state, 16);
  const value = await setup.doneSealer.seal({ ...done, state, iat: setup.now() });
  return setCookie({ name: cookie.name, value, maxAge: DONE_LIFETIME, secure: setup.secure });
}

async function openDone(setup: Setup, { value }: Cookie, state: string): Promise<DoneLogin | undefined> {
  const opened = await setup.doneSealer.open(value);
  if (typeof opened !== "object" || opened === null) return undefined;
  // Sealed here for this purpose: what it holds is what was put into it.
  const { iat, state: digest, ...done } = opened as DoneLogin & { state: string; iat: number };
  const age = setup.now() - iat;
  const counts = age >= -CLOCK_SKEW && age <= DONE_LIFETIME + CLOCK_SKEW;
  return counts && digest === (await digestOf(state, 16)) ? done : undefined;
}

async function openLogin(setup: Setup, cookie: Cookie): Promise<LoginState> {
  const login = readState(await setup.loginSealer.open(cookie.value));
  const age = setup.now() - (login?.iat ?? 0);
  if (login === undefined || !(age >= -CLOCK_SKEW)) {
    throw new HonninError(
      "login-cookie-invalid",
      "The login's cookie was altered, or sealed with a secret no longer in use.",
    );
  }
  if (age > LOGIN_LIFETIME) {
    throw new HonninError("login-expired", `The login began more than ${LOGIN_LIFETIME} s ago.`);
  }
  return login;
}

function readState(value: unknown): LoginState | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { state, nonce, codeVerifier, returnTo, lang, scopes, iat, signing } = value as Record<
    string,
    unknown
  >;
  const language = readLanguage(lang);
  if (typeof state !== "string" || typeof nonce !== "string" || typeof codeVerifier !== "string")
    return undefined;
  if (typeof returnTo !== "string" || language === undefined || typeof iat !== "number") return undefined;
  if (!Array.isArray(scopes) || !scopes.every((scope) => typeof scope === "string")) return undefined;
  if (signing !== undefined && typeof signing !== "string") return undefined;
  const login = { state, nonce, codeVerifier, returnTo, lang: language, scopes, iat };
  return signing === undefined ? login : { ...login, signing };
}
