import { HonninError } from "./error.js";
import { hasDuplicates, isObject } from "./strict-json.js";

/** The platform's `fetch`, or one that stands in for it. Always called as a plain function. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What is asked for. */
export interface BoundedRequest {
  /** Absolute; the caller has held it to the https rule (`secureUrl`). */
  readonly url: string | URL;
  /** What answers there, for messages: `"The token endpoint"`. */
  readonly name: string;
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | URLSearchParams | undefined;
}

/** The bounds of one request. */
export interface BoundedFetchOptions {
  /** Seconds until the body must have been read to its end. Default 5, at most 86,400. */
  readonly timeout?: number | undefined;
  /** Bytes of body accepted, after content decoding. Default 262,144 (256 KiB). */
  readonly maxBytes?: number | undefined;
  /** Default: the platform's, looked up when called. */
  readonly fetch?: Fetch | undefined;
}

/** An answer, read to its end. `status` is any but a redirect; judging it is up to the caller. */
export interface BoundedResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Default of {@link BoundedFetchOptions.timeout}, in seconds. */
export const defaultTimeout = 5;
/** Default of {@link BoundedFetchOptions.maxBytes}. */
export const defaultMaxBytes = 256 * 1024;
/** Seconds; timers do not count much further than days, and begin anew at 1 ms beyond. */
const maxTimeout = 86_400;

/**
 * Fetches past every HTTP cache, with a time limit, a size limit counted while streaming, no redirects, and UTF-8 read strictly.
 *
 * @throws HonninError `endpoint-unreachable` (no answer), `endpoint-timeout`, `response-too-large`,
 *   `response-malformed` (a redirect, or not UTF-8), `options-invalid` (a bound that is none)
 */
export async function boundedFetch(
  request: BoundedRequest,
  options: BoundedFetchOptions = {},
): Promise<BoundedResponse> {
  const timeout = options.timeout ?? defaultTimeout;
  const maxBytes = options.maxBytes ?? defaultMaxBytes;
  // Also where the caller's own checks do not stand before: with NaN, nothing would ever be too large.
  if (!(timeout > 0 && timeout <= maxTimeout)) {
    throw new HonninError("options-invalid", `timeout must be above 0 and at most ${maxTimeout} seconds.`);
  }
  if (!(maxBytes >= 0)) throw new HonninError("options-invalid", "maxBytes must be a number, 0 or more.");
  // A plain variable: called as a member of an object, workerd's fetch throws "Illegal invocation".
  const fetch = options.fetch ?? (globalThis.fetch as Fetch);

  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Raced besides the signal: a fetch that ignores its signal must not hang the caller.
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new HonninError(
        "endpoint-timeout",
        `${request.name} did not answer in full within ${timeout} s.`,
      );
      reject(error);
      controller.abort(error);
    }, timeout * 1000);
  });
  try {
    return await Promise.race([exchange(request, fetch, maxBytes, controller.signal), expired]);
  } catch (cause) {
    if (cause instanceof HonninError) throw cause;
    throw new HonninError("endpoint-unreachable", `${request.name} could not be reached.`, { cause });
  } finally {
    clearTimeout(timer);
    expired.catch(() => {});
  }
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
    // "error" is refused by workerd, so a redirect is received and refused here.
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
      `${request.name} answered with a redirect, which is not followed. Configure the final URL.`,
    );
  }
  const bytes = await readBytes(response, maxBytes, request.name, signal);
  try {
    return { status, headers, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (cause) {
    throw new HonninError("response-malformed", `${request.name} answered with what is not UTF-8.`, {
      cause,
    });
  }
}

/**
 * What is asked for here decides whom to believe or is about a person: an answer out of a cache would be an old one. workerd throws on
 * `cache` before compatibility date 2024-11-11; there a header says it, which in a browser would cost a preflight.
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
    return new HonninError("response-too-large", `${name} answered with more than ${maxBytes} bytes.`);
  };
  const announced = response.headers.get("content-length") ?? "";
  if (/^\d{1,20}$/.test(announced) && Number(announced) > maxBytes) throw tooLarge();
  if (response.body === null) return new Uint8Array();

  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  // A fetch that ignores its signal would be read on after the time is over.
  signal.addEventListener("abort", () => void reader.cancel().catch(() => {}), { once: true });
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > maxBytes) {
      reader.cancel().catch(() => {});
      throw tooLarge();
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/** Frees the connection; what comes of it does not matter. */
function discard(response: Response): void {
  if (response.body !== null && !response.body.locked) response.body.cancel().catch(() => {});
}

/**
 * Whether a status says "later" rather than "no" (RFC 9110 §15.5.9, §15.6; RFC 6585 §4).
 *
 * @returns the error for it; otherwise `undefined`
 */
export function outage({ status }: Pick<BoundedResponse, "status">, name: string): HonninError | undefined {
  if (status < 500 && status !== 408 && status !== 429) return undefined;
  return unavailable(name, `status ${status}`);
}

/** @param how what the answer said */
export function unavailable(name: string, how: string): HonninError {
  return new HonninError("endpoint-unavailable", `${name} answered with ${how}. Try again later.`);
}

/**
 * Reads an answer's text as a JSON object without duplicate members: two readers must not see two different things in it.
 *
 * @param name what answered, for the message
 * @throws HonninError `response-malformed`; its message does not repeat the text
 */
export function parseJsonObject(text: string, name: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The platform's SyntaxError quotes the text, which may hold personal data: not kept as the cause.
    throw new HonninError("response-malformed", `${name} answered with what is not JSON.`);
  }
  if (!isObject(value)) {
    throw new HonninError("response-malformed", `${name} answered with JSON that is not an object.`);
  }
  if (hasDuplicates(text)) {
    throw new HonninError("response-malformed", `${name} answered with an object that has a member twice.`);
  }
  return value;
}
