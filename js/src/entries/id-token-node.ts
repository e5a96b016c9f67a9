// Node, Deno and Bun: what the relying party needs for a login, with the loader of the runtime.
import "./load-node.js";

export * from "../id-token/index.js";
