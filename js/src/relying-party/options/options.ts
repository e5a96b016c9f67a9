import type { Algorithm, JwkSet, KeySource } from "honnin";
import type { Fetch } from "../../bounded-fetch.js";
import type { Scope } from "../../launch/authorization-request.js";
import type { Environment } from "../../launch/environments.js";
import type { Now } from "../../time.js";
import type { OnEvent } from "../events.js";
import type { ClientOf, IsRevoked, OnError, OnLogin, OnLogout } from "../hooks.js";
import type { ClientOptions } from "../service/client-key.js";
import type { SigningOptions } from "../signing-hooks.js";
import type { Store } from "../storage/store.js";

/** Scopes as an array, or as a space-separated string. */
export type ScopeChoice = readonly Scope[] | string;

/** Options of {@link relyingParty}. */
export interface RelyingPartyOptions extends ClientOptions {
  /** `environments.production`, `environments.sandbox`, `environmentAt(…)`, or `emulatorAt(…)` with `allowEmulator`. */
  readonly environment: Environment;
  /**
   * Accepts an emulator, and a service on this machine for a site that uses https. In an emulator, anyone can log in as anyone: use it
   * for development and tests only. Default false.
   */
  readonly allowEmulator?: boolean | undefined;
  /** The redirect URI as registered: https (http for loopback only), without a query. The other routes are in the same directory. */
  readonly redirectUri: string;
  /**
   * An array or a space-separated string: `openid` and any of the basic items; or a function that selects them for each
   * request of the login route. Default `["openid"]`.
   */
  readonly scope?: ScopeChoice | ((request: Request) => ScopeChoice) | undefined;
  /** Scopes that must be granted; otherwise the login fails with `scope-not-granted`. Default: none; see `missingScopes`. */
  readonly requiredScopes?: readonly Scope[] | undefined;
  /** Sent as `acr_values`, for example `["aal3", "crl"]`. Requires `requiredAcrValues`. */
  readonly acrValues?: readonly string[] | string | undefined;
  /**
   * The accepted values of `acr` in the ID token; or `"not-checked"`, which turns the check off explicitly, because it is not confirmed
   * what the service returns. Default, without `acrValues`: `acr` is not checked.
   */
  readonly requiredAcrValues?: readonly string[] | "not-checked" | undefined;
  /** Whether `iss` is required in the authorization response (RFC 9207). Default false, because it is not confirmed that the service sends it. */
  readonly requireIss?: boolean | undefined;
  /** The allowed signature algorithms of the ID token. Default `["ES256"]`, which the service uses. */
  readonly idTokenAlgorithms?: readonly Algorithm[] | undefined;
  /** `aud` of the client assertion. Default `"token-endpoint"`, which the service requires; `"issuer"` is required by RFC 7523bis. */
  readonly clientAssertionAudience?: ClientAssertionAudience | undefined;
  /**
   * At least 32 random characters, created by `npx honnin keygen --cookie-secret`. For rotation, an array of up to eight: the first
   * encrypts, all decrypt.
   */
  readonly cookieSecret: string | readonly string[];
  /** The lifetime of a session in seconds, 60 to 34,560,000 (400 days). Default 28,800 (8 hours). */
  readonly sessionLifetime?: number | undefined;
  /**
   * Seconds without use after which a session ends, 60 to `sessionLifetime`. Send `renewal` of `session(request)` with the response
   * to each use. Default: no limit within the lifetime.
   */
  readonly sessionIdleLimit?: number | undefined;
  /** Called for each session that is otherwise valid. The session is valid only if it returns `false`; an exception ends it. */
  readonly isRevoked?: IsRevoked | undefined;
  /**
   * Stores used codes, signatures in progress and ended sessions for all instances. Optional for logins: without it, a code is used
   * once within one process only, and a copied session cookie is still valid after the logout. Required for `signing` and `handoff`.
   */
  readonly store?: Store | undefined;
  /** Default: `remoteKeys` of the environment's `jwksUri`. */
  readonly keys?: KeySource | JwkSet | string | undefined;
  /** Seconds of skew tolerated between the service's clock and this one, 0 to 600. Default 60. */
  readonly clockTolerance?: number | undefined;
  /** The time limit for each request to the service in seconds, at most 60. Default 5. */
  readonly timeout?: number | undefined;
  /** The maximum size of each response of the service in bytes. Default 262,144. */
  readonly maxBytes?: number | undefined;
  /** Replaces the platform's `fetch`. */
  readonly fetch?: Fetch | undefined;
  /**
   * The current time: a `Date`, Unix time in seconds, or a function that returns one of these and is called for each request.
   * A fixed time stops the clock, so nothing expires: for tests only. Default: the clock.
   */
  readonly now?: Now | undefined;
  readonly onLogin: OnLogin;
  readonly onLogout?: OnLogout | undefined;
  readonly onError?: OnError | undefined;
  /**
   * Whether errors about which the site's developer can do something are written to the console, once per code: code and message, which
   * contain no personal data. Default: if there is no `onError`.
   */
  readonly logErrors?: boolean | undefined;
  /** For logs and metrics: called after each request, and after each request to the service. */
  readonly onEvent?: OnEvent | undefined;
  /**
   * Logins on a computer by a phone that scans a QR code of your own page. `true` for the defaults. Requires `store`. Default: no routes
   * for handoffs; the service's own page shows a QR code.
   */
  readonly handoff?: true | HandoffOptions | undefined;
  /** Options to sign documents with the card (署名API). Default: no routes for signing. */
  readonly signing?: SigningOptions | undefined;
}

/**
 * Options of handoffs: the site's own page on a computer shows a QR code, the phone that scans it shows a number, and only after the user
 * typed the number on the computer, the phone goes to the service. Short lifetimes limit how long a code can be relayed to another person.
 */
export interface HandoffOptions {
  /** The name of the site's operator, which the phone shows with the host of the site. Up to 100 characters. */
  readonly operator?: string | undefined;
  /** Seconds from the start until the login is verified, 60 to 900. Default 600, as a login has. */
  readonly lifetime?: number | undefined;
  /** Seconds until the code must be scanned, 30 to `lifetime`. Default 300, or `lifetime` if it is less. */
  readonly codeLifetime?: number | undefined;
  /** Seconds from the scan until the number must be typed, 30 to `lifetime`. Default 180, or `lifetime` if it is less. */
  readonly numberLifetime?: number | undefined;
  /**
   * Seconds for which the store keeps the verified login until the computer takes it over, 10 to 120. Default 120: a computer that shows
   * the page does so within seconds.
   */
  readonly claimLifetime?: number | undefined;
  /** How often a number may be typed before the handoff ends, 1 to 5. Default 5: a guess succeeds once in 200,000 handoffs. */
  readonly tries?: number | undefined;
  /** Seconds between two reads of the store for the event stream of one computer, 1 to 10. Default 1. */
  readonly pollInterval?: number | undefined;
  /** As for signatures. Default: the logged-in user; all others count as one client. No header is trusted unless it is named here. */
  readonly clientOf?: ClientOf | undefined;
  readonly limits?: HandoffClientLimits | undefined;
}

/** The maximum numbers of handoffs that can be started within one `lifetime`. */
export interface HandoffClientLimits {
  /** For one client. Default 20. */
  readonly perClient?: number | undefined;
  /** For all unidentified clients together. Default 1,000. */
  readonly anonymous?: number | undefined;
}

/** Options of {@link relyingPartyForLogins}. */
export type LoginPartyOptions = Omit<RelyingPartyOptions, "signing">;

/** The audience of the client assertion. */
export type ClientAssertionAudience = "token-endpoint" | "issuer";
