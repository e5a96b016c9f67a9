import type { JwkSet, KeySource } from "honnin";
import { remoteKeys } from "honnin";
import type { Fetch } from "../bounded-fetch.js";
import type { Scope } from "../launch/authorization-request.js";
import type { Environment } from "../launch/environments.js";
import { secureUrl } from "../secure-url.js";
import { basicItemScopes } from "./basic-items.js";
import { checkClientId } from "./client-assertion.js";
import { type ClientKey, type ClientOptions, readClientKey } from "./client-key.js";
import type { OnError, OnLogin, OnLogout } from "./hooks.js";
import { invalid, readWhole, refuseUnknown } from "./option-checks.js";
import { type Sealer, sealer } from "./sealed.js";
import type { SigningOptions } from "./signing/hooks.js";
import { readSigningOptions, type SigningSetup } from "./signing/setup.js";

/** Scopes as a list, or as one text separated by spaces. */
export type ScopeChoice = readonly Scope[] | string;

/** What {@link relyingParty} needs. */
export interface RelyingPartyOptions extends ClientOptions {
  /** `environments.production`, `environments.sandbox` or `environmentAt(…)`. */
  readonly environment: Environment;
  /** As registered: https (plain http on loopback only), without query. The other routes hang below its directory. */
  readonly redirectUri: string;
  /**
   * A list, or one text separated by spaces: `openid` and any of the basic items; or a function that chooses them for
   * each request of the login route. Default `["openid"]`.
   */
  readonly scope?: ScopeChoice | ((request: Request) => ScopeChoice) | undefined;
  /** Scopes without which the login fails with `scope-not-granted`. Default: none; what is missing shows in the result. */
  readonly requiredScopes?: readonly Scope[] | undefined;
  /** Sent as `acr_values`, such as `["aal3", "crl"]`. */
  readonly acrValues?: readonly string[] | string | undefined;
  /** Values of which the ID token's `acr` must be one. Default: `acr` is not checked. */
  readonly requiredAcrValues?: readonly string[] | undefined;
  /** At least 32 random characters. A list of up to eight for rotation: the first encrypts, all decrypt. */
  readonly cookieSecret: string | readonly string[];
  /** Seconds that a session lasts, 60 to 34,560,000 (400 days). Default 28,800 (8 hours). */
  readonly sessionLifetime?: number | undefined;
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
  readonly acrValues: readonly string[] | undefined;
  readonly requiredAcrValues: readonly string[] | undefined;
  readonly loginSealer: Sealer;
  readonly sessionSealer: Sealer;
  readonly sessionLifetime: number;
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

/** Complete by its type, so that a misspelt option is refused rather than ignored. */
const known: Readonly<Record<keyof RelyingPartyOptions, true>> = {
  environment: true,
  clientId: true,
  clientKey: true,
  clientKeyAlgorithm: true,
  clientKeyId: true,
  redirectUri: true,
  scope: true,
  requiredScopes: true,
  acrValues: true,
  requiredAcrValues: true,
  cookieSecret: true,
  sessionLifetime: true,
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
  const environment = readEnvironment(options.environment, signs);
  const redirectUri = readRedirectUri(options.redirectUri);
  const secrets = readSecrets(options.cookieSecret);
  const timeout = readTimeout(options.timeout);
  const maxBytes = readWhole("maxBytes", options.maxBytes, [1, 67_108_864]);
  const clockTolerance = readWhole("clockTolerance", options.clockTolerance, [0, 600]);
  const sessionLifetime = readWhole("sessionLifetime", options.sessionLifetime, [60, 34_560_000]) ?? 28_800;
  for (const hook of ["onLogin", "onLogout", "onError", "fetch", "now"] as const) {
    if (typeof options[hook] !== "function" && (hook === "onLogin" || options[hook] !== undefined)) {
      throw invalid(hook, "be a function");
    }
  }
  const { fetch, now: clock = () => Date.now() / 1000 } = options;
  // Sealed for this service and client only: what a sandbox logged in must not open in production.
  const purpose = (of: string) => JSON.stringify(["honnin", of, 1, environment.issuer, options.clientId]);
  return {
    environment,
    clientId: options.clientId,
    clientKey,
    redirectUri: options.redirectUri,
    origin: redirectUri.origin,
    secure: redirectUri.protocol === "https:",
    paths: readPaths(redirectUri, signs),
    ...readScopeOptions(options.scope ?? ["openid"], options.requiredScopes),
    acrValues: readAcrValues("acrValues", options.acrValues),
    requiredAcrValues: readAcrValues("requiredAcrValues", options.requiredAcrValues),
    loginSealer: sealer(secrets, purpose("login")),
    sessionSealer: sealer(secrets, purpose("session")),
    sessionLifetime,
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
      options.signing === undefined ? undefined : readSigningOptions(options.signing, secrets, purpose),
  };
}

function readEnvironment(environment: Environment, signs: boolean): Environment {
  if (typeof environment !== "object" || environment === null) {
    throw invalid("environment", "be environments.production, environments.sandbox or environmentAt(…)");
  }
  for (const name of [
    "issuer",
    "authorizationEndpoint",
    "tokenEndpoint",
    "userinfoEndpoint",
    "jwksUri",
    ...(signs ? (["signTransactionsEndpoint"] as const) : []),
  ] as const) {
    secureUrl(environment[name], `environment.${name}`);
  }
  return environment;
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

function readAcrValues(name: string, value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  const values = words(name, value);
  if (!/^[\x20-\x7e]{1,255}$/.test(values.join(" ")))
    throw invalid(name, "be 1 to 255 printable ASCII characters");
  return values;
}

function readSecrets(value: unknown): string[] {
  const secrets: unknown[] = Array.isArray(value) ? value : [value];
  const rule = "be a random text of at least 32 characters, or a list of one to eight such texts";
  if (secrets.length < 1 || secrets.length > 8) throw invalid("cookieSecret", rule);
  return secrets.map((secret) => {
    if (typeof secret !== "string" || secret.length < 32) throw invalid("cookieSecret", rule);
    return secret;
  });
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
