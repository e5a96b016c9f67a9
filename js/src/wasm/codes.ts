// What fails with a module has its code here. The text is in `failures.ts`, which is loaded on demand and may be out of reach.
import type { HonninErrorCode } from "../error.js";

/** What a call fails with if the module has no memory for its input. */
export const noMemory = "no memory";

/** `\0asm`, version 1, and the type of a function with a vector: the least that an engine has to know for the whole module. */
const leastModule = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 1, 0x7b, 0];

/** What a module is refused with that is not this one. */
export const otherModule = "another module";

/** Distinguishes a policy that blocks WebAssembly, an old engine, and a lack of memory, from invalid bytes and from a trap. */
export function codeOf(failing: "compile" | "call", cause: unknown): HonninErrorCode {
  const { name, message } = Object(cause);
  if (failing === "call") return message === noMemory ? "webassembly-unavailable" : "internal-error";
  if (message === otherModule) return "wasm-unreachable";
  // Too little memory, or a limit of the platform (WebAssembly JavaScript Interface §5 and §6).
  if (name === "RangeError") return "webassembly-unavailable";
  try {
    // WebKit applies the policy only to instances.
    new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(leastModule)));
    return "wasm-unreachable";
  } catch {
    return "webassembly-unavailable";
  }
}
