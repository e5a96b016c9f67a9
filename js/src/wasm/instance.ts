import { HonninError } from "../error.js";
import { compileBytes, compileError, requireVerifier, requireWebAssembly } from "./compile.js";
import { fetchModule } from "./fetch-module.js";
import * as generated from "./glue.js";

/** With the function that the build asks wasm-bindgen for: a new instance of the same module. */
const glue = generated as typeof generated & { __wbg_reset_state(): void };

/** Where to take the WebAssembly module from. Nothing given: what the runtime's entry knows. */
export interface InitInput {
  /** The module, compiled or as bytes. */
  readonly module?: WebAssembly.Module | BufferSource | undefined;
  /** Where the file `honnin/wasm` is served. */
  readonly url?: string | URL | undefined;
  /** Subresource Integrity of `url`. Default: the hash of this package's own module; `null`: not compared. */
  readonly integrity?: string | null | undefined;
}

/** How a runtime's entry comes by the module. One that has it at hand returns it without a promise. */
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
/** Whether the instance is not to be used again. */
let spent = false;

/** Inputs beyond this are not kept room for: the memory of an instance never shrinks. */
const muchMemory = 16_777_216;

/** Called by an entry when it is imported; loads nothing yet. */
export function registerLoader(entryLoader: Loader): void {
  loader = entryLoader;
}

/**
 * Loads the WebAssembly module ahead of its first use, or from elsewhere than usual. Need not be called: every
 * function that verifies loads it. Once loaded, does nothing. A failure is not remembered: the next call tries again,
 * with what was given here.
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
 * The same with the module at hand and without a promise. Browsers refuse large modules on the main thread in this
 * way when they come as bytes; a compiled `WebAssembly.Module` is always right.
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
    // No promise is shared where none is needed: on workerd, one request must not wait for another's.
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
 * Calls the verifier, loading it first where needed. What it throws is a trap: the instance, whose memory may be
 * in any state, is not used again.
 *
 * @param inputBytes how much memory the input takes
 * @throws HonninError `internal-error`, and those of {@link init}
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
      "The verifier failed on this input, which is a defect of honnin. Nothing was verified. Please report it.",
      { cause },
    );
  }
}
