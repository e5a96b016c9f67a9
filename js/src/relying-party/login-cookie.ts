import { HonninError } from "../error.js";
import type { Cookie } from "./cookies.js";
import { type Language, readLanguage } from "./language.js";
import type { Setup } from "./options.js";
import { digestOf, nameOf, setTabCookie, type TabCookies, tabCookies } from "./tab-cookies.js";

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

/** Seconds that a login may take. */
export const LOGIN_LIFETIME = 600;
/** Another instance's clock may be ahead by this many seconds. */
const CLOCK_SKEW = 60;

/** Servers take a `Cookie` header of 8 KiB or more: half of that is for the session, an eighth for signatures under way. */
const logins: TabCookies = { name: "honnin-login", most: 5, mostBytes: 3_072 };

/**
 * The `Set-Cookie` headers that begin a login: its own, and those that end the oldest of too many.
 */
export async function beginLogin(setup: Setup, request: Request, login: LoginState): Promise<string[]> {
  const name = await nameOf(logins, setup, login.state, login.iat);
  const value = await setup.loginSealer.seal(login);
  return setTabCookie(logins, setup, request, { name, value, maxAge: LOGIN_LIFETIME });
}

/** The cookie of the login that this state belongs to. */
export async function findLogin(setup: Setup, request: Request, state: string): Promise<Cookie | undefined> {
  const suffix = `-${await digestOf(state)}`;
  return tabCookies(logins, setup, request).find(({ name }) => name.endsWith(suffix));
}

/**
 * @throws HonninError `login-cookie-invalid` unless the cookie was sealed here for this purpose, `login-expired`
 */
export async function openLogin(setup: Setup, cookie: Cookie): Promise<LoginState> {
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
