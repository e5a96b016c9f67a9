import type { IdTokenClaims } from "honnin";
import type { HonninError } from "../error.js";
import type { Report } from "../report.js";
import type { Language } from "./http/language.js";
import type { LoginTokens } from "./service/exchange-code.js";
import type { UserInfo } from "./service/user-info.js";

/** The data of a session. Members that are `undefined` are omitted. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [member: string]: Json | undefined };

/** A login that passed every check. */
export interface Login {
  /** Identifies the person for this relying party and environment. Stays the same when the card or its certificates are renewed. */
  readonly sub: string;
  /** The claims of the verified ID token. */
  readonly claims: IdTokenClaims;
  /** The basic items; missing if none was granted. Personal data: store only what you need, and do not log it. */
  readonly user?: UserInfo;
  /** The steps of verifying the ID token, including skipped ones. Made when it is first read, by the same verification again. */
  readonly report: Report;
  readonly requestedScopes: readonly string[];
  readonly grantedScopes: readonly string[];
  /** Scopes that were requested but not granted. */
  readonly missingScopes: readonly string[];
  readonly tokens: LoginTokens;
  /** The path of the site that was requested at the login route. */
  readonly returnTo: string;
  readonly language: Language;
}

/** The outcome of a login, unless the hook returns a `Response`. */
export interface LoginOutcome {
  /** The `data` of the new session; `null`: no session. Default `{ sub }`. It is encrypted and must fit into a cookie. */
  readonly sessionData?: Json;
  /** The path of the site to redirect to. Default: `returnTo` of the login. */
  readonly returnTo?: string;
}

/**
 * Called once per login. An exception becomes an error page. If it returns a `Response`, its headers are kept and no session is
 * created. If the browser requests the same callback again, it is redirected to `returnTo` with the cookies of that response. With a
 * handoff, the request is the computer's.
 */
export type OnLogin = (
  login: Login,
  request: Request,
) => Response | LoginOutcome | undefined | void | Promise<Response | LoginOutcome | undefined | void>;

/** A session of this handler. */
export interface Session {
  /** 128 random bits, new for each login. Use it to end a session early. */
  readonly id: string;
  /** The time of the login: Unix time in seconds. */
  readonly issuedAt: number;
  /** The `sessionData` that `onLogin` returned. */
  readonly data: Json;
  /**
   * With `sessionIdleLimit`: a `Set-Cookie` header. Send it with the response to this request to prolong the session. Missing if it
   * is not needed yet. Not enumerable: JSON and copies of the session do not contain it, because scripts must not read the cookie.
   */
  readonly renewal?: string;
}

/** Whether the site has ended the session. */
export type IsRevoked = (session: Omit<Session, "renewal">, request: Request) => boolean | Promise<boolean>;

/**
 * Called when a session ends. The session ends in this browser even if the call fails. `session` is the session of the request, even
 * if it has already ended; `undefined` if there is none.
 */
export type OnLogout = (
  session: Session | undefined,
  request: Request,
) =>
  | Response
  | { returnTo?: string }
  | undefined
  | void
  | Promise<Response | { returnTo?: string } | undefined | void>;

/**
 * Identifies a client for the limits on signatures and handoffs. A function returns the same string for the same client, or `undefined` for an
 * unidentified client. Alternatively, the header in which your proxy sends the address, such as `cf-connecting-ip`. If the header has
 * several addresses, the one that the outermost of `proxies` (default 1) trusted proxies added is used. IPv6 addresses count by /64,
 * because one client has a whole /64.
 */
export type ClientOf =
  | ((request: Request, session: Session | undefined) => string | undefined | Promise<string | undefined>)
  | { readonly header: string; readonly proxies?: number | undefined };

/** The content of the handler's own error page. */
export interface ErrorAnswer {
  /** Identifies the request, as in its event. */
  readonly requestId: string;
  /** The HTTP status for the code. */
  readonly status: number;
  readonly language: Language;
  /** The path to start the login again, with the same return address. */
  readonly loginPath: string;
  /** The checked path of the site to return to after the login or the signature; missing if unknown. */
  readonly returnTo?: string;
  /** Whether the user was signing, not logging in. */
  readonly signing: boolean;
  /** `true` on a phone that logs a computer in: the user must return to the computer, and must not log in here. */
  readonly handoff?: boolean;
  /** The path to resume the pending signature; missing if there is none. */
  readonly resumePath?: string;
}

/**
 * Called for every error, to log its code or to return your own page. A script of the page on a computer gets JSON in any case. `cause` of an `internal-error` is the exception. If this hook
 * throws, its exception is ignored and the handler's own page is shown.
 */
export type OnError = (
  error: HonninError,
  request: Request,
  answer: ErrorAnswer,
) => Response | undefined | void | Promise<Response | undefined | void>;
