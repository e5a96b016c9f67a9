import type { ServerResponse } from "node:http";
import type { Paths } from "../http/site.js";
import {
  type NodeOptions,
  type NodeRequest,
  type NodeResponse,
  type NodeRules,
  readNodeOptions,
} from "./node-options.js";
import { sendResponse } from "./send-response.js";
import { createRequest, urlOf } from "./to-request.js";

/** What is needed of a relying party. */
export interface Routed {
  fetch(request: Request): Promise<Response>;
  readonly paths: Paths;
}

/**
 * Answers a request. With `next`, as Express and Connect call their middleware, only requests for the relying party's routes are answered, and
 * `next` is called for all others. Never throws.
 */
export type NodeHandler = (
  incoming: NodeRequest,
  outgoing: NodeResponse,
  next?: (error?: unknown) => unknown,
) => void;

/**
 * The relying party as a handler for Node's servers, and as middleware for Express, Nest and others. Put it before parsers of bodies.
 * When the client goes away, `signal` of the request is aborted.
 *
 * @throws HonninError `options-invalid`
 *
 * @example
 * ```ts
 * import { createServer } from "node:http";
 * import type { RelyingParty } from "honnin/relying-party";
 * import { toNodeHandler, toRequest } from "honnin/relying-party/node";
 *
 * export function serve(rp: RelyingParty): void {
 *   const options = { origin: "https://shop.example" };
 *   const auth = toNodeHandler(rp, options);
 *   createServer((incoming, outgoing) => {
 *     auth(incoming, outgoing, async () => {
 *       const session = await rp.session(toRequest(incoming, options));
 *       outgoing.end(session === undefined ? "Nobody is logged in." : "Welcome!");
 *     });
 *   }).listen(3000);
 * }
 * ```
 */
export function toNodeHandler(rp: Routed, options: NodeOptions): NodeHandler {
  const rules = readNodeOptions(options);
  return (incoming, outgoing, next) => {
    if (next !== undefined && !isRoute(rp.paths, incoming, rules)) next();
    else answer(rp, rules, incoming, outgoing as ServerResponse).catch(() => outgoing.destroy());
  };
}

function isRoute(paths: Paths, incoming: NodeRequest, { origin }: NodeRules): boolean {
  try {
    const { pathname } = new URL(urlOf(incoming, origin));
    const { handoff, ...exact } = paths;
    const isHandoff = handoff !== undefined && `${pathname}/`.startsWith(`${handoff}/`);
    return isHandoff || Object.values(exact).includes(pathname);
  } catch {
    return false;
  }
}

async function answer(
  rp: Routed,
  rules: NodeRules,
  incoming: NodeRequest,
  outgoing: ServerResponse,
): Promise<void> {
  const client = new AbortController();
  let isSent = false;
  outgoing.once("finish", () => {
    isSent = true;
  });
  outgoing.once("close", () => {
    if (!isSent) client.abort();
  });
  // Without a listener, an error of the connection ends the process.
  outgoing.on("error", () => client.abort());
  let isTooLarge = Number(incoming.headers["content-length"] ?? 0) > rules.maxBodyBytes;
  if (isTooLarge) return refuse(outgoing, 413);
  let request: Request;
  try {
    request = createRequest(incoming, rules, {
      signal: client.signal,
      tooLarge() {
        isTooLarge = true;
      },
    });
  } catch {
    return refuse(outgoing, 400);
  }
  try {
    const response = await rp.fetch(request);
    if (isTooLarge) return refuse(outgoing, 413);
    await sendResponse(response, outgoing);
  } catch {
    if (!outgoing.headersSent) refuse(outgoing, 500);
  }
}

/** Without a body, because nothing is known of the language. The rest of the request is not read. */
function refuse(outgoing: ServerResponse, status: number): void {
  outgoing.statusCode = status;
  outgoing.shouldKeepAlive = false;
  outgoing.end();
}
