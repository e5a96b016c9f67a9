import { type Algorithm, type JwkSet, type KeySource, remoteKeys } from "honnin";
import { defaultTimeout, type Fetch } from "../bounded-fetch.js";
import type { Scope } from "../launch/authorization-request.js";
import type { Environment } from "../launch/environments.js";
import { secureUrl } from "../secure-url.js";
import { basicItemScopes } from "./basic-items.js";
import { checkClientId } from "./client-assertion.js";
import { type ClientKey, type ClientOptions, readClientKey } from "./client-key.js";
import { Completions } from "./completions.js";
import { readEnvironment } from "./environment-option.js";
import type { IsRevoked, OnError, OnLogin, OnLogout } from "./hooks.js";
import { invalid, readWhole, refuseUnknown } from "./option-checks.js";
import { type Sealer, sealer } from "./sealed.js";
import { readSecrets } from "./secrets.js";
import type { SigningOptions } from "./signing/hooks.js";
import { readSigningOptions, type SigningSetup } from "./signing/setup.js";
import { guardedStore, readStore, type Store } from "./store.js";

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
   * `renewal` of `sessionOf(request)`. Default: it lasts for its lifetime, used or not.
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
  /** Seconds since 1970. Default: the clock. */
  readonly now?: (() => number) | undefined;
  readonly onLogin: OnLogin;
  readonly onLogout?: OnLogout | undefined;
  readonly onError?: OnError | undefined;
  /** Documents can be signed with the card (署名API). Default: there are no such routes. */
  readonly signing?: SigningOptions | undefined;
}

/** What the client assertion is addressed to. */
export type ClientAssertionAudience = "token-endpoint" | "issuer";

/** The options, checked and completed. */
export interface Setup {
  readonly environment: Environment;
  readonly clientId: string;
  readonly clientKey: ClientKey;
  readonly redirectUri: string;
  /** The site's own, from the redirect URI: behind a proxy, a request may name another. */
  readonly origin: string;
  /** False on plain-http loopback. */
  readonly secure: boolean;
  readonly paths: Paths;
  /** The scopes that a request of the login route asks for. */
  scopes(request: Request): readonly string[];
  readonly requiredScopes: readonly string[];
  readonly allowEmulator: boolean;
  readonly acrValues: readonly string[] | undefined;
  readonly requiredAcrValues: readonly string[] | "not-checked" | undefined;
  readonly requireIss: boolean;
  readonly idTokenAlgorithms: readonly Algorithm[] | undefined;
  readonly clientAssertionAudience: string;
  /** Tells this client's cookies from those of another one on the same host. */
  readonly cookieTag: string;
  readonly loginSealer: Sealer;
  /** Of logins that are done. */
  readonly doneSealer: Sealer;
  readonly outcomeSealer: Sealer;
  readonly sessionSealer: Sealer;
  readonly sessionLifetime: number;
  readonly sessionIdleLimit: number | undefined;
  readonly isRevoked: IsRevoked | undefined;
  readonly store: Store | undefined;
  /** Logins that this process is completing, or has just completed. */
  readonly completions: Completions;
  readonly keys: KeySource | JwkSet | string;
  readonly clockTolerance: number | undefined;
  readonly timeout: number | undefined;
  readonly maxBytes: number | undefined;
  readonly fetch: Fetch | undefined;
  /** Whole seconds since 1970. */
  now(): number;
  readonly onLogin: OnLogin;
  readonly onLogout: OnLogout | undefined;
  readonly onError: OnError | undefined;
  readonly signing: SigningSetup | undefined;
}

/** Where the routes are, as paths of the site. */
export interface Paths {
  readonly login: string;
  readonly callback: string;
  readonly logout: string;
  /** With `signing` only. */
  readonly sign?: string;
  /** With `signing` only. */
  readonly signResume?: string;
}

/** Room for a session and the cookies of a site that answers a login itself. */
const MAX_OUTCOME_CHARACTERS = 65_536;

/** Complete by its type, so that a misspelt option is refused rather than ignored. */
const known: Readonly<Record<keyof RelyingPartyOptions, true>> = {
  environment: true,
  allowEmulator: true,
  clientId: true,
  clientKey: true,
  clientKeyAlgorithm: true,
  clientKeyId: true,
  redirectUri: true,
  scope: true,
  requiredScopes: true,
  acrValues: true,
  requiredAcrValues: true,
  requireIss: true,
  idTokenAlgorithms: true,
  clientAssertionAudience: true,
  cookieSecret: true,
  sessionLifetime: true,
  sessionIdleLimit: true,
  isRevoked: true,
  store: true,
  keys: true,
  clockTolerance: true,
  timeout: true,
  maxBytes: true,
  fetch: true,
  now: true,
  onLogin: true,
  onLogout: true,
  onError: true,
  signing: true,
};

/**
 * Checks all options at once, without I/O and without randomness: edge runtimes forbid both while modules load.
 *
 * @throws HonninError `options-invalid`, naming the option; `client-key-invalid`
 */
export function readOptions(options: RelyingPartyOptions): Setup {
  if (typeof options !== "object" || options === null) throw invalid("relyingParty", "be given its options");
  refuseUnknown(options, known);
  checkClientId(options.clientId);
  const clientKey = readClientKey(options);
  const signs = options.signing !== undefined;
  const redirectUri = readRedirectUri(options.redirectUri);
  const allowEmulator = readFlag("allowEmulator", options.allowEmulator);
  const environment = readEnvironment(options.environment, { site: redirectUri, signs, allowEmulator });
  const secrets = readSecrets(options.cookieSecret);
  const timeout = readTimeout(options.timeout);
  const maxBytes = readWhole("maxBytes", options.maxBytes, [1, 67_108_864]);
  const clockTolerance = readWhole("clockTolerance", options.clockTolerance, [0, 600]);
  const sessionLifetime = readWhole("sessionLifetime", options.sessionLifetime, [60, 34_560_000]) ?? 28_800;
  for (const hook of ["onLogin", "onLogout", "onError", "isRevoked", "fetch", "now"] as const) {
    if (typeof options[hook] !== "function" && (hook === "onLogin" || options[hook] !== undefined)) {
      throw invalid(hook, "be a function");
    }
  }
  const { fetch, now: clock = () => Date.now() / 1000 } = options;
  // Sealed for this service and client only: what a sandbox logged in must not open in production.
  const purpose = (of: string) => JSON.stringify(["honnin", of, 2, environment.issuer, options.clientId]);
  const store =
    options.store === undefined
      ? undefined
      : guardedStore(readStore(options.store), timeout ?? defaultTimeout);
  return {
    environment,
    allowEmulator,
    clientId: options.clientId,
    clientKey,
    redirectUri: options.redirectUri,
    origin: redirectUri.origin,
    secure: redirectUri.protocol === "https:",
    paths: readPaths(redirectUri, signs),
    ...readScopeOptions(options.scope ?? ["openid"], options.requiredScopes),
    ...readAcrOptions(options),
    requireIss: readFlag("requireIss", options.requireIss),
    idTokenAlgorithms: readAlgorithms(options.idTokenAlgorithms),
    clientAssertionAudience: readAudience(options.clientAssertionAudience, environment),
    cookieTag: tagOf(`${environment.issuer} ${options.clientId}`),
    loginSealer: sealer(secrets, purpose("login")),
    doneSealer: sealer(secrets, purpose("login-done")),
    outcomeSealer: sealer(secrets, purpose("login-outcome"), MAX_OUTCOME_CHARACTERS),
    sessionSealer: sealer(secrets, purpose("session")),
    sessionLifetime,
    sessionIdleLimit: readWhole("sessionIdleLimit", options.sessionIdleLimit, [60, sessionLifetime]),
    isRevoked: options.isRevoked,
    store,
    completions: new Completions(timeout ?? defaultTimeout),
    keys:
      readKeys(options.keys) ??
      remoteKeys(environment.jwksUri, { fetch, timeout, maxBytes, now: options.now }),
    clockTolerance,
    timeout,
    maxBytes,
    fetch,
    now: () => readClock(clock),
    onLogin: options.onLogin,
    onLogout: options.onLogout,
    onError: options.onError,
    signing:
      options.signing === undefined
        ? undefined
        : readSigningOptions(options.signing, { store, secrets, purpose }),
  };
}

function readFlag(name: string, value: unknown): boolean {
  if (value !== undefined && typeof value !== "boolean") throw invalid(name, "be true or false");
  return value === true;
}

const algorithms: readonly unknown[] = ["ES256", "ES384", "RS256", "PS256"] satisfies Algorithm[];

function readAlgorithms(value: readonly Algorithm[] | undefined): readonly Algorithm[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length === 0 || !value.every((name) => algorithms.includes(name))) {
    throw invalid("idTokenAlgorithms", `be a list of ${algorithms.join(", ")}`);
  }
  return [...value];
}

function readAudience(value: unknown, { tokenEndpoint, issuer }: Environment): string {
  if (value === undefined || value === "token-endpoint") return tokenEndpoint;
  if (value === "issuer") return issuer;
  throw invalid("clientAssertionAudience", "be token-endpoint or issuer");
}

/** Eight digits by which cookies of two clients are told apart (FNV-1a). Nothing depends on it: what is sealed opens for its own client. */
function tagOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

function readRedirectUri(value: string): URL {
  if (typeof value !== "string" || !/^[\x21-\x7e]{1,255}$/.test(value)) {
    throw invalid("redirectUri", "be an absolute URL of 1 to 255 ASCII characters");
  }
  const url = secureUrl(value, "redirectUri");
  if (/[?#]/.test(value)) throw invalid("redirectUri", "have neither query nor fragment");
  return url;
}

function readPaths(redirectUri: URL, signs: boolean): Paths {
  const callback = redirectUri.pathname;
  const directory = callback.slice(0, callback.lastIndexOf("/") + 1);
  const paths = {
    login: `${directory}login`,
    callback,
    logout: `${directory}logout`,
    ...(signs ? { sign: `${directory}sign`, signResume: `${directory}sign/resume` } : {}),
  };
  if (new Set(Object.values(paths)).size < Object.keys(paths).length) {
    throw invalid("redirectUri", "not end in the name of another route, such as /login or /logout");
  }
  return paths;
}

function words(name: string, value: unknown): string[] {
  const list: unknown = typeof value === "string" ? value.split(" ").filter((word) => word !== "") : value;
  if (!Array.isArray(list) || !list.every((word) => typeof word === "string")) {
    throw invalid(name, "be a list of texts");
  }
  return [...new Set<string>(list)];
}

function readScopes(value: readonly string[] | string): string[] {
  const scopes = words("scope", value);
  const possible: readonly string[] = ["openid", ...basicItemScopes];
  if (!scopes.includes("openid") || !scopes.every((scope) => possible.includes(scope))) {
    throw invalid("scope", `hold openid and be made of ${possible.join(", ")}`);
  }
  return scopes;
}

function readScopeOptions(
  scope: NonNullable<RelyingPartyOptions["scope"]>,
  requiredScopes: unknown,
): Pick<Setup, "scopes" | "requiredScopes"> {
  const required = words("requiredScopes", requiredScopes ?? []);
  const read = (value: readonly string[] | string) => {
    const scopes = readScopes(value);
    if (required.every((name) => scopes.includes(name))) return scopes;
    throw invalid("requiredScopes", "be a part of scope");
  };
  if (typeof scope === "function")
    return { scopes: (request) => read(scope(request)), requiredScopes: required };
  const scopes = read(scope);
  return { scopes: () => scopes, requiredScopes: required };
}

/** What was asked for is checked, or it is said outright that it is not. */
function readAcrOptions({
  acrValues,
  requiredAcrValues,
}: RelyingPartyOptions): Pick<Setup, "acrValues" | "requiredAcrValues"> {
  const asked = readAcrValues("acrValues", acrValues);
  const required =
    requiredAcrValues === "not-checked"
      ? requiredAcrValues
      : readAcrValues("requiredAcrValues", requiredAcrValues);
  if (asked !== undefined && required === undefined) {
    throw invalid("requiredAcrValues", 'be given with acrValues: a list, or "not-checked"');
  }
  return { acrValues: asked, requiredAcrValues: required };
}

function readAcrValues(name: string, value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  const values = words(name, value);
  if (values.length === 0) throw invalid(name, "not be empty");
  if (!/^[\x20-\x7e]{1,255}$/.test(values.join(" ")))
    throw invalid(name, "be 1 to 255 printable ASCII characters");
  return values;
}

/** Whether it has the right shape; what the keys are worth is decided when they are used. */
function readKeys(value: unknown): KeySource | JwkSet | string | undefined {
  if (value === undefined) return undefined;
  const rule = "be remoteKeys(…), a JWK Set or its text";
  let keys = value;
  if (typeof value === "string") {
    try {
      keys = JSON.parse(value);
    } catch {
      throw invalid("keys", rule);
    }
  }
  if (typeof keys !== "object" || keys === null) throw invalid("keys", rule);
  const { keys: list, get, refresh } = keys as { keys?: unknown; get?: unknown; refresh?: unknown };
  const isSource = typeof get === "function" && typeof refresh === "function";
  if (!isSource && !Array.isArray(list)) throw invalid("keys", rule);
  return value as KeySource | JwkSet | string;
}

function readTimeout(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !(value > 0 && value <= 60)) {
    throw invalid("timeout", "be above 0 and at most 60 seconds");
  }
  return value;
}

/** A clock that is not one must not make everything valid for ever. */
function readClock(clock: () => number): number {
  const seconds = Math.floor(clock());
  if (!Number.isSafeInteger(seconds) || seconds < 0) throw invalid("now", "return seconds since 1970");
  return seconds;
}
