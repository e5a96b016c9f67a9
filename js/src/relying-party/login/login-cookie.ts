import type { HonninErrorCode } from "../../error.js";
import { isObject } from "../../strict-json.js";
import { digestOf } from "../digest.js";
import { type Cookie, type CookieOwner, clearCookie, setCookie } from "../http/cookies.js";
import { type Language, readLanguage } from "../http/language.js";
import { type TabCookieKind, TabCookies } from "../http/tab-cookies.js";
import { problem } from "../problem.js";
import type { Sealer } from "../storage/sealed.js";

/** The data that the browser stores between the login and the callback. */
export interface LoginState {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly returnTo: string;
  readonly lang: Language;
  readonly scopes: readonly string[];
  /** Unix time in seconds. */
  readonly iat: number;
  /** The ID of the record, if the user is signing. */
  readonly signing?: string;
  /** The ID of the handoff, if a phone logs a computer in. */
  readonly handoff?: string;
}

/** A login that was started in this browser and is not complete. */
export interface BegunLogin {
  readonly login: LoginState;
  readonly cookie: Cookie;
}

/** The mark of a login that was completed a short time ago. */
export interface DoneLogin {
  /** A path of the site: where the login led, or would have led. */
  readonly returnTo: string;
  readonly lang: Language;
  /** The error code, if the login was refused. */
  readonly failed?: HonninErrorCode;
}

/** The maximum duration of a login, in seconds. */
export const LOGIN_LIFETIME = 600;
/** Seconds for which a reloaded callback leads where the first one led. */
const DONE_LIFETIME = 120;
/** Seconds by which the clock of another instance may be ahead. */
export const CLOCK_TOLERANCE = 60;

/**
 * Servers accept a `Cookie` header of at least 8 KiB: 3,584 bytes are for the session, an eighth for unfinished signatures.
 * Logins that links on other sites start have their own share, so no other site can displace a login in progress.
 */
const ownKind: TabCookieKind = { name: "honnin-login", most: 5, mostBytes: 2_560 };
const linkedKind: TabCookieKind = { name: "honnin-linked-login", most: 2, mostBytes: 1_024 };

/** Options of {@link LoginCookies}. */
export interface LoginCookieOptions {
  readonly owner: CookieOwner;
  readonly loginSealer: Sealer;
  /** Encrypts the marks of completed logins. */
  readonly doneSealer: Sealer;
  /** Unix time in whole seconds. */
  now(): number;
}

/** Logins in progress and marks of completed ones, each in its own cookie. */
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
   * The `Set-Cookie` headers that start a login: one for the login, and those that delete the oldest of too many.
   *
   * @param linked whether a link on another site started it
   */
  async begin(request: Request, login: LoginState, linked: boolean): Promise<string[]> {
    const cookies = linked ? this.#linked : this.#own;
    const name = await cookies.nameOf(login.state, login.iat);
    const value = await this.#options.loginSealer.seal(login);
    return cookies.set(request, { name, value, maxAge: LOGIN_LIFETIME });
  }

  /** The cookie of the login with this state. */
  async find(request: Request, state: string): Promise<Cookie | undefined> {
    return (await this.#own.find(request, state)) ?? (await this.#linked.find(request, state));
  }

  /**
   * The login in a cookie, or the mark of one that was completed a short time ago.
   *
   * @throws HonninError `login-cookie-invalid` unless the handler encrypted the cookie for this purpose, `login-expired`
   */
  async read(cookie: Cookie, state: string): Promise<BegunLogin | DoneLogin> {
    return (await this.#openDone(cookie, state)) ?? { cookie, login: await this.#openLogin(cookie) };
  }

  /** The `Set-Cookie` header that ends a login. */
  end(cookie: Cookie): string {
    return clearCookie(cookie, this.#options.owner);
  }

  /**
   * The `Set-Cookie` header that replaces a login with its outcome, for a reloaded callback: where the login led, or its error
   * code. The authorization code is no longer valid then (RFC 6749 §10.5).
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
    if (!isObject(opened)) return undefined;
    // The handler encrypted it for this purpose, so its content has this type.
    const { iat, state: digest, ...done } = opened as unknown as DoneLogin & { state: string; iat: number };
    const age = this.#options.now() - iat;
    const counts = age >= -CLOCK_TOLERANCE && age <= DONE_LIFETIME + CLOCK_TOLERANCE;
    return counts && digest === (await digestOf(state, 16)) ? done : undefined;
  }

  async #openLogin(cookie: Cookie): Promise<LoginState> {
    const login = readState(await this.#options.loginSealer.open(cookie.value));
    const age = this.#options.now() - (login?.iat ?? 0);
    if (login === undefined || !(age >= -CLOCK_TOLERANCE)) {
      throw await problem("login-cookie-invalid", ["altered-cookie"]);
    }
    if (age > LOGIN_LIFETIME) {
      throw await problem("login-expired", ["expired", LOGIN_LIFETIME]);
    }
    return login;
  }
}

function readState(value: unknown): LoginState | undefined {
  if (!isObject(value)) return undefined;
  const { state, nonce, codeVerifier, returnTo, lang, scopes, iat, signing, handoff } = value;
  const language = readLanguage(lang);
  if (typeof state !== "string" || typeof nonce !== "string" || typeof codeVerifier !== "string")
    return undefined;
  if (typeof returnTo !== "string" || language === undefined || typeof iat !== "number") return undefined;
  if (!Array.isArray(scopes) || !scopes.every((scope) => typeof scope === "string")) return undefined;
  if (signing !== undefined && typeof signing !== "string") return undefined;
  if (handoff !== undefined && typeof handoff !== "string") return undefined;
  const login = { state, nonce, codeVerifier, returnTo, lang: language, scopes, iat };
  return {
    ...login,
    ...(signing === undefined ? {} : { signing }),
    ...(handoff === undefined ? {} : { handoff }),
  };
}
