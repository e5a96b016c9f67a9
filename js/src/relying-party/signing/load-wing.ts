import type { SigningRules } from "./rules.js";
import type { Wing } from "./wing.js";

/** Returns the wing, whose code is loaded when a request first needs it. */
export type LoadWing = () => Promise<Wing>;

export function wingOf(rules: SigningRules): LoadWing {
  // The value is stored, not its promise: an edge worker must not wait for the promise of another request.
  let wing: Wing | undefined;
  return async () => {
    const { openWing } = await import("./wing.js");
    wing ??= openWing(rules);
    return wing;
  };
}
