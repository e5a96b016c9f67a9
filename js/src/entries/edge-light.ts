// Vercel's edge runtime: the whole package, with the loader of the runtime.
import "./load-edge-light.js";

export * from "../index.js";
