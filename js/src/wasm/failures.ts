// The texts of what fails with a module. Few pages ever need them: `slot.ts` loads them on demand. They import nothing of what a login
// loads: it would become a file of its own in a bundle.
import type { HonninErrorCode } from "../error.js";

/** Why a module cannot be compiled or started, or why a call failed. */
export function messageOf(failing: "compile" | "call", code: HonninErrorCode, cause: unknown): string {
  if (code === "internal-error")
    return "The verifier failed on this input because of a bug in honnin. Nothing was verified. Please report it.";
  if (code === "wasm-unreachable")
    return "The loaded file is not the WebAssembly module of this version of honnin.";
  if (failing === "call" || Object(cause).name === "RangeError")
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
