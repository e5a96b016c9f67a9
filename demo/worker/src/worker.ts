// A relying party at the edge: logins and signatures, each with a result page. All results are deleted after ten minutes.
import { assetPaths, assets, sampleHash } from "honnin-demo:assets";
import {
  errorPage,
  holderParameter,
  homePage,
  isAuthPath,
  languageOfPath,
  loggedOutParameter,
  noResultPage,
  noSigningPage,
  type PageContext,
  pageAt,
  paths,
  plainPage,
  resultPage,
  signNotSetUpPage,
  signPage,
  signResultPage,
  verifyNotSetUpPage,
  verifyPage,
} from "@honnin/site";
import { HonninError } from "honnin";
import { chooseLaunch } from "honnin/launch";
import type { ErrorAnswer, ServerDocument } from "honnin/relying-party";
import { checkSettings } from "./check-settings.ts";
import { languageHeaders, wantsEnglish } from "./preferred-language.ts";
import { holderOf, makeSite, type Site } from "./relying-site.ts";
import { assetResponse, htmlResponse, packageResponse } from "./responses.ts";
import { type Env, serviceOf } from "./settings.ts";

export { HonninStore } from "honnin/relying-party/cloudflare";
export { Kept } from "./kept.ts";

let site: Site | undefined;

export default {
  async fetch(request, env, execution): Promise<Response> {
    const url = new URL(request.url);
    // The page about wrong settings needs them too.
    const asset = Object.hasOwn(assets, url.pathname) ? assets[url.pathname] : undefined;
    if (asset !== undefined) return bodyFor(request, assetResponse(asset, isRead(request)));
    try {
      checkSettings(env);
    } catch (thrown) {
      return failed(thrown, "settings refused", url, env);
    }
    // Cookies belong to one host: under another name of this machine, they would be lost on the way back.
    if (url.origin !== env.SITE_ORIGIN)
      return Response.redirect(env.SITE_ORIGIN + url.pathname + url.search, 307);
    return bodyFor(request, await answer(request, url, env, execution));
  },
} satisfies ExportedHandler<Env>;

function bodyFor({ method }: Request, response: Response): Response {
  return method === "HEAD" ? new Response(null, response) : response;
}

async function answer(request: Request, url: URL, env: Env, execution: ExecutionContext): Promise<Response> {
  try {
    site ??= makeSite(env, sample(), refuse);
  } catch (thrown) {
    return failed(thrown, "settings refused", url, env);
  }
  try {
    return await route(request, url, site, execution);
  } catch (thrown) {
    return failed(thrown, "not answered", url, env);
  }
}

/** A page for unexpected errors, for example if the storage does not respond. */
function failed(thrown: unknown, what: string, url: URL, env: Env): Response {
  // The log contains the reason for the operator, but no exception that may quote a key or personal data.
  const error =
    thrown instanceof HonninError
      ? thrown
      : new HonninError("internal-error", "An unexpected error occurred.");
  console.error(`${what}: ${error.code} (${error.message})`);
  const context = { lang: languageOfPath(url.pathname), service: serviceOf(env), assets: assetPaths };
  const page = errorPage(context, new HonninError(error.code, ""));
  return htmlResponse(page, { status: 500, loginOrigin: url.origin, cacheControl: "no-store" });
}

async function route(request: Request, url: URL, site: Site, execution: ExecutionContext): Promise<Response> {
  if (isAuthPath(url.pathname)) return site.handler.fetch(request, execution);
  const { loginOrigin } = site;
  const found = pageAt(url.pathname);
  if (found === undefined) {
    const lang = wantsEnglish(request) ? "en" : languageOfPath(url.pathname);
    return htmlResponse(plainPage(contextOf(site, lang), "notFound"), {
      status: 404,
      loginOrigin,
      cacheControl: "no-cache",
      headers: { vary: languageHeaders },
    });
  }
  const context = contextOf(site, found.lang);
  if (!isRead(request)) {
    const headers = { allow: "GET, HEAD" };
    const page = plainPage(context, "methodNotAllowed");
    return htmlResponse(page, { status: 405, loginOrigin, cacheControl: "no-store", headers });
  }
  const english = found.lang === "ja" && chosenPages.includes(found.page) ? paths[found.page].en : undefined;
  if (english !== undefined && wantsEnglish(request)) return toEnglish(english + url.search);
  const loggedOut = url.searchParams.has(loggedOutParameter);
  const headers = { vary: languageHeaders };
  switch (found.page) {
    case "home":
      return home(request, context, site, loggedOut);
    case "result": {
      const result = await site.result(request);
      const page = typeof result === "string" ? noResultPage(context, result) : resultPage(context, result);
      return htmlResponse(page, { loginOrigin, cacheControl: "no-store" });
    }
    case "sign": {
      const page = site.signs ? signPage(context, sampleHash, loggedOut) : signNotSetUpPage(context);
      return htmlResponse(page, { loginOrigin, cacheControl: "no-cache", runsWasm: site.signs, headers });
    }
    case "verify": {
      const { trust } = site;
      const page = trust === undefined ? verifyNotSetUpPage(context) : verifyPage(context, trust);
      const runsWasm = trust !== undefined;
      return htmlResponse(page, { loginOrigin, cacheControl: "no-cache", runsWasm, headers });
    }
    case "signResult":
    case "signPackage":
      return signing(request, url, site, found.page);
  }
}

/** The pages that a browser may open first, without a link of this site. */
const chosenPages: readonly string[] = ["home", "sign", "verify"];

/** 302, because another browser gets another answer. */
function toEnglish(location: string): Response {
  return new Response(null, {
    status: 302,
    headers: { location, vary: languageHeaders, "cache-control": "no-cache" },
  });
}

async function home(
  request: Request,
  context: PageContext,
  site: Site,
  loggedOut: boolean,
): Promise<Response> {
  const userAgent = request.headers.get("user-agent") ?? "";
  const device = chooseLaunch({ userAgent }) === "link" ? "phone" : "computer";
  const result = await site.result(request);
  const user = typeof result === "string" ? undefined : result;
  const headers = { vary: `cookie, user-agent, ${languageHeaders}` };
  // With the user's name, it is nobody else's.
  const cacheControl = user === undefined ? "no-cache" : "no-store";
  const page = homePage(context, { device, user, loggedOut });
  return htmlResponse(page, { loginOrigin: site.loginOrigin, cacheControl, headers });
}

/** The result of this browser's signature, or its package. */
async function signing(
  request: Request,
  url: URL,
  site: Site,
  which: "signResult" | "signPackage",
): Promise<Response> {
  const context = contextOf(site, languageOfPath(url.pathname));
  const { loginOrigin } = site;
  const kept = await site.signing(request);
  if (typeof kept === "string") {
    const status = which === "signPackage" ? 404 : 200;
    return htmlResponse(noSigningPage(context, kept), { status, loginOrigin, cacheControl: "no-store" });
  }
  if (which === "signPackage") return packageResponse(kept.package, kept.result.document.name);
  const isAsked = url.searchParams.get(holderParameter) === "show";
  const page = signResultPage(context, kept.result, isAsked ? await holderOf(kept) : undefined);
  return htmlResponse(page, { loginOrigin, cacheControl: "no-store" });
}

/** The document that this site offers for signing. */
function sample(): ServerDocument {
  const { body = "" } = assets[assetPaths.sample] ?? {};
  const data = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return { name: "honnin-sample.pdf", mediaType: "application/pdf", data };
}

/** The handler's errors in this site's design. */
function refuse(
  error: HonninError,
  _request: Request,
  { status, language, signing, resumePath }: ErrorAnswer,
): Response | undefined {
  if (site === undefined) return undefined;
  return htmlResponse(errorPage(contextOf(site, language), error, { signing, resumePath }), {
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
