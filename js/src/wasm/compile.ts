// Compiling. Entries for edge runtimes must not import this file: some platforms refuse a bundle that mentions it.

/** Compiles the bytes of the module. Throws what the platform throws. */
export async function compileBytes(bytes: BufferSource): Promise<WebAssembly.Module> {
  return WebAssembly.compile(bytes);
}

/** Compiles the bytes of a small module in less time than {@link compileBytes}, and does nothing else meanwhile. */
export function compileNow(bytes: BufferSource): WebAssembly.Module {
  return new WebAssembly.Module(bytes);
}
