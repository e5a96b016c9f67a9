import type { IncomingMessage, ServerResponse } from "node:http";
import type { Html } from "./html.js";
import { asciiLowerCase, cookiesOf, trimOws } from "./protocol-text.js";
import type { Language } from "./types.js";

const MAX_BODY_BYTES = 64 * 1024;

/** Ends a request with a status. The router renders the page. */
export class HttpError extends Error {
  readonly status: number;
  /** The text of the page. */
  readonly reason: string;

  constructor(status: number, reason: string) {
    super(reason);
    this.status = status;
    this.reason = reason;
  }
}

/** A request in the router. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** The parts of the path that the route names with `:name`. */
  readonly params: Readonly<Record<string, string>>;
  readonly language: Language;
}

/** Handles the requests of a route. */
export type Handler = (exchange: Exchange) => Promise<void> | void;

/**
 * For effects that only a GET may cause. The router passes HEAD requests to the handlers of GET.
 *
 * @throws HttpError 405
 */
export function refuseHead({ request, response }: Exchange): void {
  if (request.method !== "HEAD") return;
  response.setHeader("allow", "GET");
  throw new HttpError(405, "method-not-allowed");
}

/** @throws HttpError 413 beyond the limit */
export async function readBody(request: IncomingMessage, limit = MAX_BODY_BYTES): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > limit) throw new HttpError(413, "too-large");
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

export function contentType(request: IncomingMessage): string {
  const [type = ""] = (request.headers["content-type"] ?? "").split(";", 1);
  return asciiLowerCase(trimOws(type));
}

export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  if (contentType(request) !== "application/x-www-form-urlencoded") throw new HttpError(415, "bad-request");
  return new URLSearchParams((await readBody(request)).toString("utf8"));
}

export async function readJson(request: IncomingMessage, limit = MAX_BODY_BYTES): Promise<unknown> {
  if (contentType(request) !== "application/json") throw new HttpError(415, "bad-request");
  try {
    return JSON.parse((await readBody(request, limit)).toString("utf8"));
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw new HttpError(400, "bad-request");
  }
}

/** The first cookie of this name. */
export function readCookie(request: IncomingMessage, name: string): string | undefined {
  return cookiesOf(request.headers.cookie ?? "").find((cookie) => cookie.name === name)?.value;
}

const commonHeaders = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  // Not no-referrer: with it, the home page's own forms would send the Origin `null`.
  "referrer-policy": "same-origin",
};

/** Nothing inline, nothing from other origins, no framing. */
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * Sends a page. `leavesSite`: its forms redirect to the client. Chromium applies `form-action` to redirects too, and the
 * further redirects of the client are unknown.
 */
export function sendPage(
  response: ServerResponse,
  status: number,
  page: Html,
  { leavesSite = false, language }: { leavesSite?: boolean; language: Language },
): void {
  response.writeHead(status, pageHeaders(language, leavesSite));
  response.end(page.text);
}

export function pageHeaders(language: Language, leavesSite = false): Record<string, string> {
  return {
    ...commonHeaders,
    "content-type": "text/html; charset=utf-8",
    "content-language": language,
    "content-security-policy": leavesSite ? pagePolicy : `${pagePolicy}; form-action 'self'`,
    "x-frame-options": "DENY",
    vary: "Accept-Language, Cookie",
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...commonHeaders, "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

export function sendBytes(response: ServerResponse, type: string, body: Uint8Array): void {
  response.writeHead(200, { ...commonHeaders, "content-type": type });
  response.end(body);
}

/** 303: the next request is always a GET. */
export function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { ...commonHeaders, location });
  response.end();
}

/** RFC 1122 §3.2.1.3, RFC 4291 §2.5.3. */
export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127\.|^::1$/.test(address);
}
