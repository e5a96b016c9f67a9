import { HonninError } from "../error.js";
import { type Cookie, cookiePrefix, readCookies, setCookie } from "./cookies.js";
import { type Language, readLanguage } from "./language.js";
import type { Setup } from "./options.js";

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

const MAX_OUTSTANDING = 5;
/** Bytes of names and values of outstanding logins: servers take 8 to 16 KiB of headers, and a session needs half of that. */
const MAX_OUTSTANDING_BYTES = 4_096;

/** `honnin-login-<begin in seconds, base 36>-<first 64 bits of the state's SHA-256>`: one cookie per tab, the oldest known by its name. */
const NAME = /honnin-login-([0-9a-z]{1,11})-([0-9a-f]{16})$/;

/**
 * The `Set-Cookie` headers that begin a login: its own, and those that end the oldest of too many.
 */
export async function beginLogin(setup: Setup, request: Request, login: LoginState): Promise<string[]> {
  const { secure } = setup;
  const name = `${cookiePrefix(secure)}honnin-login-${login.iat.toString(36)}-${await digest(login.state)}`;
  const value = await setup.loginSealer.seal(login);
  let count = 1;
  let bytes = name.length + value.length;
  const ended: string[] = [];
  for (const cookie of outstanding(setup, request)) {
    count += 1;
    bytes += cookie.name.length + cookie.value.length;
    if (count > MAX_OUTSTANDING || bytes > MAX_OUTSTANDING_BYTES) ended.push(endLogin(setup, cookie));
  }
  return [...ended, setCookie({ name, value, maxAge: LOGIN_LIFETIME, secure })];
}

/** The cookie of the login that this state belongs to. */
export async function findLogin(setup: Setup, request: Request, state: string): Promise<Cookie | undefined> {
  const suffix = `-${await digest(state)}`;
  return outstanding(setup, request).find(({ name }) => name.endsWith(suffix));
}

/** The `Set-Cookie` header that spends a login: each is good for one callback. */
export function endLogin({ secure }: Setup, { name }: Cookie): string {
  return setCookie({ name, value: "", maxAge: 0, secure });
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

/** Newest first. */
function outstanding({ secure }: Setup, request: Request): Cookie[] {
  const begin = ({ name }: Cookie) => Number.parseInt(NAME.exec(name)?.[1] ?? "", 36);
  const prefix = `${cookiePrefix(secure)}honnin-login-`;
  return readCookies(request)
    .filter(({ name }) => name.startsWith(prefix) && NAME.test(name) && name.length <= prefix.length + 28)
    .sort((a, b) => begin(b) - begin(a));
}

async function digest(state: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(state)));
  return Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
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
