import { authPaths, type LoginResult, paths, type ServiceKind } from "@honnin/site";
import { HonninError, remoteKeys } from "honnin";
import { type Environment, environmentAt, environments } from "honnin/launch";
import {
  type Login,
  type OnError,
  type PrivateJwk,
  type RelyingParty,
  relyingParty,
} from "honnin/relying-party";
import { chosenScopes } from "./chosen-scopes.ts";
import { keySetCache } from "./key-set-cache.ts";
import { type LoginResults, resultLifetime } from "./login-results.ts";

export interface Env {
  /** An emulator's origin; without it, `ENVIRONMENT` names one of the service's own environments. */
  readonly ENVIRONMENT_ORIGIN?: string;
  readonly ENVIRONMENT?: "production" | "sandbox";
  readonly CLIENT_ID: string;
  /** The client's private key: the text of a JWK. */
  readonly CLIENT_KEY: string;
  readonly COOKIE_SECRET: string;
  /** This site's origin, as registered in the redirect URI. */
  readonly SITE_ORIGIN: string;
  readonly LOGIN_RESULTS: DurableObjectNamespace<LoginResults>;
}

/** What one isolate makes once and keeps: the keys it has fetched, above all. */
export interface Site {
  readonly service: ServiceKind;
  readonly loginOrigin: string;
  /** Login, callback and logout. */
  readonly handler: RelyingParty;
  /** The result of the login that this request's session stands for: none, or forgotten since. */
  result(request: Request): Promise<LoginResult | "none" | "forgotten">;
}

/**
 * The relying party as the settings have it; `onError` draws the page of a refusal.
 *
 * @throws HonninError `options-invalid`, `client-key-invalid`
 */
export function makeSite(env: Env, onError: OnError): Site {
  const environment = environmentOf(env);
  const handler = relyingParty({
    environment,
    clientId: env.CLIENT_ID,
    clientKey: readClientKey(env.CLIENT_KEY),
    redirectUri: env.SITE_ORIGIN + authPaths.callback,
    scope: chosenScopes,
    cookieSecret: env.COOKIE_SECRET,
    sessionLifetime: resultLifetime / 1000,
    keys: remoteKeys(environment.jwksUri, { cache: keySetCache(env.SITE_ORIGIN) }),
    async onLogin(login) {
      const id = env.LOGIN_RESULTS.newUniqueId().toString();
      await results(env, id).put(toKeep(login, environment));
      // A bare link to the login names no page to return to.
      const { returnTo, lang } = login;
      return { session: { result: id }, returnTo: returnTo === "/" ? paths.result[lang] : returnTo };
    },
    async onLogout(session) {
      const id = resultId(session);
      if (id !== undefined) await results(env, id).forget();
    },
    onError(error, request, answer) {
      // Neither holds personal data; what an "internal-error" was caused by may.
      console.warn(`login refused: ${error.code} (${error.message})`);
      return onError(error, request, answer);
    },
  });
  return {
    service: serviceOf(env),
    loginOrigin: new URL(environment.authorizationEndpoint).origin,
    handler,
    async result(request) {
      const id = resultId(await handler.session(request));
      return id === undefined ? "none" : ((await results(env, id).get()) ?? "forgotten");
    },
  };
}

function environmentOf({ ENVIRONMENT_ORIGIN: origin, ENVIRONMENT: name }: Env): Environment {
  if (origin !== undefined) return environmentAt(origin, "emulator");
  if (name === "production" || name === "sandbox") return environments[name];
  throw new HonninError("options-invalid", "ENVIRONMENT must be production or sandbox.");
}

/** What pages say that this site is connected to. */
export function serviceOf({ ENVIRONMENT_ORIGIN: origin, ENVIRONMENT: name }: Env): ServiceKind {
  if (origin !== undefined) return "emulator";
  return name === "sandbox" ? name : "production";
}

function readClientKey(text: string): PrivateJwk {
  try {
    return JSON.parse(text);
  } catch {
    // Not passed on: the message of a SyntaxError quotes the text.
    throw new HonninError("client-key-invalid", "CLIENT_KEY is not the text of a JWK.");
  }
}

/** What the result page shows, and no more: the tokens stay behind. */
function toKeep(login: Login, environment: Environment): LoginResult {
  const { sub, claims, user, report, requestedScopes, grantedScopes } = login;
  return {
    sub,
    issuer: environment.issuer,
    requestedScopes,
    grantedScopes,
    ...(user && { user }),
    claims,
    report,
  };
}

/** The session's cookie was sealed here, so what it names was made here. */
function resultId(session: Awaited<ReturnType<RelyingParty["session"]>>): string | undefined {
  if (typeof session !== "object" || session === null || !("result" in session)) return undefined;
  return typeof session.result === "string" ? session.result : undefined;
}

function results(env: Env, id: string): DurableObjectStub<LoginResults> {
  return env.LOGIN_RESULTS.get(env.LOGIN_RESULTS.idFromString(id));
}
