import { HonninError } from "../error.js";
import type { ModuleName } from "./modules.js";

/** `\0asm`, version 1, and the type of a function with a vector: the least that an engine has to know for the whole module. */
const leastModule = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 1, 0x7b, 0]);

/** The error if WebAssembly is not available or not allowed. */
export function unavailable(cause?: unknown): HonninError {
  return new HonninError(
    "webassembly-unavailable",
    "WebAssembly is not available or not allowed here, or has no vector instructions (SIMD). A Content Security Policy must " +
      "allow it with script-src 'wasm-unsafe-eval'; edge runtimes accept only a module imported at build time; Lockdown " +
      "Mode (iOS, macOS) and Hermes have no WebAssembly. Verify on the server; honnin/launch works without WebAssembly.",
    { cause },
  );
}

/** The error if the platform has no memory for the module or its input. */
export function outOfMemory(cause?: unknown): HonninError {
  return new HonninError(
    "webassembly-unavailable",
    "There is not enough memory for the WebAssembly module or its input, or the module is too large for this thread. " +
      "Close other pages or programs, give less data, and load the module with init instead of initSync.",
    { cause },
  );
}

/** The error for an exception during a call: a trap, or too little memory. */
export function callError(cause: unknown): HonninError {
  if (cause instanceof HonninError) return cause;
  return new HonninError(
    "internal-error",
    "The verifier failed on this input because of a bug in honnin. Nothing was verified. Please report it.",
    { cause },
  );
}

/** Throws unless WebAssembly is available. */
export function requireWebAssembly(): void {
  if (typeof WebAssembly !== "object" || WebAssembly === null) throw unavailable();
}

/** Throws unless the module is this one of the verifier's. */
export function requireVerifier(module: WebAssembly.Module, name: ModuleName): void {
  const names = WebAssembly.Module.exports(module).map((one) => one.name);
  const needed = name === "honnin" ? ["verify_certificate"] : [];
  for (const one of ["allocate", "free", "verify_id_token", ...needed]) {
    if (!names.includes(one)) throw foreign();
  }
}

/** How many parameters the functions take that have others than an address and three numbers. */
const parameters: Readonly<Record<string, number>> = { allocate: 1, free: 2, verify_id_token: 5 };

/** Throws unless all functions take as many parameters as those of this version. */
export function requireParameters({ exports }: WebAssembly.Instance): void {
  for (const [name, one] of Object.entries(exports)) {
    if (typeof one === "function" && one.length !== (parameters[name] ?? 4)) throw foreign();
  }
}

function foreign(cause?: unknown): HonninError {
  return new HonninError(
    "wasm-unreachable",
    "The loaded file is not the WebAssembly module of this version of honnin.",
    { cause },
  );
}

/** Distinguishes a policy that blocks WebAssembly, an old engine, and a lack of memory, from invalid bytes. */
export function compileError(cause: unknown): HonninError {
  if (cause instanceof HonninError) return cause;
  // A RangeError: too little memory, or a limit of the platform (WebAssembly JavaScript Interface §5 and §6).
  if (Object(cause).name === "RangeError") return outOfMemory(cause);
  try {
    // WebKit applies the policy only to instances.
    new WebAssembly.Instance(new WebAssembly.Module(leastModule));
  } catch {
    return unavailable(cause);
  }
  return foreign(cause);
}

/** Whether it is a compiled module, also one of another realm, which Next.js's edge runtime hands over. */
export function isModule(value: unknown): boolean {
  return (
    value instanceof WebAssembly.Module ||
    Object.prototype.toString.call(value) === "[object WebAssembly.Module]"
  );
}
