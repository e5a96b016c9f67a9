// Vercel's edge runtime: what the relying party needs for a login, with the loader of the runtime.
import "./load-edge-light.js";

export * from "../id-token/index.js";
