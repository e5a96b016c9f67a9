// The file on demand of handoffs. It names the handler, so that everything that it shares with a login is in the file of the handler:
// esbuild divides what a login loads by who else loads it, and each piece is compressed by itself.
export { createHandler } from "./handler.js";
export { openHandoff } from "./handoff/wing.js";
