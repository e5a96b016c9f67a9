// Node, Deno and Bun: the whole package, with the loader of the runtime.
import "./load-node.js";

export * from "../index.js";
