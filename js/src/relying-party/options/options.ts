import type { Algorithm, JwkSet, KeySource } from "honnin";
import type { Fetch } from "../../bounded-fetch.js";
import type { Scope } from "../../launch/authorization-request.js";
import type { Environment } from "../../launch/environments.js";
import type { Now } from "../../time.js";
import type { IsRevoked, OnError, OnLogin, OnLogout } from "../hooks.js";
import type { ClientOptions } from "../service/client-key.js";
import type { SigningOptions } from "../signing-hooks.js";
import type { Store } from "../storage/store.js";

/** Scopes as a list, or as one text separated by spaces. */
export type ScopeChoice = readonly Scope[] | string;

/** What {@link relyingParty} needs. */
export interface RelyingPartyOptions extends ClientOptions {
  /** `environments.production`, `environments.sandbox`, `environmentAt(…)`, or `emulatorAt(…)` with `allowEmulator`. */
  readonly environment: Environment;
  /**
   * Takes the emulator, and a service on this machine for a site on https. An emulator lets everybody be anybody: for development
   * and tests. Default false.
   */
  readonly allowEmulator?: boolean | undefined;
  /** As registered: https (plain http on loopback only), without query. The other routes hang below its directory. */
  readonly redirectUri: string;
  /**
   * A list, or one text separated by spaces: `openid` and any of the basic items; or a function that chooses them for
   * each request of the login route. Default `["openid"]`.
   */
  readonly scope?: ScopeChoice | ((request: Request) => ScopeChoice) | undefined;
  /** Scopes without which the login fails with `scope-not-granted`. Default: none; what is missing shows in the result. */
  readonly requiredScopes?: readonly Scope[] | undefined;
  /** Sent as `acr_values`, such as `["aal3", "crl"]`. Needs `requiredAcrValues`. */
  readonly acrValues?: readonly string[] | string | undefined;
  /**
   * Values of which the ID token's `acr` must be one; or `"not-checked"`, which says outright that what was asked for is not checked:
   * what the service returns is not confirmed. Default, without `acrValues`: `acr` is not checked.
   */
  readonly requiredAcrValues?: readonly string[] | "not-checked" | undefined;
  /** Whether the authorization response has to hold `iss` (RFC 9207). Default false: whether the service sends it is not confirmed. */
  readonly requireIss?: boolean | undefined;
  /** Signature algorithms that the ID token may have. Default `["ES256"]`, which is what the service uses. */
  readonly idTokenAlgorithms?: readonly Algorithm[] | undefined;
  /** `aud` of the client assertion. Default `"token-endpoint"`, which is what the service asks for; `"issuer"` as RFC 7523bis has it. */
  readonly clientAssertionAudience?: ClientAssertionAudience | undefined;
  /**
   * At least 32 random characters: `npx honnin keygen --cookie-secret` makes some. A list of up to eight for rotation: the first
   * encrypts, all decrypt.
   */
  readonly cookieSecret: string | readonly string[];
  /** Seconds that a session lasts, 60 to 34,560,000 (400 days). Default 28,800 (8 hours). */
  readonly sessionLifetime?: number | undefined;
  /**
   * Seconds after which a session ends that nobody has used, 60 up to `sessionLifetime`. Each use is to be answered with the
   * `renewal` of `session(request)`. Default: it lasts for its lifetime, used or not.
   */
  readonly sessionIdleLimit?: number | undefined;
  /** Asked about each session that would count; what it throws, or anything but `false`, means that it does not. */
  readonly isRevoked?: IsRevoked | undefined;
  /**
   * Where codes that were handed in, signatures under way and sessions that were ended are kept, seen by all instances. Optional
   * for logins: without it, a code is kept from being handed in twice within one process, and a copied session lives on after the
   * logout. Required for `signing`.
   */
  readonly store?: Store | undefined;
  /** Default: `remoteKeys` of the environment's `jwksUri`. */
  readonly keys?: KeySource | JwkSet | string | undefined;
  /** Seconds of skew tolerated between the service's clock and this one, 0 to 600. Default 60. */
  readonly clockTolerance?: number | undefined;
  /** Seconds for each request to the service, up to 60. Default 5. */
  readonly timeout?: number | undefined;
  /** Bytes accepted of each of the service's answers. Default 262,144. */
  readonly maxBytes?: number | undefined;
  /** Stands in for the platform's `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** A function that gives a `Date` or seconds since 1970, called for each request; or one such time. Default: the clock. */
  readonly now?: Now | undefined;
  readonly onLogin: OnLogin;
  readonly onLogout?: OnLogout | undefined;
  readonly onError?: OnError | undefined;
  /** Documents can be signed with the card (署名API). Default: there are no such routes. */
  readonly signing?: SigningOptions | undefined;
}

/** What the client assertion is addressed to. */
export type ClientAssertionAudience = "token-endpoint" | "issuer";
