import type { KeySource } from "honnin";
import { defaults, FetchedKeys } from "#id-token";
import type { Fetch } from "../../bounded-fetch.js";
import { defaultTimeout } from "../../bounded-fetch.js";
import { isObject } from "../../strict-json.js";
import { type Now, readClock } from "../../time.js";
import { admit, verifyLogin } from "../complete-login.js";
import { handoffOf, type ImportHandoff } from "../handoff/load-wing.js";
import { type CookieOwner, clientTag } from "../http/cookies.js";
import { importEvents } from "../load-events.js";
import { Completions, stillOpen } from "../login/completions.js";
import { onceForCode } from "../login/hand-in.js";
import { LoginCookies } from "../login/login-cookie.js";
import { Sessions } from "../login/session.js";
import { invalid, readWhole, refuseUnknown } from "../option-checks.js";
import type { LoadSigningTexts } from "../page/load-texts.js";
import { checkClientId } from "../service/client-assertion.js";
import { readClientKey } from "../service/client-key.js";
import type { Setup, Shared } from "../setup.js";
import type { LoadWing } from "../signing/load-wing.js";
import type { SigningOptions } from "../signing-hooks.js";
import { sealer } from "../storage/sealed.js";
import { guardedStore, readStore, type Store } from "../storage/store.js";
import { readEnvironment } from "./environment-option.js";
import { readHandoffOptions } from "./handoff-options.js";
import {
  readAcrOptions,
  readAlgorithms,
  readAudience,
  readFlag,
  readKeys,
  readPaths,
  readRedirectUri,
  readScopeOptions,
  readTimeout,
} from "./option-readers.js";
import type { RelyingPartyOptions } from "./options.js";
import { readSecrets } from "./secrets.js";
import type { Surroundings } from "./signing-options.js";

/** Enough for a session, or for the cookies of the site's own response. */
const MAX_OUTCOME_CHARACTERS = 65_536;

/** The type makes sure that no option is missing. A misspelt option is refused, not ignored. */
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
  logErrors: true,
  onEvent: true,
  signing: true,
  handoff: true,
};

/** Signatures, for a handler that offers them. An argument, so that a bundle without them does not contain their code. */
export interface SigningOffer {
  read(options: SigningOptions, surroundings: Surroundings): LoadWing;
  readonly texts: LoadSigningTexts;
}

/** The options that most other parts need. */
type Basics = ReturnType<typeof readBasics>;

/**
 * Checks all options, without I/O and without randomness: edge runtimes allow neither while modules load.
 *
 * @throws HonninError `options-invalid`, naming the option; `client-key-invalid`
 */
export function readOptions(
  options: RelyingPartyOptions,
  handoffs: ImportHandoff,
  offer: SigningOffer | undefined,
): Setup {
  if (!isObject(options)) throw invalid("relyingParty", "be called with an options object");
  refuseUnknown(options, known);
  const basics = readBasics(options);
  const { store, bounds, seal } = basics;
  const { scopes, requiredScopes } = readScopeOptions(options.scope ?? ["openid"], options.requiredScopes);
  const shared: Shared = {
    now: basics.now,
    site: { origin: basics.redirectUri.origin, paths: basics.paths },
    scopes,
    ...readService(options, basics),
    ...readCookieKeepers(options, basics),
  };
  const { onLogin, onLogout, onError, onEvent, signing } = options;
  const logs =
    options.logErrors === undefined ? onError === undefined : readFlag("logErrors", options.logErrors);
  if (signing !== undefined && offer === undefined)
    throw invalid("signing", "not be set for relyingPartyForLogins. Use relyingParty");
  const codes = {
    completions: new Completions(bounds.timeout ?? defaultTimeout),
    store,
    sealer: seal("login-outcome", MAX_OUTCOME_CHARACTERS),
  };
  const setup: Setup = {
    ...shared,
    codes,
    requiredScopes,
    onLogin,
    onLogout,
    onError,
    onEvent,
    logged: logs ? new Set() : undefined,
    signing: signing === undefined ? undefined : offer?.read(signing, { ...basics, shared }),
    handoff:
      options.handoff === undefined
        ? undefined
        : handoffOf(
            {
              ...shared,
              ...basics,
              ...readHandoffOptions(options.handoff, store),
              requiredScopes,
              patience: codes.completions.patience,
              stillOpen,
              once: (state, work) => onceForCode(codes, state, work),
              verify: (code, begun) => verifyLogin(setup, code, begun),
              admit: (request, login) => admit(setup, request, login),
            },
            handoffs,
          ),
    signingTexts: offer?.texts,
  };
  return setup;
}

function readBasics(options: RelyingPartyOptions) {
  const { clientId, onEvent, fetch: given } = options;
  checkClientId(clientId);
  const clientKey = readClientKey(options);
  const signs = options.signing !== undefined;
  const hands = options.handoff !== undefined;
  const redirectUri = readRedirectUri(options.redirectUri);
  const allowEmulator = readFlag("allowEmulator", options.allowEmulator);
  const environment = readEnvironment(options.environment, { site: redirectUri, signs, allowEmulator });
  const secrets = readSecrets(options.cookieSecret);
  const timeout = readTimeout(options.timeout);
  const maxBytes = readWhole("maxBytes", options.maxBytes, [1, 67_108_864]);
  const now = readNow(options);
  const fetch =
    onEvent === undefined
      ? given
      : async (url: string, init: RequestInit) => {
          // A plain variable: as a method of an object, workerd's fetch throws "Illegal invocation".
          const send = given ?? (globalThis.fetch as Fetch);
          const events = await importEvents();
          return events === undefined
            ? send(url, init)
            : events.observed(send, environment, onEvent)(url, init);
        };
  // Encrypted for this service and client only: a session of the sandbox must not be valid in production.
  const purpose = (of: string) => JSON.stringify(["honnin", of, 2, environment.issuer, clientId]);
  return {
    environment,
    allowEmulator,
    client: { clientId, clientKey },
    redirectUri,
    paths: readPaths(redirectUri, { signs, hands }),
    bounds: { timeout, maxBytes, fetch },
    now,
    store: readStoreOption(options, timeout),
    owner: cookieOwner(redirectUri, `${environment.issuer} ${clientId}`),
    seal: (of: string, maxCharacters?: number) => sealer(secrets, purpose(of), maxCharacters),
    secret: secrets[0] ?? "",
    purpose,
  };
}

/** The requests to the service, and the rules for its responses. */
function readService(
  options: RelyingPartyOptions,
  { environment, allowEmulator, client, bounds, now }: Basics,
): Pick<Shared, "authorization" | "client" | "idTokens"> {
  const { clientId } = client;
  const { acrValues, requiredAcrValues } = readAcrOptions(options);
  const requireIss = readFlag("requireIss", options.requireIss);
  const clientAssertionAudience = readAudience(options.clientAssertionAudience, environment);
  return {
    authorization: { environment, clientId, redirectUri: options.redirectUri, acrValues, requireIss },
    client: { environment, ...client, clientAssertionAudience, ...bounds, now },
    idTokens: {
      issuer: environment.issuer,
      clientId,
      keys: readKeys(options.keys) ?? fetchedKeys(environment.jwksUri, bounds, options.now),
      algorithms: readAlgorithms(options.idTokenAlgorithms),
      clockTolerance: readWhole("clockTolerance", options.clockTolerance, [0, 600]),
      requiredAcrValues,
      allowEmulator,
      now,
    },
  };
}

/** As `remoteKeys`, whose options are checked here already. */
function fetchedKeys(
  url: string,
  { timeout, maxBytes, fetch }: Basics["bounds"],
  now: Now | undefined,
): KeySource {
  const settings = {
    ...defaults,
    timeout: timeout ?? defaults.timeout,
    maxBytes: maxBytes ?? defaults.maxBytes,
  };
  return new FetchedKeys(new URL(url).href, settings, { fetch, now });
}

/** The objects that use cookies. */
function readCookieKeepers(
  options: RelyingPartyOptions,
  { owner, seal, store, now }: Basics,
): Pick<Shared, "logins" | "sessions"> {
  const { isRevoked } = options;
  const lifetime = readWhole("sessionLifetime", options.sessionLifetime, [60, 34_560_000]) ?? 28_800;
  const idleLimit = readWhole("sessionIdleLimit", options.sessionIdleLimit, [60, lifetime]);
  return {
    logins: new LoginCookies({ owner, loginSealer: seal("login"), doneSealer: seal("login-done"), now }),
    sessions: new Sessions({ owner, sealer: seal("session"), lifetime, idleLimit, store, isRevoked, now }),
  };
}

function cookieOwner(redirectUri: URL, client: string): CookieOwner {
  return { secure: redirectUri.protocol === "https:", tag: clientTag(client) };
}

/** The clock, once all functions among the options are functions. */
function readNow(options: RelyingPartyOptions): () => number {
  for (const hook of ["onLogin", "onLogout", "onError", "onEvent", "isRevoked", "fetch"] as const) {
    if (typeof options[hook] !== "function" && (hook === "onLogin" || options[hook] !== undefined)) {
      throw invalid(hook, "be a function");
    }
  }
  const clock = readClock(options.now);
  return () => Math.floor(clock());
}

function readStoreOption({ store }: RelyingPartyOptions, timeout = defaultTimeout): Store | undefined {
  return store === undefined ? undefined : guardedStore(readStore(store), timeout);
}
