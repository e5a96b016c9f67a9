import { readAtMost } from "./bounded-bytes.js";
import { HonninError } from "./error.js";
import { lapsed, orLapsed } from "./single-flight.js";
import { hasDuplicates, isObject } from "./strict-json.js";

/** The platform's `fetch`, or a replacement. Always called as a plain function. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A request. */
export interface BoundedRequest {
  /** An absolute URL that was already checked with `secureUrl`. */
  readonly url: string | URL;
  /** The name of the endpoint, for messages: `"The token endpoint"`. */
  readonly name: string;
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | URLSearchParams | undefined;
}

/** The limits of one request. */
export interface BoundedFetchOptions {
  /** Time limit for the complete response in seconds. Default 5, at most 86,400. */
  readonly timeout?: number | undefined;
  /** The maximum size of the body in bytes, after content decoding. Default 262,144 (256 KiB). */
  readonly maxBytes?: number | undefined;
  /** Default: the platform's `fetch`, looked up on each call. */
  readonly fetch?: Fetch | undefined;
}

/** A complete response. `status` can be any status except a redirect; the caller must check it. */
export interface BoundedResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Default of {@link BoundedFetchOptions.timeout}, in seconds. */
export const defaultTimeout = 5;
/** Default of {@link BoundedFetchOptions.maxBytes}, in bytes. */
export const defaultMaxBytes = 256 * 1024;
/** In seconds. Timers overflow after some days, and then fire after 1 ms. */
const maxTimeout = 86_400;

/**
 * Fetches a URL. It bypasses every HTTP cache, has a time limit and a size limit that is checked while streaming, follows no
 * redirects, and decodes UTF-8 strictly.
 *
 * @throws HonninError `endpoint-unreachable` (no response), `endpoint-timeout`, `response-too-large`,
 *   `response-malformed` (a redirect, or not UTF-8), `options-invalid` (an invalid limit)
 */
export async function boundedFetch(
  request: BoundedRequest,
  options: BoundedFetchOptions = {},
): Promise<BoundedResponse> {
  const timeout = options.timeout ?? defaultTimeout;
  const maxBytes = options.maxBytes ?? defaultMaxBytes;
  // Checked here too: with NaN, no limit would ever apply.
  if (!(timeout > 0 && timeout <= maxTimeout)) {
    throw new HonninError(
      "options-invalid",
      `timeout must be more than 0 and at most ${maxTimeout} seconds.`,
    );
  }
  if (!(maxBytes >= 0)) throw new HonninError("options-invalid", "maxBytes must be a number, 0 or more.");
  // A plain variable: as a method of an object, workerd's fetch throws "Illegal invocation".
  const fetch = options.fetch ?? (globalThis.fetch as Fetch);

  const controller = new AbortController();
  try {
    const { signal } = controller;
    // In addition to the signal: a fetch that ignores its signal must not block the caller.
    const response = await orLapsed(timeout * 1000, exchange(request, fetch, maxBytes, signal));
    if (response !== lapsed) return response;
  } catch (cause) {
    if (cause instanceof HonninError) throw cause;
    throw new HonninError("endpoint-unreachable", `${request.name} could not be reached.`, { cause });
  }
  const error = new HonninError(
    "endpoint-timeout",
    `${request.name} did not send a complete response within ${timeout} s.`,
  );
  controller.abort(error);
  throw error;
}

async function exchange(
  request: BoundedRequest,
  fetch: Fetch,
  maxBytes: number,
  signal: AbortSignal,
): Promise<BoundedResponse> {
  const fresh = pastCaches();
  const response = await fetch(String(request.url), {
    method: request.method ?? "GET",
    ...fresh,
    headers: { accept: "application/json", ...fresh.headers, ...request.headers },
    ...(request.body === undefined ? {} : { body: request.body }),
    // workerd does not support "error", so a redirect is received and refused here.
    redirect: "manual",
    signal,
  });
  if (signal.aborted) discard(response);
  signal.throwIfAborted();
  const { status, headers } = response;
  if (response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
    discard(response);
    throw new HonninError(
      "response-malformed",
      `${request.name} returned a redirect, which is not followed. Configure the final URL.`,
    );
  }
  const bytes = await readBytes(response, maxBytes, request.name, signal);
  try {
    return { status, headers, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (cause) {
    throw new HonninError("response-malformed", `${request.name} returned a response that is not UTF-8.`, {
      cause,
    });
  }
}

/**
 * Bypasses caches: the responses decide whom to trust, or contain personal data, so a cached response may be outdated. workerd throws
 * on `cache` before compatibility date 2024-11-11, so a header is used there. In a browser, the header would cause a preflight.
 */
function pastCaches(): {
  readonly cache?: RequestCache;
  readonly headers?: Readonly<Record<string, string>>;
} {
  try {
    new Request("https://honnin.invalid/", { cache: "no-store" });
    return { cache: "no-store" };
  } catch {
    return { headers: { "cache-control": "no-store" } };
  }
}

async function readBytes(
  response: Response,
  maxBytes: number,
  name: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const tooLarge = () => {
    discard(response);
    return new HonninError("response-too-large", `${name} returned more than ${maxBytes} bytes.`);
  };
  const announced = response.headers.get("content-length") ?? "";
  if (/^\d{1,20}$/.test(announced) && Number(announced) > maxBytes) throw tooLarge();
  if (response.body === null) return new Uint8Array();

  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  // A body whose fetch ignores the signal would be read beyond the time limit.
  signal.addEventListener("abort", () => void reader.cancel().catch(() => {}), { once: true });
  return readAtMost(reader, maxBytes, tooLarge);
}

/** Frees the connection and ignores errors. */
function discard(response: Response): void {
  if (response.body !== null && !response.body.locked) response.body.cancel().catch(() => {});
}

/**
 * The error for a status that means "later" instead of "no" (RFC 9110 §15.5.9, §15.6; RFC 6585 §4).
 *
 * @returns `undefined` for any other status
 */
export function outage({ status }: Pick<BoundedResponse, "status">, name: string): HonninError | undefined {
  if (status < 500 && status !== 408 && status !== 429) return undefined;
  return unavailable(name, `status ${status}`);
}

/** @param how what the endpoint returned */
export function unavailable(name: string, how: string): HonninError {
  return new HonninError("endpoint-unavailable", `${name} returned ${how}. Try again later.`);
}

/**
 * Parses the text of a response as a JSON object without duplicate members, which two parsers can read differently.
 *
 * @param name the name of the endpoint, for the message
 * @throws HonninError `response-malformed`; the message does not contain the text
 */
export function parseJsonObject(text: string, name: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // No cause: the platform's SyntaxError quotes the text, which may contain personal data.
    throw new HonninError("response-malformed", `${name} returned a response that is not JSON.`);
  }
  if (!isObject(value)) {
    throw new HonninError("response-malformed", `${name} returned JSON that is not an object.`);
  }
  if (hasDuplicates(text)) {
    throw new HonninError("response-malformed", `${name} returned a JSON object with a duplicate member.`);
  }
  return value;
}
