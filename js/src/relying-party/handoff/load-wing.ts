import type { HandoffRules } from "./rules.js";
import type { HandoffWing, openHandoff } from "./wing.js";

/** Returns the wing, whose code is loaded when a request first needs it. */
export type LoadHandoff = () => Promise<HandoffWing>;

/** Imports the code. */
export type ImportHandoff = () => Promise<{ readonly openHandoff: typeof openHandoff }>;

export function handoffOf(rules: HandoffRules, code: ImportHandoff): LoadHandoff {
  // The value is stored, not its promise: an edge worker must not wait for the promise of another request.
  let wing: HandoffWing | undefined;
  return async () => {
    const { openHandoff } = await code();
    wing ??= openHandoff(rules);
    return wing;
  };
}
