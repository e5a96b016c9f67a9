import type { IdTokenClaims } from "honnin";
import type { HonninError } from "../error.js";
import type { Report } from "../report.js";
import type { Language } from "./http/language.js";
import type { LoginTokens } from "./service/exchange-code.js";
import type { UserInfo } from "./service/user-info.js";

/** What a session can hold. Members that are `undefined` are left out. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [member: string]: Json | undefined };

/** A login that passed every check. */
export interface Login {
  /** The person, for this relying party and environment; stable over renewals of card and certificates. */
  readonly sub: string;
  /** Of the verified ID token. */
  readonly claims: IdTokenClaims;
  /** The basic items; missing if none was granted. Personal data: keep what is needed, log nothing. */
  readonly user?: UserInfo;
  /** Each check of the ID token, made or not. */
  readonly report: Report;
  readonly requestedScopes: readonly string[];
  readonly grantedScopes: readonly string[];
  /** Asked for, but not granted. */
  readonly missingScopes: readonly string[];
  readonly tokens: LoginTokens;
  /** A path of the site, as asked for at the login route. */
  readonly returnTo: string;
  readonly language: Language;
}

/** What becomes of a login, unless a `Response` says it all. */
export interface LoginOutcome {
  /** The `data` of the session that begins; `null`: no session. Default `{ sub }`. Encrypted; must fit into a cookie. */
  readonly sessionData?: Json;
  /** A path of the site to go on to. Default: the login's `returnTo`. */
  readonly returnTo?: string;
}

/**
 * Called once per login; what it throws becomes a page. With a `Response`, its headers are kept and no session is made; where the
 * browser asks again for the same callback, it is led to the login's `returnTo` with the cookies of that response.
 */
export type OnLogin = (
  login: Login,
  request: Request,
) => Response | LoginOutcome | undefined | void | Promise<Response | LoginOutcome | undefined | void>;

/** A session of this handler's. */
export interface Session {
  /** 128 random bits, new for each login: what a site lists to end a session before its time. */
  readonly id: string;
  /** Of the login; seconds since 1970. */
  readonly issuedAt: number;
  /** What `onLogin` returned as `sessionData`. */
  readonly data: Json;
  /**
   * With `sessionIdleLimit`: the `Set-Cookie` header that goes out with the answer to this request, for the session to go on. Missing
   * while there is no need of one yet.
   */
  readonly renewal?: string;
}

/** Whether a session was ended, as the site knows it. */
export type IsRevoked = (session: Omit<Session, "renewal">, request: Request) => boolean | Promise<boolean>;

/**
 * Called while the session ends, in this browser whatever becomes of the call. `session` is what the request brought, even if it was
 * ended before; `undefined` if it brought none.
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

/** What the handler's own page for an error would say. */
export interface ErrorAnswer {
  /** The HTTP status that goes with the code. */
  readonly status: number;
  readonly language: Language;
  /** Path to begin the login anew, with the return address it had. */
  readonly loginPath: string;
  /** A checked path of the site that the login or the signature was to return to; missing where none is known. */
  readonly returnTo?: string;
  /** Whether the user was about to sign, rather than to log in. */
  readonly signing: boolean;
  /** Path to go on with the pending signature; missing if there is none, or nothing to go on with. */
  readonly resumePath?: string;
}

/**
 * Called for every error, to log its code or to answer with a page of the site's own. `cause` of an `internal-error` is what was
 * thrown. What this hook itself throws is dropped, and the handler's own page is shown.
 */
export type OnError = (
  error: HonninError,
  request: Request,
  answer: ErrorAnswer,
) => Response | undefined | void | Promise<Response | undefined | void>;
