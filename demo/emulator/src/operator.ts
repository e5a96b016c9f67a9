import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { type Exchange, isLoopback, readCookie } from "./http.js";
import type { Scheme } from "./origin.js";

const cookieName = "emulator_operator";
const MAX_LINKS = 10;

const forwardingNames = new Set([
  ...["via", "forwarded", "client-ip", "true-client-ip", "remote-addr", "cdn-loop"],
  ...["x-real-ip", "x-client-ip", "x-cluster-client-ip", "x-remote-ip", "x-remote-addr", "x-host"],
  ...["x-cloud-trace-context", "x-amz-cf-id", "x-proxyuser-ip", "x-proxied-for"],
]);
const forwardingPrefixes = [
  ...["x-forwarded", "x-original-", "proxy-", "x-proxy-", "cf-", "fastly-", "fly-", "x-vercel-", "x-nf-"],
  ...["x-amzn-", "x-envoy-", "x-appengine-", "x-azure-", "x-arr-", "tailscale-", "ngrok-", "akamai-"],
];

/** Headers that proxies, tunnels and CDNs add. Browsers and programs on this machine do not send them. */
export function forwardingHeaders(headers: IncomingHttpHeaders): string[] {
  return Object.keys(headers).filter(
    (name) => forwardingNames.has(name) || forwardingPrefixes.some((prefix) => name.startsWith(prefix)),
  );
}

/**
 * Whether the request seems to come from this machine. A proxy or tunnel on this machine may add a header, forward a host name, or
 * use HTTP/1.0. A proxy that does none of this looks like this machine, so this check is not enough if there may be a proxy
 * ({@link Operator.mayChange}).
 */
function isLocal({ request }: Exchange): boolean {
  const { headers, socket, httpVersion } = request;
  if (httpVersion !== "1.1" || forwardingHeaders(headers).length > 0) return false;
  if (!/^(localhost|[\d.]+|\[[0-9a-f:.]+\])(:\d+)?$/i.test(headers.host ?? "")) return false;
  const { remoteAddress, localAddress } = socket;
  return isLoopback(remoteAddress) || (remoteAddress !== undefined && remoteAddress === localAddress);
}

export interface Listening {
  /** As browsers reach it. */
  readonly origin: string;
  /** Where it listens. */
  readonly address: string;
  readonly port: number;
  /** Of the emulator itself. */
  readonly scheme: Scheme;
}

/** Whether there is no proxy: the emulator listens on loopback, and browsers use the same port. */
export function standsAlone({ origin, address, port, scheme }: Listening): boolean {
  const { protocol, hostname, port: named } = new URL(origin);
  return (
    isLoopback(address) &&
    protocol === `${scheme}:` &&
    /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname) &&
    Number(named || (scheme === "https" ? 443 : 80)) === port
  );
}

/** `elsewhere`: never allowed. `secret-missing`: from this machine, but without the required secret. */
export type Access = "granted" | "secret-missing" | "elsewhere";

/**
 * Decides who may change the settings: only this machine; and only with the secret, if a proxy may make other machines look like
 * this one.
 */
export class Operator {
  /** For programs, as `Authorization: Bearer`. `undefined`: this machine is trusted without it. */
  readonly token: string | undefined;
  /** In place of the token, for the browser that opened a link. */
  readonly #cookie = secret();
  readonly #links = new Set<string>();

  constructor(listening: Listening) {
    this.token = standsAlone(listening) ? undefined : secret();
  }

  access(exchange: Exchange): Access {
    if (!isLocal(exchange)) return "elsewhere";
    if (this.token === undefined) return "granted";
    const { request } = exchange;
    const [, bearer] = /^Bearer ([\w-]{1,100})$/i.exec(request.headers.authorization ?? "") ?? [];
    const known =
      equal(bearer ?? "", this.token) || equal(readCookie(request, cookieName) ?? "", this.#cookie);
    return known ? "granted" : "secret-missing";
  }

  /** The path of a link that gives one browser access, once. The ten latest links are valid. */
  newLink(): string {
    const ticket = secret();
    this.#links.add(ticket);
    const [oldest] = this.#links;
    if (this.#links.size > MAX_LINKS && oldest !== undefined) this.#links.delete(oldest);
    return `/operator/${ticket}`;
  }

  /** The cookie for the browser that opens a link on this machine; `undefined` for an invalid link. The link is then used. */
  openLink(exchange: Exchange): string | undefined {
    if (!isLocal(exchange) || !this.#links.delete(exchange.params.ticket ?? "")) return undefined;
    return `${cookieName}=${this.#cookie}; Path=/; HttpOnly; SameSite=Strict`;
  }
}

function secret(): string {
  return randomBytes(32).toString("base64url");
}

function equal(given: string, right: string): boolean {
  const [a, b] = [given, right].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/**
 * Detects requests that a page of another site causes: browsers send `Origin` or `Sec-Fetch-Site`, programs send neither.
 */
export function isCrossSite({ request }: Exchange, origin: string): boolean {
  const { socket } = request;
  const { origin: sender, host, "sec-fetch-site": site } = request.headers;
  // The router has checked that `Host` is an address or a name of this emulator.
  const scheme = "encrypted" in socket ? "https" : "http";
  if (sender !== undefined && sender !== origin && sender !== `${scheme}://${host}`) return true;
  return site !== undefined && site !== "same-origin" && site !== "none";
}
