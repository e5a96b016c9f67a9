// The texts of what fails with a module. Few pages ever need them: `slot.ts` loads them on demand. Only functions that must throw at once
// import them, and bundlers leave those out where they are not used.
import type { HonninErrorCode } from "../error.js";
import { codeOf, isLimit } from "./codes.js";

/** The code and the message of an error. */
export type Problem = readonly [code: HonninErrorCode, message: string];

/** Why a module cannot be compiled or started, or why a call failed. */
export function messageOf(failing: "compile" | "call", code: HonninErrorCode, cause: unknown): string {
  if (code === "internal-error")
    return "The verifier failed on this input because of a bug in honnin. Nothing was verified. Please report it.";
  if (code === "wasm-unreachable")
    return "The loaded file is not the WebAssembly module of this version of honnin.";
  if (failing === "call" || isLimit(cause))
    return (
      "There is not enough memory for the WebAssembly module or its input, or the module is too large for this thread. " +
      "Close other pages or programs, give less data, and load the module with init instead of initSync."
    );
  return (
    "WebAssembly is not available or not allowed here, or has no vector instructions (SIMD). A Content Security Policy must " +
    "allow it with script-src 'wasm-unsafe-eval'; edge runtimes accept only a module imported at build time; Lockdown " +
    "Mode (iOS, macOS) and Hermes have no WebAssembly. Verify on the server; honnin/launch works without WebAssembly."
  );
}

/** The error at once. */
export function problemOf(failing: "compile" | "call", cause: unknown): Problem {
  const code = codeOf(failing, cause);
  return [code, messageOf(failing, code, cause)];
}
