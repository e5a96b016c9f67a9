import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { type Exchange, isLoopback, readCookie } from "./http.js";

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

/** Names of headers that proxies, tunnels and CDNs add to what they pass on; a browser or program sends none to this machine. */
export function forwardingHeaders(headers: IncomingHttpHeaders): string[] {
  return Object.keys(headers).filter(
    (name) => forwardingNames.has(name) || forwardingPrefixes.some((prefix) => name.startsWith(prefix)),
  );
}

/**
 * Whether the request comes from this machine, as far as a request tells: a proxy or tunnel on this machine may say so in
 * a header, pass on a host name, or speak HTTP/1.0 as some do. One that does none of it looks like this machine, which is
 * why this is not enough where something may stand in front ({@link Operator.mayChange}).
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
}

/** Whether nothing can stand in front: it listens on loopback, and browsers reach it at that very port. */
export function standsAlone({ origin, address, port }: Listening): boolean {
  const { protocol, hostname, port: named } = new URL(origin);
  return (
    isLoopback(address) &&
    protocol === "http:" &&
    /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname) &&
    Number(named || 80) === port
  );
}

/** `elsewhere`: never from there. `secret-missing`: from this machine, but the secret is asked for. */
export type Access = "granted" | "secret-missing" | "elsewhere";

/**
 * Who may change the settings: this machine; and with the secret only, where something may stand in front of the emulator
 * that makes others look like this machine.
 */
export class Operator {
  /** For programs, as `Authorization: Bearer`. `undefined`: this machine is believed without it. */
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

  /** The path of a link that lets one browser in, once. The ten latest are good. */
  newLink(): string {
    const ticket = secret();
    this.#links.add(ticket);
    const [oldest] = this.#links;
    if (this.#links.size > MAX_LINKS && oldest !== undefined) this.#links.delete(oldest);
    return `/operator/${ticket}`;
  }

  /** The cookie for whoever opens a link on this machine, `undefined` if it is none; it is spent then. */
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
 * Refuses what a page of another site could make a browser send: browsers name the sender in `Origin` or
 * `Sec-Fetch-Site`, programs name none.
 */
export function isCrossSite({ request }: Exchange, origin: string): boolean {
  const { origin: sender, host, "sec-fetch-site": site } = request.headers;
  // The router has checked that `Host` is an address or a name of this emulator.
  if (sender !== undefined && sender !== origin && sender !== `http://${host}`) return true;
  return site !== undefined && site !== "same-origin" && site !== "none";
}
