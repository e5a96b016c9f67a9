import { HonninError } from "../error.js";
import { callback } from "./callback.js";
import { asHonninError } from "./errors.js";
import type { Exchange } from "./exchange.js";
import type { Json } from "./hooks.js";
import { languageOf } from "./language.js";
import { login } from "./login.js";
import { logout } from "./logout.js";
import { type Paths, type RelyingPartyOptions, readOptions, type Setup } from "./options.js";
import { errorPage } from "./page/error-page.js";
import { isResponse, withCookies } from "./responses.js";
import { readSession } from "./session.js";

/** The relying party's server side. The functions need no `this`: they can be taken out of the object. */
export interface RelyingParty {
  /** Answers login, callback and logout; every error ends in a page. Never rejects. */
  fetch(request: Request): Promise<Response>;
  /** What `onLogin` returned as `session`; `undefined` if there is none, if it has expired, and on anything wrong with it. */
  session(request: Request): Promise<Json | undefined>;
  readonly paths: Paths;
}

type Route = (setup: Setup, exchange: Exchange) => Promise<Response>;

/**
 * One `fetch(request)` handler for the login at the デジタル認証サービス: `login` (GET), `callback` (GET) and `logout` (POST)
 * below the directory of the redirect URI. Makes no request and uses no randomness until it is called.
 *
 * @throws HonninError `options-invalid`, `client-key-invalid`
 */
export function relyingParty(options: RelyingPartyOptions): RelyingParty {
  const setup = readOptions(options);
  const { paths } = setup;
  const routes = new Map<string, readonly [method: string, route: Route]>([
    [paths.login, ["GET", login]],
    [paths.callback, ["GET", callback]],
    [paths.logout, ["POST", logout]],
  ]);

  async function route(exchange: Exchange): Promise<Response> {
    const [method, handle] = routes.get(exchange.url.pathname) ?? [];
    if (method === undefined || handle === undefined) {
      throw new HonninError(
        "route-not-found",
        `There is no such route; there are ${Object.values(paths).join(", ")}.`,
      );
    }
    if (exchange.request.method !== method) {
      throw new HonninError("method-not-allowed", `This route takes ${method} only.`);
    }
    return handle(setup, exchange);
  }

  return {
    paths,
    session: (request) => readSession(setup, request),
    async fetch(request) {
      const url = new URL(request.url);
      const exchange: Exchange = {
        request,
        url,
        language: languageOf(request),
        returnTo: undefined,
        cookies: [],
      };
      try {
        return withCookies(await route(exchange), exchange.cookies);
      } catch (thrown) {
        return refuse(setup, exchange, asHonninError(thrown), routes.get(url.pathname)?.[0]);
      }
    },
  };
}

async function refuse(
  { paths, onError }: Setup,
  { request, language, returnTo, cookies }: Exchange,
  error: HonninError,
  allowed: string | undefined,
): Promise<Response> {
  try {
    const response: unknown = await onError?.(error, request);
    if (isResponse(response)) return withCookies(response, cookies);
  } catch {
    // The page for the error itself says more to the user than one about the hook.
  }
  const query = new URLSearchParams({
    ...(returnTo === undefined ? {} : { return_to: returnTo }),
    lang: language,
  });
  const page = await errorPage(error, {
    language,
    loginPath: `${paths.login}?${query}`,
    withBody: request.method !== "HEAD",
  });
  if (error.code === "method-not-allowed" && allowed !== undefined) page.headers.set("allow", allowed);
  return withCookies(page, cookies);
}
