import type { HandoffRules } from "./rules.js";
import type { HandoffWing } from "./wing.js";

/** Returns the wing, whose code is loaded when a request first needs it. */
export type LoadHandoff = () => Promise<HandoffWing>;

export function handoffOf(rules: HandoffRules): LoadHandoff {
  // The value is stored, not its promise: an edge worker must not wait for the promise of another request.
  let wing: HandoffWing | undefined;
  return async () => {
    const { openHandoff } = await import("./wing.js");
    wing ??= openHandoff(rules);
    return wing;
  };
}
