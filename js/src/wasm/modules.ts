/** The modules: `honnin` has everything; `id-token` verifies ID tokens with ES256 and nothing else. */
export type ModuleName = "honnin" | "id-token";

/** The source of a module. */
export interface ModuleSource {
  /** The module, compiled or as bytes. */
  readonly module?: WebAssembly.Module | BufferSource | undefined;
  /** The URL of its file. */
  readonly url?: string | URL | undefined;
  /** Subresource Integrity of `url`. Default: the hash of the module in this package; `null`: not checked. */
  readonly integrity?: string | null | undefined;
}

/** How a runtime's entry comes by a module. */
export interface Loader {
  /** Loads a module. Returns it without a promise if it is already available. */
  readonly load: (name: ModuleName, source: ModuleSource) => WebAssembly.Module | Promise<WebAssembly.Module>;
  /** Compiles bytes, where the runtime allows that. */
  readonly compile?: ((bytes: BufferSource) => Promise<WebAssembly.Module>) | undefined;
}
