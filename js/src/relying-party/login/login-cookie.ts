import { HonninError, type HonninErrorCode } from "../../error.js";
import { digestOf } from "../digest.js";
import { type Cookie, type CookieOwner, clearCookie, setCookie } from "../http/cookies.js";
import { type Language, readLanguage } from "../http/language.js";
import { type TabCookieKind, TabCookies } from "../http/tab-cookies.js";
import type { Sealer } from "../storage/sealed.js";

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
export const CLOCK_TOLERANCE = 60;

/**
 * Servers take a `Cookie` header of 8 KiB or more: 3,584 bytes of that are for the session, an eighth for signatures under way. Logins
 * that links of other sites begin have a part of their own, so that no other site can push out the one under way.
 */
const ownKind: TabCookieKind = { name: "honnin-login", most: 5, mostBytes: 2_560 };
const linkedKind: TabCookieKind = { name: "honnin-linked-login", most: 2, mostBytes: 1_024 };

/** What {@link LoginCookies} need. */
export interface LoginCookieOptions {
  readonly owner: CookieOwner;
  readonly loginSealer: Sealer;
  /** Of logins that are done. */
  readonly doneSealer: Sealer;
  /** Whole seconds since 1970. */
  now(): number;
}

/** Logins under way, and what is left of those that are done: each a cookie of its own. */
export class LoginCookies {
  readonly #options: LoginCookieOptions;
  readonly #own: TabCookies;
  readonly #linked: TabCookies;

  constructor(options: LoginCookieOptions) {
    this.#options = options;
    this.#own = new TabCookies(ownKind, options.owner);
    this.#linked = new TabCookies(linkedKind, options.owner);
  }

  /**
   * The `Set-Cookie` headers that begin a login: its own, and those that end the oldest of too many.
   *
   * @param linked whether a link of another site began it
   */
  async begin(request: Request, login: LoginState, linked: boolean): Promise<string[]> {
    const cookies = linked ? this.#linked : this.#own;
    const name = await cookies.nameOf(login.state, login.iat);
    const value = await this.#options.loginSealer.seal(login);
    return cookies.set(request, { name, value, maxAge: LOGIN_LIFETIME });
  }

  /** The cookie of the login that this state belongs to. */
  async find(request: Request, state: string): Promise<Cookie | undefined> {
    return (await this.#own.find(request, state)) ?? (await this.#linked.find(request, state));
  }

  /**
   * The login that a cookie holds, or what is left of one that was completed a moment ago.
   *
   * @throws HonninError `login-cookie-invalid` unless the cookie was sealed here for this purpose, `login-expired`
   */
  async read(cookie: Cookie, state: string): Promise<BegunLogin | DoneLogin> {
    return (await this.#openDone(cookie, state)) ?? { cookie, login: await this.#openLogin(cookie) };
  }

  /** The `Set-Cookie` header that ends a login. */
  end(cookie: Cookie): string {
    return clearCookie(cookie, this.#options.owner);
  }

  /**
   * The `Set-Cookie` header that leaves in a login's place what came of it (RFC 6749 §10.5: the code is worth nothing any more), for a
   * callback that is loaded anew: where it led, or the code of its refusal.
   */
  async markDone(
    { cookie, login }: BegunLogin,
    end: { readonly returnTo?: string; readonly failed?: HonninErrorCode },
  ): Promise<string> {
    const { doneSealer, owner, now } = this.#options;
    const { returnTo, lang } = login;
    const done: DoneLogin = { returnTo, lang, ...end };
    const state = await digestOf(login.state, 16);
    const value = await doneSealer.seal({ ...done, state, iat: now() });
    return setCookie({ name: cookie.name, value, maxAge: DONE_LIFETIME, secure: owner.secure });
  }

  async #openDone({ value }: Cookie, state: string): Promise<DoneLogin | undefined> {
    const opened = await this.#options.doneSealer.open(value);
    if (typeof opened !== "object" || opened === null) return undefined;
    // Sealed here for this purpose: what it holds is what was put into it.
    const { iat, state: digest, ...done } = opened as DoneLogin & { state: string; iat: number };
    const age = this.#options.now() - iat;
    const counts = age >= -CLOCK_TOLERANCE && age <= DONE_LIFETIME + CLOCK_TOLERANCE;
    return counts && digest === (await digestOf(state, 16)) ? done : undefined;
  }

  async #openLogin(cookie: Cookie): Promise<LoginState> {
    const login = readState(await this.#options.loginSealer.open(cookie.value));
    const age = this.#options.now() - (login?.iat ?? 0);
    if (login === undefined || !(age >= -CLOCK_TOLERANCE)) {
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
