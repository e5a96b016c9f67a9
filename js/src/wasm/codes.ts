// What fails with a module has its code here. The text is in `failures.ts`, which is loaded on demand and may be out of reach.
import type { HonninErrorCode } from "../error.js";

/** What a call fails with if the module has no memory for its input. */
export const noMemory = "no memory";

/** `\0asm`, version 1, and the type of a function with a vector: the least that an engine has to know for the whole module. */
const leastModule = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 1, 0x7b, 0];

/** A RangeError: too little memory, or a limit of the platform (WebAssembly JavaScript Interface §5 and §6). */
export const isLimit = (cause: unknown): boolean => Object(cause).name === "RangeError";

/** Distinguishes a policy that blocks WebAssembly, an old engine, and a lack of memory, from invalid bytes and from a trap. */
export function codeOf(failing: "compile" | "call", cause: unknown): HonninErrorCode {
  if (failing === "call") {
    if (Object(cause).message !== noMemory) return "internal-error";
  } else if (!isLimit(cause))
    try {
      // WebKit applies the policy only to instances.
      new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(leastModule)));
      return "wasm-unreachable";
    } catch {
      // Not because of the bytes.
    }
  return "webassembly-unavailable";
}
