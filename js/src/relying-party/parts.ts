import type { Parts } from "./handler.js";

/** The code that few requests need, as files on demand. */
export const parts: Parts = {
  handoffs: () => import("./handoff-wing.js"),
  refusals: () => import("./refusals.js"),
};
