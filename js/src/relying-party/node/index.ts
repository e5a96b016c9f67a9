/**
 * `honnin/relying-party/node`: the handler on Node's own servers (`node:http`, `node:https`, `node:http2`), and in frameworks on top of them
 * (Express, Fastify, Nest).
 *
 * @packageDocumentation
 */
export type { Paths } from "../http/site.js";
export { type NodeHandler, type Routed, toNodeHandler } from "./node-handler.js";
export type { NodeOptions, NodeRequest, NodeResponse } from "./node-options.js";
export { sendResponse } from "./send-response.js";
export { toRequest } from "./to-request.js";
