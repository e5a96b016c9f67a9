import { bodyOf } from "./body.js";
import { type NodeOptions, type NodeRequest, type NodeRules, readNodeOptions } from "./node-options.js";

/** What is known of the client and the body while a request is answered. */
export interface Reading {
  /** Aborted when the client goes away. */
  readonly signal?: AbortSignal;
  /** Called when the body is longer than it may be. */
  tooLarge?(): void;
}

/**
 * The request of a server of Node as a `Request`, for example to read its session. The body is not read before it is used.
 *
 * @throws HonninError `options-invalid`
 * @throws TypeError if a `Request` cannot have the method, the path or a header
 *
 * @example
 * ```ts
 * import type { IncomingMessage } from "node:http";
 * import type { RelyingParty, Session } from "honnin/relying-party";
 * import { toRequest } from "honnin/relying-party/node";
 *
 * export function sessionOf(rp: RelyingParty, incoming: IncomingMessage): Promise<Session | undefined> {
 *   return rp.session(toRequest(incoming, { origin: "https://shop.example" }));
 * }
 * ```
 */
export function toRequest(incoming: NodeRequest, options: NodeOptions): Request {
  return createRequest(incoming, readNodeOptions(options));
}

/** @throws TypeError if a `Request` cannot have the method, the path or a header */
export function createRequest(incoming: NodeRequest, rules: NodeRules, reading: Reading = {}): Request {
  const method = incoming.method ?? "GET";
  const { signal } = reading;
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(urlOf(incoming, rules.origin), {
    method,
    headers: headersOf(incoming, rules),
    ...(signal === undefined ? {} : { signal }),
    ...(hasBody ? { body: bodyOf(incoming, rules.maxBodyBytes, reading.tooLarge), duplex: "half" } : {}),
  } as RequestInit);
}

/**
 * The URL under the site's origin, from the path that the client sent: frameworks that strip the path of a mounted handler from `url` keep it
 * in `originalUrl`. A whole URL, as proxies may send it (RFC 9112 §3.2.2), counts by its path and query only.
 *
 * @throws TypeError if there is no path
 */
export function urlOf(incoming: NodeRequest, origin: string): string {
  const { originalUrl } = incoming as { originalUrl?: unknown };
  const target = typeof originalUrl === "string" ? originalUrl : (incoming.url ?? "");
  // Joined as text: a path that starts with two slashes must not become a host.
  if (target.startsWith("/")) return new URL(origin + target).href;
  const { protocol, pathname, search } = new URL(target);
  if (protocol !== "http:" && protocol !== "https:") throw new TypeError("The request has no path.");
  return new URL(origin + pathname + search).href;
}

function headersOf(incoming: NodeRequest, { addressHeader }: NodeRules): Headers {
  const headers = new Headers();
  const cookies: string[] = [];
  // The raw headers: Node drops repeated ones, which must not look like a single one.
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    const name = incoming.rawHeaders[index] ?? "";
    const value = incoming.rawHeaders[index + 1] ?? "";
    // HTTP/2 splits cookies (RFC 9113 §8.2.3), and has pseudo-headers.
    if (/^cookie$/i.test(name)) cookies.push(value);
    else if (!name.startsWith(":")) headers.append(name, value);
  }
  if (cookies.length > 0) headers.set("cookie", cookies.join("; "));
  const authority = incoming.headers[":authority"];
  if (typeof authority === "string" && !headers.has("host")) headers.set("host", authority);
  if (addressHeader !== undefined) {
    headers.delete(addressHeader);
    const address = incoming.socket?.remoteAddress;
    if (address !== undefined) headers.set(addressHeader, address);
  }
  return headers;
}
