import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { assets } from "./assets.js";
import { authenticateRoutes } from "./authenticate.js";
import { controlRoutes } from "./control.js";
import { homeRoutes } from "./home.js";
import { type Exchange, type Handler, HttpError, readCookie, sendJson, sendPage } from "./http.js";
import { languageCookie, languageOf, readLanguage } from "./language.js";
import { answerJson, oversized, wholeAnswers } from "./misbehaviours/answers.js";
import { forwardingHeaders } from "./operator.js";
import { errorPage } from "./pages/error.js";
import { phoneRoutes } from "./phone.js";
import { cookiesOf } from "./protocol-text.js";
import type { Provider } from "./provider.js";
import { type Realm, realmPath, sessionCookie } from "./realm.js";
import { signingRoutes } from "./signing/api.js";
import { jpkiRoutes } from "./signing/jpki.js";
import type { RequestCounters } from "./types.js";

interface Route {
  readonly method: string;
  readonly segments: readonly string[];
  readonly handler: Handler;
}

/** The service's own paths under the realm: the method of each, and its counter. */
const oidcPaths: Readonly<Record<string, readonly [method: string, counter: keyof RequestCounters]>> = {
  "/.well-known/openid-configuration": ["GET", "discovery"],
  "/protocol/openid-connect/auth": ["GET", "authorization"],
  "/protocol/openid-connect/token": ["POST", "token"],
  "/protocol/openid-connect/userinfo": ["GET", "userinfo"],
  "/protocol/openid-connect/certs": ["GET", "jwks"],
};
/** The path after the end of an interaction. */
const resumePath = /^\/protocol\/openid-connect\/auth\/[\w-]{1,64}$/;

/** Every path of the emulator. oidc-provider handles the OP's own paths. */
export function createRouter(realm: Realm, provider: Provider, quiet: boolean): RequestListener {
  const oidc = provider.callback();
  const routes: Route[] = [
    ...homeRoutes(realm),
    ...authenticateRoutes(realm, provider),
    ...phoneRoutes(realm),
    ...controlRoutes(realm),
    ...signingRoutes(realm, provider),
    ...jpkiRoutes(realm),
  ].map(([method, path, handler]) => ({ method, segments: path.split("/"), handler }));
  for (const [path, { type, body }] of assets) {
    routes.push({
      method: "GET",
      segments: path.split("/"),
      handler: ({ response }) => {
        response.writeHead(200, {
          "content-type": type,
          "cache-control": "no-cache",
          "x-content-type-options": "nosniff",
        });
        response.end(body);
      },
    });
  }

  const serveOidc = async (
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> => {
    const [method, counter] = resumePath.test(path) ? (["GET"] as const) : (oidcPaths[path] ?? []);
    if (method === undefined) throw new HttpError(404, "not-found");
    if (request.method !== method) {
      response.setHeader("allow", method);
      answerNothing(response);
      return;
    }
    if (counter !== undefined) realm.requests[counter] += 1;
    if (counter === "jwks") {
      serveKeys(realm, response);
      return;
    }
    // No CORS, and no login session from before.
    delete request.headers.origin;
    // The OP's own address is that of its issuer, even if a proxy changes the host name or adds headers.
    for (const name of forwardingHeaders(request.headers)) delete request.headers[name];
    const { protocol, host } = new URL(realm.origin);
    request.headers.host = host;
    if (protocol === "https:") request.headers["x-forwarded-proto"] = "https";
    request.headers.cookie = cookiesOf(request.headers.cookie ?? "")
      .filter(({ name }) => !name.startsWith(sessionCookie))
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
    Object.assign(request, { originalUrl: request.url, url: mountedPath(request.url ?? "") });
    await oidc(request, response);
  };

  const serve = async (
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    exchange: Omit<Exchange, "params">,
  ) => {
    if (!knownHost(request.headers.host, realm.origin)) throw new HttpError(421, "wrong-host");
    if (url.pathname.startsWith(`${realmPath}/`))
      return serveOidc(request, response, mountedPath(url.pathname));
    const asked = readLanguage(url.searchParams.get("lang"));
    if (asked !== undefined)
      response.setHeader("set-cookie", `${languageCookie}=${asked}; Path=/; SameSite=Lax`);

    const segments = url.pathname.split("/");
    const method = request.method === "HEAD" ? "GET" : request.method;
    const matching = routes.filter((route) => matches(route.segments, segments));
    if (matching.length === 0) throw new HttpError(404, "not-found");
    const route = matching.find((candidate) => candidate.method === method);
    if (route === undefined) {
      response.setHeader("allow", [...new Set(matching.map((candidate) => candidate.method))].join(", "));
      throw new HttpError(405, "method-not-allowed");
    }
    await route.handler({ ...exchange, params: paramsOf(route.segments, segments) });
  };

  return (request, response) => {
    const url = parseUrl(request.url);
    const language = languageOf(request, url.searchParams.get("lang"), readCookie(request, languageCookie));
    // Synchronous and asynchronous exceptions of `serve` are handled here.
    void (async () => serve(request, response, url, { request, response, url, language }))().catch(
      (error: unknown) => {
        const known = error instanceof HttpError ? error : new HttpError(500, "internal");
        if (known !== error && !quiet) {
          process.stderr.write(`emulator: ${error instanceof Error ? error.stack : String(error)}\n`);
        }
        if (response.headersSent) return response.destroy();
        if (known.status === 413) response.setHeader("connection", "close");
        if (wantsJson(url)) return sendJson(response, known.status, { error: known.reason });
        sendPage(response, known.status, errorPage(language, known.reason), { language });
      },
    );
  };
}

function matches(route: readonly string[], path: readonly string[]): boolean {
  return (
    route.length === path.length &&
    route.every((segment, index) => (segment.startsWith(":") ? path[index] !== "" : segment === path[index]))
  );
}

function paramsOf(route: readonly string[], path: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    route.flatMap((segment, index) =>
      segment.startsWith(":") ? [[segment.slice(1), path[index] ?? ""]] : [],
    ),
  );
}

function wantsJson(url: URL): boolean {
  return /^\/(emulator|api)\/|\/status$/.test(url.pathname);
}

/** Without the realm's path, as oidc-provider expects to be mounted. */
function mountedPath(target: string): string {
  return target.slice(realmPath.length);
}

function parseUrl(target: string | undefined): URL {
  // Only the path and the query are used. Any other target is ignored.
  try {
    return new URL(`http://emulator.invalid${target?.startsWith("/") ? target : "/-"}`);
  } catch {
    return new URL("http://emulator.invalid/-");
  }
}

/** Against DNS rebinding: an address, `localhost` or the public origin's name, never a name that another party controls. */
function knownHost(host: string | undefined, origin: string): boolean {
  if (host === undefined) return false;
  if (host === new URL(origin).host) return true;
  return /^(localhost|\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\])(:\d{1,5})?$/i.test(host);
}

function answerNothing(response: ServerResponse): void {
  response.writeHead(405, { "cache-control": "no-store" });
  response.end();
}

/** The JWK Set, or the selected fault. */
function serveKeys({ keys, faults }: Realm, response: ServerResponse): void {
  const wrong = wholeAnswers[faults.jwks];
  if (wrong !== undefined) wrong(response);
  else if (faults.jwks === "oversized") oversized(response, keys.jwkSet());
  else if (faults.jwks === "private-key") answerJson(response, 200, keys.jwkSetWithPrivateKey());
  else answerJson(response, 200, keys.jwkSet());
}
