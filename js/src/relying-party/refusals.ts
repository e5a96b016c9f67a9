// The file on demand of a request that ends with an error. It names the handler for the reason that `handoff-wing.ts` has.
export { createHandler } from "./handler.js";
export { refuse } from "./refuse.js";
