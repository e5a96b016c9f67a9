import { HonninError } from "../error.js";
import { compileBytes, compileError, requireVerifier, requireWebAssembly } from "./compile.js";
import { fetchModule } from "./fetch-module.js";
import * as generated from "./glue.js";

/** Includes the function that creates a new instance of the same module. The build requests it from wasm-bindgen. */
const glue = generated as typeof generated & { __wbg_reset_state(): void };

/** The source of the WebAssembly module. Default: the source of the runtime's entry. */
export interface InitInput {
  /** The module, compiled or as bytes. */
  readonly module?: WebAssembly.Module | BufferSource | undefined;
  /** The URL of the file `honnin/wasm`. */
  readonly url?: string | URL | undefined;
  /** Subresource Integrity of `url`. Default: the hash of the module in this package; `null`: not checked. */
  readonly integrity?: string | null | undefined;
}

/** Loads the module for a runtime's entry. Returns it without a promise if it is already available. */
export type Loader = (input: InitInput) => WebAssembly.Module | Promise<WebAssembly.Module>;

let loader: Loader = ({ url, integrity }) => {
  if (url !== undefined) return fetchModule(url, integrity);
  throw new HonninError(
    "wasm-unreachable",
    "honnin/slim does not know where its WebAssembly module is: call init({ url }), init({ module }) or " +
      "initSync({ module }) first.",
  );
};
let configured: InitInput = {};
let loading: Promise<void> | undefined;
let ready = false;
/** Whether the instance must not be used again. */
let spent = false;

/** After a larger input (in bytes), the instance is replaced, because its memory never shrinks. */
const muchMemory = 16_777_216;

/** Called by an entry on import. Does not load the module. */
export function registerLoader(entryLoader: Loader): void {
  loader = entryLoader;
}

/**
 * Loads the WebAssembly module before its first use, or from another source. Calling it is optional: every function that
 * verifies loads the module. It does nothing if the module is already loaded. After a failure, the next call tries again with
 * the same input.
 *
 * @throws HonninError `webassembly-unavailable`, `wasm-unreachable`, `options-invalid`
 *
 * @example
 * ```ts
 * import { init } from "honnin";
 *
 * // While the page loads, so that the first click need not wait for it.
 * await init();
 * ```
 */
export async function init(input: InitInput = {}): Promise<void> {
  if (ready) return;
  if (input.module !== undefined || input.url !== undefined) configured = input;
  await load();
}

/**
 * Like {@link init}, synchronously and with a given module. On the main thread, browsers refuse large modules as bytes; a
 * compiled `WebAssembly.Module` always works.
 *
 * @throws HonninError `webassembly-unavailable`, `wasm-unreachable`
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { initSync, isDocumentName } from "honnin/slim";
 *
 * initSync({ module: readFileSync(new URL(import.meta.resolve("honnin/wasm"))) });
 * console.log(isDocumentName("契約書.pdf"));
 * ```
 */
export function initSync({ module }: { readonly module: WebAssembly.Module | BufferSource }): void {
  if (ready) return;
  requireWebAssembly();
  try {
    const compiled = module instanceof WebAssembly.Module ? module : new WebAssembly.Module(module);
    requireVerifier(compiled);
    glue.initSync({ module: compiled });
  } catch (cause) {
    throw compileError(cause);
  }
  ready = true;
}

async function load(): Promise<void> {
  if (loading === undefined) {
    requireWebAssembly();
    const source = configured.module ?? loader(configured);
    // No shared promise unless needed: on workerd, one request must not wait for the promise of another.
    if (source instanceof WebAssembly.Module) return initSync({ module: source });
    loading = instantiate(source).finally(() => {
      loading = undefined;
    });
  }
  await loading;
}

async function instantiate(source: BufferSource | Promise<WebAssembly.Module>): Promise<void> {
  const module = source instanceof Promise ? await source : await compileBytes(source);
  if (ready) return;
  try {
    requireVerifier(module);
    await glue.default({ module_or_path: module });
  } catch (cause) {
    throw compileError(cause);
  }
  ready = true;
}

/**
 * Calls the verifier, and loads it first if needed. An exception is a trap: the instance is not used again, because its memory
 * may be in any state.
 *
 * @param inputBytes the size of the input in bytes
 * @throws HonninError `internal-error`, and the codes of {@link init}
 */
export async function callVerifier(call: (exports: typeof glue) => string, inputBytes = 0): Promise<string> {
  if (!ready) await load();
  try {
    if (spent) {
      glue.__wbg_reset_state();
      spent = false;
    }
    const answer = call(glue);
    spent = inputBytes > muchMemory;
    return answer;
  } catch (cause) {
    spent = true;
    throw new HonninError(
      "internal-error",
      "The verifier failed on this input because of a bug in honnin. Nothing was verified. Please report it.",
      { cause },
    );
  }
}
