// A relying party at the edge: the login, one page about its result, and nothing of it kept for longer than ten minutes.

import { assetPaths, assets } from "honnin-demo:assets";
import {
  authPaths,
  errorPage,
  homePage,
  type LoginResult,
  languageOfPath,
  noResultPage,
  type PageContext,
  pageAt,
  paths,
  plainPage,
  resultPage,
  type ServiceKind,
} from "@honnin/site";
import { HonninError, remoteKeys } from "honnin";
import { chooseLaunch, type Environment, environmentAt, environments } from "honnin/launch";
import { type Login, type PrivateJwk, type RelyingParty, relyingParty } from "honnin/relying-party";
import { allScopes, chosenLogin, readReturnAddress } from "./chosen-scopes.ts";
import { keySetCache } from "./key-set-cache.ts";
import { type LoginResults, resultLifetime } from "./login-results.ts";
import { assetResponse, htmlResponse } from "./responses.ts";

export { LoginResults } from "./login-results.ts";

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
interface Site {
  readonly service: ServiceKind;
  readonly loginOrigin: string;
  /** The handler that asks for these scopes. Any of them can complete a login that another began. */
  handler(scopes: readonly string[]): RelyingParty;
  /** What a request was refused for, if it was. */
  readonly refusals: WeakMap<Request, HonninError>;
}

let site: Site | undefined;

export default {
  async fetch(request, env): Promise<Response> {
    const url = new URL(request.url);
    // Cookies belong to one host: whoever comes by another name of this machine would lose them on the way back.
    if (url.origin !== env.SITE_ORIGIN)
      return Response.redirect(env.SITE_ORIGIN + url.pathname + url.search, 307);
    const response = await answer(request, url, env);
    return request.method === "HEAD" ? new Response(null, response) : response;
  },
} satisfies ExportedHandler<Env>;

async function answer(request: Request, url: URL, env: Env): Promise<Response> {
  try {
    site ??= makeSite(env);
  } catch (thrown) {
    // The reason is the operator's to know, but nothing that was thrown may show a part of the key.
    const error =
      thrown instanceof HonninError ? thrown : new HonninError("internal-error", "The worker cannot start.");
    console.error(`settings refused: ${error.code} (${error.message})`);
    const context = { lang: languageOfPath(url.pathname), service: serviceOf(env), assets: assetPaths };
    const page = errorPage(context, new HonninError(error.code, ""));
    return htmlResponse(page, { status: 500, loginOrigin: env.SITE_ORIGIN, cacheControl: "no-store" });
  }
  return route(request, url, env, site);
}

async function route(request: Request, url: URL, env: Env, site: Site): Promise<Response> {
  if (Object.values<string>(authPaths).includes(url.pathname)) return authenticate(request, url, site);
  const context = contextOf(site, languageOfPath(url.pathname));
  const { loginOrigin } = site;
  const found = pageAt(url.pathname);
  const asset = Object.hasOwn(assets, url.pathname) ? assets[url.pathname] : undefined;
  if (found === undefined && asset === undefined) {
    return htmlResponse(plainPage(context, "notFound"), {
      status: 404,
      loginOrigin,
      cacheControl: "no-cache",
    });
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    const headers = { allow: "GET, HEAD" };
    const page = plainPage(context, "methodNotAllowed");
    return htmlResponse(page, { status: 405, loginOrigin, cacheControl: "no-store", headers });
  }
  if (asset !== undefined) return assetResponse(asset);
  if (found?.page === "result") {
    return htmlResponse(await showResult(request, env, site, context), {
      loginOrigin,
      cacheControl: "no-store",
    });
  }
  const userAgent = request.headers.get("user-agent") ?? "";
  const device = chooseLaunch({ userAgent }) === "link" ? "phone" : "computer";
  const headers = { vary: "user-agent" };
  return htmlResponse(homePage(context, device), { loginOrigin, cacheControl: "no-cache", headers });
}

/** Login, callback and logout are the handler's; its error pages are redrawn in this site's design. */
async function authenticate(request: Request, url: URL, site: Site): Promise<Response> {
  const isLogin = url.pathname === authPaths.login;
  const login = isLogin ? chosenLogin(request, paths.result.ja) : { request, scopes: allScopes };
  const response = await site.handler(login.scopes).fetch(login.request);
  const error = site.refusals.get(login.request);
  if (error === undefined) return response;
  const lang = response.headers.get("content-language") === "en" ? "en" : "ja";
  return htmlResponse(errorPage(contextOf(site, lang), error), {
    status: response.status,
    loginOrigin: site.loginOrigin,
    cacheControl: "no-store",
    // Its cookies, above all: a login is spent even when it fails.
    headers: response.headers,
  });
}

async function showResult(request: Request, env: Env, site: Site, context: PageContext): Promise<string> {
  const id = resultId(await site.handler(allScopes).session(request));
  if (id === undefined) return noResultPage(context, "none");
  const result = await results(env, id).get();
  return result === undefined ? noResultPage(context, "forgotten") : resultPage(context, result);
}

function makeSite(env: Env): Site {
  const environment = environmentOf(env);
  const clientKey = readClientKey(env.CLIENT_KEY);
  const refusals: Site["refusals"] = new WeakMap();
  const keys = remoteKeys(environment.jwksUri, { cache: keySetCache(env.SITE_ORIGIN) });
  const handlers = new Map<string, RelyingParty>();
  const makeHandler = (scopes: readonly string[]) =>
    relyingParty({
      environment,
      clientId: env.CLIENT_ID,
      clientKey,
      redirectUri: env.SITE_ORIGIN + authPaths.callback,
      scope: scopes.join(" "),
      cookieSecret: env.COOKIE_SECRET,
      sessionLifetime: resultLifetime / 1000,
      keys,
      async onLogin(login) {
        const { scopes: requestedScopes, returnTo } = readReturnAddress(login.returnTo);
        const id = env.LOGIN_RESULTS.newUniqueId().toString();
        await results(env, id).put(toKeep(login, environment, requestedScopes));
        return { session: { result: id }, returnTo };
      },
      async onLogout(session) {
        const id = resultId(session);
        if (id !== undefined) await results(env, id).forget();
      },
      onError(error, request) {
        refusals.set(request, error);
        // Neither holds personal data; what an "internal-error" was caused by may.
        console.warn(`login refused: ${error.code} (${error.message})`);
      },
    });
  const site: Site = {
    service: serviceOf(env),
    loginOrigin: new URL(environment.authorizationEndpoint).origin,
    refusals,
    handler(scopes) {
      const name = scopes.join(" ");
      const handler = handlers.get(name) ?? makeHandler(scopes);
      handlers.set(name, handler);
      return handler;
    },
  };
  // Its options are checked when it is made: a wrong setting should not wait for the first login.
  site.handler(allScopes);
  return site;
}

function environmentOf({ ENVIRONMENT_ORIGIN: origin, ENVIRONMENT: name }: Env): Environment {
  if (origin !== undefined) return environmentAt(origin, "emulator");
  if (name === "production" || name === "sandbox") return environments[name];
  throw new HonninError("options-invalid", "ENVIRONMENT must be production or sandbox.");
}

function serviceOf({ ENVIRONMENT_ORIGIN: origin, ENVIRONMENT: name }: Env): ServiceKind {
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

function contextOf({ service }: Site, lang: PageContext["lang"]): PageContext {
  return { lang, service, assets: assetPaths };
}

/** What the result page shows, and no more: the tokens stay behind. */
function toKeep(login: Login, environment: Environment, requestedScopes: readonly string[]): LoginResult {
  const { sub, claims, user, report, grantedScopes } = login;
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
