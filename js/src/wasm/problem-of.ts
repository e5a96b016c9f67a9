// For functions that must throw at once. Bundlers leave this out where they are not used.
import { HonninError } from "../error.js";
import { codeOf } from "./codes.js";
import { messageOf } from "./failures.js";

/** The error for what the platform threw while it compiled, or during a call. */
export function problemOf(failing: "compile" | "call", cause: unknown): HonninError {
  const code = codeOf(failing, cause);
  return new HonninError(code, messageOf(failing, code, cause), { cause });
}
