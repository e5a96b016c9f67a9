import type { ServerResponse } from "node:http";
import type { NodeResponse } from "./node-options.js";

/** Headers of one connection (RFC 9110 §7.6.1): Node sets its own, and HTTP/2 has none. */
const ofConnection: readonly string[] = [
  ...["connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade"],
];

/**
 * Sends a `Response` with a response of Node: each `Set-Cookie` on its own, beside those that are already set, and the body as fast as
 * the client reads it.
 *
 * @returns after everything was sent, or the client has gone away
 * @throws what the body throws, after the connection was cut, so that the client does not take the part for the whole
 *
 * @example
 * ```ts
 * import type { ServerResponse } from "node:http";
 * import { sendResponse } from "honnin/relying-party/node";
 *
 * export async function notFound(outgoing: ServerResponse): Promise<void> {
 *   await sendResponse(new Response("Not found", { status: 404 }), outgoing);
 * }
 * ```
 */
export async function sendResponse(response: Response, outgoing: NodeResponse): Promise<void> {
  // Both kinds have the methods that are used here.
  const target = outgoing as ServerResponse;
  const { body } = response;
  if (target.destroyed || target.headersSent) return drop(body);
  target.statusCode = response.status;
  for (const [name, value] of response.headers) {
    if (name === "set-cookie") target.appendHeader(name, value);
    else if (!ofConnection.includes(name)) target.setHeader(name, value);
  }
  if (body === null || target.req.method === "HEAD") {
    target.end();
    return drop(body);
  }
  // An event stream may have nothing to say yet.
  target.flushHeaders();
  await pipe(body, target);
}

async function drop(body: ReadableStream<Uint8Array> | null): Promise<void> {
  await body?.cancel().catch(() => {});
}

async function pipe(body: ReadableStream<Uint8Array>, target: ServerResponse): Promise<void> {
  const reader = body.getReader();
  const gone = new Promise<void>((resolve) => {
    target.once("close", resolve);
    target.once("error", () => resolve());
  });
  let isGone = false;
  // Also wakes a body that waits for something: the reader gets its end.
  void gone.then(() => {
    isGone = true;
    return reader.cancel().catch(() => {});
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (isGone) return;
      if (done) break;
      if (!target.write(value)) await Promise.race([drained(target), gone]);
    }
  } catch (error) {
    target.destroy();
    throw error;
  }
  target.end();
}

function drained(target: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    target.once("drain", resolve);
  });
}
