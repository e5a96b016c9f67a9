// The codes and texts of what fails with a module. Few pages ever need them: `slot.ts` loads them on demand. Only functions that must
// throw at once import them, and bundlers leave those out where they are not used.
import type { HonninErrorCode } from "../error.js";

/** The code and the message of an error. */
export type Problem = readonly [code: HonninErrorCode, message: string];

/** What a call failed with if the module has no memory for its input. */
export const noMemory = "There is no memory for the input.";

/** `\0asm`, version 1, and the type of a function with a vector: the least that an engine has to know for the whole module. */
const leastModule = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 1, 0x7b, 0]);

/** Distinguishes a policy that blocks WebAssembly, an old engine, and a lack of memory, from invalid bytes. */
export function compileProblem(cause: unknown): Problem {
  // A RangeError: too little memory, or a limit of the platform (WebAssembly JavaScript Interface §5 and §6).
  if (Object(cause).name === "RangeError") return outOfMemory();
  try {
    // WebKit applies the policy only to instances.
    new WebAssembly.Instance(new WebAssembly.Module(leastModule));
  } catch {
    return [
      "webassembly-unavailable",
      "WebAssembly is not available or not allowed here, or has no vector instructions (SIMD). A Content Security Policy must " +
        "allow it with script-src 'wasm-unsafe-eval'; edge runtimes accept only a module imported at build time; Lockdown " +
        "Mode (iOS, macOS) and Hermes have no WebAssembly. Verify on the server; honnin/launch works without WebAssembly.",
    ];
  }
  return ["wasm-unreachable", "The loaded file is not the WebAssembly module of this version of honnin."];
}

/** For an exception during a call: a trap, or too little memory. */
export function callProblem(cause: unknown): Problem {
  if (Object(cause).message === noMemory) return outOfMemory();
  return [
    "internal-error",
    "The verifier failed on this input because of a bug in honnin. Nothing was verified. Please report it.",
  ];
}

/** For a URL where nothing is compiled at run time. */
export const urlProblem: Problem = [
  "options-invalid",
  "Edge runtimes do not compile fetched WebAssembly. Call init without url.",
];

function outOfMemory(): Problem {
  return [
    "webassembly-unavailable",
    "There is not enough memory for the WebAssembly module or its input, or the module is too large for this thread. " +
      "Close other pages or programs, give less data, and load the module with init instead of initSync.",
  ];
}
