import type { SigningRules } from "./rules.js";
import type { openWing, Wing } from "./wing.js";

/** Returns the wing, whose code is loaded when a request first needs it. */
export type LoadWing = () => Promise<Wing>;

/** Imports the code. */
export type ImportWing = () => Promise<{ readonly openWing: typeof openWing }>;

export function wingOf(rules: SigningRules, code: ImportWing): LoadWing {
  // The value is stored, not its promise: an edge worker must not wait for the promise of another request.
  let wing: Wing | undefined;
  return async () => {
    // With what decrypts a result, which can be fetched only once: it must not be missing then.
    const [{ openWing }] = await Promise.all([code(), import("../signature-api/jose.js")]);
    wing ??= openWing(rules);
    return wing;
  };
}
