import { HonninError } from "../error.js";
import { callback } from "./callback.js";
import { asHonninError } from "./errors.js";
import type { ImportHandoff } from "./handoff/load-wing.js";
import type { Session } from "./hooks.js";
import type { Exchange } from "./http/exchange.js";
import { languageOf } from "./http/language.js";
import { withCookies } from "./http/responses.js";
import type { Paths } from "./http/site.js";
import { importEvents } from "./load-events.js";
import { login } from "./login/login.js";
import { logout } from "./logout.js";
import type { RelyingPartyOptions } from "./options/options.js";
import { readOptions, type SigningOffer } from "./options/read-options.js";
import { problem } from "./problem.js";
import type { refuse } from "./refuse.js";
import type { Setup } from "./setup.js";

/** The context that an edge runtime passes with a request, for example Cloudflare's `ctx`. */
export interface RequestContext {
  /** Keeps the work running after the client disconnects. */
  waitUntil(promise: Promise<unknown>): void;
}

/** The relying party's server side. The functions do not use `this`. */
export interface RelyingParty {
  /**
   * Handles login, callback and logout, with `signing` the two routes of signatures, and with `handoff` those of handoffs. Every error
   * becomes a page, or JSON for a script. Never rejects.
   *
   * @param context needed if the runtime stops the work when the client disconnects, as Workers do: a code works once, and the
   *   result of a signature can be collected once, so the callback and the resumption must run to completion
   */
  fetch(request: Request, context?: RequestContext): Promise<Response>;
  /**
   * The session of a request; `undefined` if there is none, if it has ended, and on any error, including an error of the store or of
   * `isRevoked`. Never rejects.
   */
  session(request: Request): Promise<Session | undefined>;
  readonly paths: Paths;
}

/** Imports code that few requests need. Given by the functions that create a handler, because these files name the handler. */
export interface Parts {
  readonly handoffs: ImportHandoff;
  readonly refusals: () => Promise<{ readonly refuse: typeof refuse }>;
}

/** The method of a route, and its handler. */
type Route = readonly [method: string, handle: (exchange: Exchange) => Promise<Response>];

/**
 * Creates the handler.
 *
 * @param offer signatures; if it is missing, `signing` is refused
 */
export function createHandler(
  options: RelyingPartyOptions,
  { handoffs, refusals }: Parts,
  offer: SigningOffer | undefined,
): RelyingParty {
  const setup = readOptions(options, handoffs, offer);
  const { handoff, site, onEvent } = setup;
  const { paths } = site;
  /** The routes of handoffs, which are loaded later. */
  const isHandoff = ({ pathname }: URL) =>
    handoff !== undefined && `${pathname}/`.startsWith(`${paths.handoff}/`);
  const routes = new Map<string, Route>([
    [paths.login, ["GET", (exchange) => login(setup, exchange)]],
    [paths.callback, ["GET", (exchange) => callback(setup, exchange)]],
    [paths.logout, ["POST", (exchange) => logout(setup, exchange)]],
    ...signingRoutes(setup),
  ]);

  async function route(exchange: Exchange): Promise<Response> {
    if (handoff !== undefined && isHandoff(exchange.url)) return (await handoff()).answer(exchange);
    const [method, handle] = routes.get(exchange.url.pathname) ?? [];
    if (method === undefined || handle === undefined) {
      throw await problem("route-not-found", ["no-route", Object.values(paths).join(", ")]);
    }
    exchange.allow = method;
    if (exchange.request.method !== method) {
      throw await problem("method-not-allowed", ["method", method]);
    }
    return handle(exchange);
  }

  async function refused(exchange: Exchange, thrown: unknown): Promise<Response> {
    try {
      const error = await asHonninError(thrown);
      exchange.code = error.code;
      const { refuse } = await refusals().catch((cause: unknown) => tellOfMissing(exchange, cause));
      return await refuse(setup, exchange, error);
    } catch {
      // A part of the package is missing, for example because not all files were deployed.
      return withCookies(
        new Response(null, { status: 500, headers: { "cache-control": "no-store" } }),
        exchange.cookies,
      );
    }
  }

  /** The site learns of errors even if the code that answers them is missing on the server. */
  async function tellOfMissing(exchange: Exchange, cause: unknown): Promise<never> {
    const { id: requestId, request, language, flow, code } = exchange;
    const message = `A file of honnin, which answers ${code}, could not be loaded. Deploy all files that the bundler wrote.`;
    const error = new HonninError("internal-error", message, { cause });
    const { logged, onError } = setup;
    // Once for each code, as in log-error.ts, which may be missing too. There, the error itself counts separately.
    const missing = `missing ${code}`;
    if (logged?.has(missing) === false) {
      logged.add(missing);
      console.error(`honnin: ${error.code}: ${message}`);
    }
    await onError?.(error, request, {
      requestId,
      status: 500,
      language,
      loginPath: paths.login,
      signing: flow === "signing",
      handoff: flow === "handoff",
    });
    throw error;
  }

  async function answer(exchange: Exchange): Promise<Response> {
    try {
      return withCookies(await route(exchange), exchange.cookies);
    } catch (thrown) {
      return refused(exchange, thrown);
    }
  }

  return {
    paths,
    session: async (request) => (await setup.sessions.read(request))?.session,
    async fetch(request, context) {
      const url = new URL(request.url);
      const start = performance.now();
      // Loaded before the work, so that what is told of it is complete when there is a response.
      const events = onEvent && (await importEvents());
      const exchange: Exchange = {
        id: crypto.randomUUID(),
        request,
        url,
        language: languageOf(request),
        returnTo: undefined,
        flow: url.pathname === paths.sign || url.pathname === paths.signResume ? "signing" : "login",
        json: false,
        code: undefined,
        allow: undefined,
        resumeHint: undefined,
        cookies: [],
      };
      const response = answer(exchange);
      if (onEvent !== undefined && events !== undefined)
        void response.then(({ status }) =>
          events.tell(onEvent, exchange, { paths, isHandoff: isHandoff(url), status, start }),
        );
      const spends = url.pathname === paths.callback || url.pathname === paths.signResume || isHandoff(url);
      // Check the function: if `fetch` itself is the runtime's handler, this argument is an environment.
      if (spends && typeof context?.waitUntil === "function") keepGoing(context, response);
      return response;
    },
  };
}

/** If the runtime accepts no more work, the response is still sent. */
function keepGoing(context: RequestContext, response: Promise<Response>): void {
  try {
    context.waitUntil(response);
  } catch {
    // Too late, or the method needs another `this`: the work continues as without a context.
  }
}

function signingRoutes({ signing, site: { paths } }: Pick<Setup, "signing" | "site">): [string, Route][] {
  if (signing === undefined || paths.sign === undefined || paths.signResume === undefined) return [];
  return [
    [paths.sign, ["POST", async (exchange) => (await signing()).sign(exchange)]],
    [paths.signResume, ["GET", async (exchange) => (await signing()).resume(exchange)]],
  ];
}
