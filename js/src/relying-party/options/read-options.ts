import { type Algorithm, type JwkSet, type KeySource, remoteKeys } from "honnin";
import { defaultTimeout, type Fetch } from "../../bounded-fetch.js";
import type { Environment } from "../../launch/environments.js";
import type { IsRevoked, OnError, OnLogin, OnLogout } from "../hooks.js";
import { clientTag } from "../http/cookies.js";
import { Completions } from "../login/completions.js";
import { invalid, readWhole, refuseUnknown } from "../option-checks.js";
import { checkClientId } from "../service/client-assertion.js";
import { type ClientKey, readClientKey } from "../service/client-key.js";
import { type Sealer, sealer } from "../storage/sealed.js";
import { guardedStore, readStore, type Store } from "../storage/store.js";
import { readEnvironment } from "./environment-option.js";
import {
  readAcrOptions,
  readAlgorithms,
  readAudience,
  readClock,
  readFlag,
  readKeys,
  readPaths,
  readRedirectUri,
  readScopeOptions,
  readTimeout,
} from "./option-readers.js";
import type { Paths, RelyingPartyOptions } from "./options.js";
import { readSecrets } from "./secrets.js";
import { readSigningOptions, type SigningSetup } from "./signing-options.js";

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
    cookieTag: clientTag(`${environment.issuer} ${options.clientId}`),
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
