// Compiling. Entries for edge runtimes must not import this file: some platforms refuse a bundle that mentions it.
import { compileError, requireWebAssembly } from "./check.js";

/** Compiles the bytes of the module. */
export async function compileBytes(bytes: BufferSource): Promise<WebAssembly.Module> {
  requireWebAssembly();
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw compileError(cause);
  }
}

/** Compiles the bytes of a small module in less time than {@link compileBytes}, and does nothing else meanwhile. */
export function compileNow(bytes: BufferSource): WebAssembly.Module {
  requireWebAssembly();
  try {
    return new WebAssembly.Module(bytes);
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
