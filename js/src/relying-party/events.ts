import type { Fetch } from "../bounded-fetch.js";
import type { HonninErrorCode } from "../error.js";
import type { Environment } from "../launch/environments.js";
import type { Exchange } from "./http/exchange.js";
import type { Paths } from "./http/site.js";

/** A request to the handler was answered. */
export interface RequestEvent {
  readonly name: "request";
  /** Random, new for each request. `requestId` of the `ErrorAnswer` for `onError` is the same. */
  readonly requestId: string;
  /** The route, by its name in `paths`; `handoff` for all below it. */
  readonly route: keyof Paths | "unknown";
  /** The HTTP status of the response. */
  readonly status: number;
  /** The code of the error; missing if there was none. */
  readonly code?: HonninErrorCode;
  /** From the request to the response, in milliseconds. */
  readonly duration: number;
}

/** The service answered a request of the handler, or did not. */
export interface ServiceEvent {
  readonly name: "service-request";
  readonly endpoint: "token" | "userinfo" | "jwks" | "sign-transactions" | "other";
  /** The HTTP status; missing if there was no response. */
  readonly status?: number;
  /** From the request to the headers of the response, in milliseconds. */
  readonly duration: number;
}

/** What happened, for logs and metrics. It never contains personal data, tokens, cookies or addresses. */
export type RelyingPartyEvent = RequestEvent | ServiceEvent;

/**
 * Called for every event, synchronously in the asynchronous context of its request. What it throws is ignored. `request` is the request
 * of a {@link RequestEvent}: its URL and headers may contain personal data and codes.
 */
export type OnEvent = (event: RelyingPartyEvent, request?: Request) => void;

/** Tells the site of an event. */
export function notify(onEvent: OnEvent, event: RelyingPartyEvent, request?: Request): void {
  try {
    // An async function rejects instead of throwing.
    Promise.resolve(onEvent(event, request) as unknown).catch(() => {});
  } catch {
    // Observing a login must not change it.
  }
}

/** A `fetch` that tells of each request to the service. */
export function observed(fetch: Fetch | undefined, environment: Environment, onEvent: OnEvent): Fetch {
  return async (url, init) => {
    const start = performance.now();
    let status: number | undefined;
    try {
      // A plain variable: as a method of an object, workerd's fetch throws "Illegal invocation".
      const send = fetch ?? (globalThis.fetch as Fetch);
      const response = await send(url, init);
      status = response.status;
      return response;
    } finally {
      notify(onEvent, {
        name: "service-request",
        endpoint: endpointOf(url, environment),
        ...(status === undefined ? {} : { status }),
        duration: performance.now() - start,
      });
    }
  };
}

/** Tells of a request with a response. */
export function tell(
  onEvent: OnEvent,
  { id: requestId, code, url, request }: Exchange,
  { paths, isHandoff, status, start }: { paths: Paths; isHandoff: boolean; status: number; start: number },
): void {
  const isRoute = ([, path]: [string, string]) => path === url.pathname;
  const route = isHandoff ? "handoff" : Object.entries(paths).find(isRoute)?.[0];
  const event = { name: "request", requestId, route: (route ?? "unknown") as keyof Paths, status } as const;
  const duration = performance.now() - start;
  notify(onEvent, code === undefined ? { ...event, duration } : { ...event, code, duration }, request);
}

function endpointOf(url: string, environment: Environment): ServiceEvent["endpoint"] {
  if (url === new URL(environment.tokenEndpoint).href) return "token";
  if (url === new URL(environment.userinfoEndpoint).href) return "userinfo";
  if (url === new URL(environment.jwksUri).href) return "jwks";
  return url.startsWith(environment.signTransactionsEndpoint) ? "sign-transactions" : "other";
}
