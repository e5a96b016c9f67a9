import type { HonninError } from "../../error.js";
import type { Login } from "../hooks.js";
import type { CookieOwner } from "../http/cookies.js";
import type { Site } from "../http/site.js";
import type { HandedIn } from "../login/hand-in.js";
import type { Leaving } from "../login/leave.js";
import type { LoginState } from "../login/login-cookie.js";
import type { QuotaOptions } from "../login/quota.js";
import type { Sessions } from "../login/session.js";
import type { Sealer } from "../storage/sealed.js";
import type { Store } from "../storage/store.js";
import type { HandoffLimits } from "./handoff.js";

/** The options of handoffs after they are read, and what its objects need. Types only: the code is loaded later. */
export interface HandoffRules extends Leaving {
  readonly site: Site;
  readonly sessions: Sessions;
  /** Milliseconds that a request waits for another one. */
  readonly patience: number;
  /** The scopes of the site's logins. */
  scopes(request: Request): readonly string[];
  readonly requiredScopes: readonly string[];
  /** The name of the site's operator, for the phone. */
  readonly operator: string | undefined;
  readonly steps: HandoffLimits;
  readonly clients: Pick<QuotaOptions, "clientOf" | "limits">;
  /** Seconds between two reads of the store for an event stream. */
  readonly pollInterval: number;
  readonly owner: CookieOwner;
  readonly store: Store;
  /** Creates a sealer for one purpose. Other purposes cannot decrypt its values. */
  seal(of: string, maxCharacters?: number): Sealer;
  /** The first secret of the cookies. */
  readonly secret: string;
  /** A purpose of this handler, for deriving keys. */
  purpose(of: string): string;
  /** Does the work if the code of this state is unused; otherwise returns its outcome. */
  once(state: string, work: () => Promise<HandedIn>): Promise<HandedIn>;
  /** The same error, after which a callback may be tried again. */
  stillOpen(error: HonninError): HonninError;
  /** Exchanges a code and verifies the login. */
  verify(code: string, begun: LoginState): Promise<Login>;
  /** Lets the site decide about the login, and starts its session. */
  admit(request: Request, login: Login): Promise<HandedIn>;
}
