// A relying party at the edge: the login, one page about its result, and nothing of it kept for longer than ten minutes.
import { assetPaths, assets } from "honnin-demo:assets";
import {
  authPaths,
  errorPage,
  homePage,
  languageOfPath,
  noResultPage,
  type PageContext,
  pageAt,
  plainPage,
  resultPage,
} from "@honnin/site";
import { HonninError } from "honnin";
import { chooseLaunch } from "honnin/launch";
import type { ErrorAnswer } from "honnin/relying-party";
import { type Env, makeSite, type Site, serviceOf } from "./relying-site.ts";
import { assetResponse, htmlResponse } from "./responses.ts";

export { LoginResults } from "./login-results.ts";

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
  const asset = Object.hasOwn(assets, url.pathname) ? assets[url.pathname] : undefined;
  if (asset !== undefined) return assetResponse(asset, isRead(request));
  try {
    site ??= makeSite(env, refuse);
  } catch (thrown) {
    return failed(thrown, "settings refused", url, env);
  }
  try {
    return await route(request, url, site);
  } catch (thrown) {
    return failed(thrown, "not answered", url, env);
  }
}

/** A page for what nobody foresaw: a storage that does not answer, say. */
function failed(thrown: unknown, what: string, url: URL, env: Env): Response {
  // The reason is the operator's to know, but nothing that was thrown may show a part of a key or of a person's data.
  const error =
    thrown instanceof HonninError
      ? thrown
      : new HonninError("internal-error", "Something unexpected failed.");
  console.error(`${what}: ${error.code} (${error.message})`);
  const context = { lang: languageOfPath(url.pathname), service: serviceOf(env), assets: assetPaths };
  const page = errorPage(context, new HonninError(error.code, ""));
  return htmlResponse(page, { status: 500, loginOrigin: env.SITE_ORIGIN, cacheControl: "no-store" });
}

async function route(request: Request, url: URL, site: Site): Promise<Response> {
  if (Object.values<string>(authPaths).includes(url.pathname)) return site.handler.fetch(request);
  const context = contextOf(site, languageOfPath(url.pathname));
  const { loginOrigin } = site;
  const found = pageAt(url.pathname);
  if (found === undefined) {
    return htmlResponse(plainPage(context, "notFound"), {
      status: 404,
      loginOrigin,
      cacheControl: "no-cache",
    });
  }
  if (!isRead(request)) {
    const headers = { allow: "GET, HEAD" };
    const page = plainPage(context, "methodNotAllowed");
    return htmlResponse(page, { status: 405, loginOrigin, cacheControl: "no-store", headers });
  }
  if (found.page === "result") {
    const result = await site.result(request);
    const page = typeof result === "string" ? noResultPage(context, result) : resultPage(context, result);
    return htmlResponse(page, { loginOrigin, cacheControl: "no-store" });
  }
  const userAgent = request.headers.get("user-agent") ?? "";
  const device = chooseLaunch({ userAgent }) === "link" ? "phone" : "computer";
  const headers = { vary: "user-agent" };
  return htmlResponse(homePage(context, device), { loginOrigin, cacheControl: "no-cache", headers });
}

/** The handler's refusals in this site's design. */
function refuse(
  error: HonninError,
  _request: Request,
  { status, language }: ErrorAnswer,
): Response | undefined {
  if (site === undefined) return undefined;
  return htmlResponse(errorPage(contextOf(site, language), error), {
    status,
    loginOrigin: site.loginOrigin,
    cacheControl: "no-store",
    headers: { "content-language": language },
  });
}

function isRead({ method }: Request): boolean {
  return method === "GET" || method === "HEAD";
}

function contextOf({ service }: Site, lang: PageContext["lang"]): PageContext {
  return { lang, service, assets: assetPaths };
}
