import { HonninError } from "../error.js";
import { callback } from "./callback.js";
import { asHonninError } from "./errors.js";
import type { Session } from "./hooks.js";
import type { Exchange } from "./http/exchange.js";
import { languageOf } from "./http/language.js";
import { withCookies } from "./http/responses.js";
import type { Paths } from "./http/site.js";
import { login } from "./login/login.js";
import { logout } from "./logout.js";
import type { RelyingPartyOptions } from "./options/options.js";
import { readOptions } from "./options/read-options.js";
import { refuse } from "./refuse.js";
import type { Setup } from "./setup.js";
import { resume } from "./signing/resume.js";
import { sign } from "./signing/sign.js";

/** What an edge runtime hands over beside a request: Cloudflare's `ctx`, for one. */
export interface RequestContext {
  /** Keeps the work going when the client goes away. */
  waitUntil(promise: Promise<unknown>): void;
}

/** The relying party's server side. The functions need no `this`: they can be taken out of the object. */
export interface RelyingParty {
  /**
   * Answers login, callback and logout, and with `signing` the two routes of signatures; every error ends in a page. Never rejects.
   *
   * @param context where the runtime stops the work of a client that goes away, as Workers do: codes are good for one exchange, and
   *   the result of a signature is handed out once, so the callback and the resumption are to run to their end
   */
  fetch(request: Request, context?: RequestContext): Promise<Response>;
  /**
   * The session of a request; `undefined` if there is none, if it has ended, and on anything wrong with it: a store or an `isRevoked`
   * that fails, too. Never rejects.
   */
  session(request: Request): Promise<Session | undefined>;
  readonly paths: Paths;
}

/** The method that a route takes, and what answers it. */
type Route = readonly [method: string, handle: (exchange: Exchange) => Promise<Response>];

/**
 * One `fetch(request)` handler for the login at the デジタル認証サービス: `login` (GET), `callback` (GET) and `logout` (POST)
 * below the directory of the redirect URI; with `signing`, `sign` (POST) and `sign/resume` (GET) beside them. Makes no request and uses no randomness until it is called.
 *
 * @throws HonninError `options-invalid`, `client-key-invalid`, `decryption-key-invalid`
 */
export function relyingParty(options: RelyingPartyOptions): RelyingParty {
  const setup = readOptions(options);
  const { paths } = setup.site;
  const routes = new Map<string, Route>([
    [paths.login, ["GET", (exchange) => login(setup, exchange)]],
    [paths.callback, ["GET", (exchange) => callback(setup, exchange)]],
    [paths.logout, ["POST", (exchange) => logout(setup, exchange)]],
    ...signingRoutes(setup),
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
    return handle(exchange);
  }

  async function answer(exchange: Exchange): Promise<Response> {
    try {
      return withCookies(await route(exchange), exchange.cookies);
    } catch (thrown) {
      return refuse(setup, exchange, asHonninError(thrown), routes.get(exchange.url.pathname)?.[0]);
    }
  }

  return {
    paths,
    session: async (request) => (await setup.sessions.read(request))?.session,
    async fetch(request, context) {
      const url = new URL(request.url);
      const exchange: Exchange = {
        request,
        url,
        language: languageOf(request),
        returnTo: undefined,
        flow: url.pathname === paths.sign || url.pathname === paths.signResume ? "signing" : "login",
        resumeHint: undefined,
        cookies: [],
      };
      const response = answer(exchange);
      const spends = url.pathname === paths.callback || url.pathname === paths.signResume;
      // By its type alone it might be something else: an environment, where `fetch` itself is the runtime's handler.
      if (spends && typeof context?.waitUntil === "function") keepGoing(context, response);
      return response;
    },
  };
}

/** A runtime that takes no more work still gets the answer. */
function keepGoing(context: RequestContext, response: Promise<Response>): void {
  try {
    context.waitUntil(response);
  } catch {
    // Too late for it, or the method needs another `this`: the work goes on as it would without a context.
  }
}

function signingRoutes({ signing, site: { paths } }: Pick<Setup, "signing" | "site">): [string, Route][] {
  if (signing === undefined || paths.sign === undefined || paths.signResume === undefined) return [];
  return [
    [paths.sign, ["POST", (exchange) => sign(signing, exchange)]],
    [paths.signResume, ["GET", (exchange) => resume(signing, exchange)]],
  ];
}
