import { HonninError } from "../error.js";

/** `\0asm`, version 1: the smallest valid module. */
const emptyModule = new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);

/** The error if WebAssembly is not available or not allowed. */
export function unavailable(cause?: unknown): HonninError {
  return new HonninError(
    "webassembly-unavailable",
    "WebAssembly is not available or not allowed here. A Content Security Policy must allow it with " +
      "script-src 'wasm-unsafe-eval'; edge runtimes accept only a module imported at build time; Lockdown Mode " +
      "(iOS, macOS) and Hermes have no WebAssembly. Verify on the server; honnin/launch works without WebAssembly.",
    { cause },
  );
}

/** Throws unless WebAssembly is available. */
export function requireWebAssembly(): void {
  if (typeof WebAssembly !== "object" || WebAssembly === null) throw unavailable();
}

/** Throws unless the module is the verifier. Checked first, because the glue keeps the first module that it gets. */
export function requireVerifier(module: WebAssembly.Module): void {
  const names = WebAssembly.Module.exports(module).map(({ name }) => name);
  if (!names.includes("verify_id_token") || !names.includes("__wbindgen_start")) throw foreign();
}

function foreign(cause?: unknown): HonninError {
  return new HonninError(
    "wasm-unreachable",
    "The loaded file is not the WebAssembly module of this version of honnin.",
    { cause },
  );
}

/** Distinguishes a policy that blocks WebAssembly from invalid bytes. */
export function compileError(cause: unknown): HonninError {
  if (cause instanceof HonninError) return cause;
  try {
    new WebAssembly.Module(emptyModule);
  } catch {
    return unavailable(cause);
  }
  return foreign(cause);
}

/** Compiles the bytes of the module. */
export async function compileBytes(bytes: BufferSource): Promise<WebAssembly.Module> {
  requireWebAssembly();
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw compileError(cause);
  }
}

/** Compiles a response while it arrives, if its media type allows that. */
export async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  requireWebAssembly();
  const type = response.headers.get("content-type") ?? "";
  // Checked first: after compileStreaming refuses a response, its body may already be read.
  if (!/^application\/wasm$/i.test(type) || typeof WebAssembly.compileStreaming !== "function") {
    return compileBytes(await response.arrayBuffer());
  }
  try {
    return await WebAssembly.compileStreaming(response);
  } catch (cause) {
    throw compileError(cause);
  }
}
