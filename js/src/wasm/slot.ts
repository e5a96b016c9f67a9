import { HonninError } from "../error.js";
import { fromFile } from "../on-demand.js";
import { codeOf, otherModule } from "./codes.js";
import { isModule } from "./is-module.js";
import type { ModuleName } from "./modules.js";
import { type FunctionName, type Value, Verifier } from "./verifier.js";

/** An instance with more memory (in bytes) is replaced after its call, because memory never shrinks. */
const muchMemory = 33_554_432;

/** How to come by a module. Without a promise if it is already available. */
export type Opening = () => WebAssembly.Module | Promise<WebAssembly.Module>;

/** One module: from where it is loaded, and its instance. */
export class Slot {
  readonly name: ModuleName;
  readonly #usual: Opening;
  /** As the caller wants it, now and after a failure. */
  opening: Opening | undefined;
  #loading: { readonly opening: Opening; readonly done: Promise<void> } | undefined;
  #module: WebAssembly.Module | undefined;
  /** Missing before the first call, and if the last instance must not be used again. */
  #verifier: Verifier | undefined;

  /** @param usual how the entry loads it */
  constructor(name: ModuleName, usual: Opening) {
    this.name = name;
    this.#usual = usual;
  }

  get ready(): boolean {
    return this.#module !== undefined;
  }

  /** The compiled module, once it is loaded. */
  get module(): WebAssembly.Module | undefined {
    return this.#module;
  }

  /** Whether it is loaded, being loaded, or to be loaded as the caller wants it. */
  get isChosen(): boolean {
    return this.ready || this.#loading !== undefined || this.opening !== undefined;
  }

  /** @throws HonninError `webassembly-unavailable`, `wasm-unreachable`, and what the opening throws */
  async load(): Promise<void> {
    try {
      await this.#load();
    } catch (cause) {
      const error = await explained("compile", cause);
      // Another source may be there by now.
      if (!this.ready) throw error;
    }
  }

  async #load(): Promise<void> {
    if (this.ready) return;
    // Before anything is fetched.
    if (typeof WebAssembly !== "object") throw new TypeError("no WebAssembly");
    const opening = this.opening ?? this.#usual;
    // A source that was named later does not wait for one that may fail.
    if (this.#loading?.opening !== opening) {
      const found = opening();
      // No shared promise unless needed: on workerd, one request must not wait for the promise of another.
      if (isModule(found)) return this.set(found);
      const done = this.#instantiate(found).finally(() => {
        if (this.#loading?.done === done) this.#loading = undefined;
      });
      this.#loading = { opening, done };
    }
    await this.#loading.done;
  }

  async #instantiate(source: Promise<WebAssembly.Module>): Promise<void> {
    const module = await source;
    if (this.ready) return;
    requireFunctions(this.name, module);
    const instance = await WebAssembly.instantiate(module);
    if (!this.ready) this.#take(module, instance);
  }

  /** Throws what the platform throws. */
  set(source: WebAssembly.Module | BufferSource): void {
    if (this.ready) return;
    const module = isModule(source) ? source : new WebAssembly.Module(source);
    requireFunctions(this.name, module);
    this.#take(module, new WebAssembly.Instance(module));
  }

  #take(module: WebAssembly.Module, instance: WebAssembly.Instance): void {
    requireThis(
      this.name,
      (one, parameters) => (instance.exports[one] as { length?: number }).length === parameters,
    );
    this.#module = module;
    this.#verifier = new Verifier(instance);
  }

  /** The instance, or another one if it must not be used again. Throws what the platform throws. */
  #instance(): Verifier {
    this.#verifier ??= new Verifier(new WebAssembly.Instance(this.#module as WebAssembly.Module));
    return this.#verifier;
  }

  /**
   * Calls a function of the loaded module. An exception is a trap: the instance is not used again, because its memory may be in
   * any state.
   *
   * @param more what the function takes after the lengths of the values
   * @throws HonninError `internal-error`; `webassembly-unavailable` if there is no memory for the input or for another instance
   */
  async call(name: FunctionName, values: readonly Value[], ...more: readonly number[]): Promise<Uint8Array> {
    let failing: "compile" | "call" = "compile";
    try {
      this.#instance();
      failing = "call";
      return this.callNow(name, values, ...more);
    } catch (cause) {
      throw await explained(failing, cause);
    }
  }

  /** The same at once. Throws what the platform throws. */
  callNow(name: FunctionName, values: readonly Value[], ...more: readonly number[]): Uint8Array {
    const verifier = this.#instance();
    // Unless it ends well, it is not used again.
    this.#verifier = undefined;
    const answer = verifier.call(name, values, ...more);
    if (verifier.memoryBytes <= muchMemory) this.#verifier = verifier;
    return answer;
  }
}

/**
 * Throws unless it is this module, of this version: as far as its functions tell before it is run, and their parameters before it is
 * used. It is the hash of the file that defends against one that has functions of the same names (Subresource Integrity).
 */
function requireThis(name: ModuleName, has: (one: string, parameters: number) => boolean): void {
  const functions = {
    allocate: 1,
    free: 2,
    verify_id_token: 5,
    ...(name === "honnin" && { verify_certificate: 4 }),
  };
  if (!Object.entries(functions).every(([one, parameters]) => has(one, parameters)))
    throw new TypeError(otherModule);
}

function requireFunctions(name: ModuleName, module: WebAssembly.Module): void {
  const exports = WebAssembly.Module.exports(module);
  requireThis(name, (one) => exports.some((found) => found.name === one && found.kind === "function"));
}

/** The error for what the platform threw while it compiled, or during a call. */
async function explained(failing: "compile" | "call", cause: unknown): Promise<unknown> {
  if (cause instanceof HonninError) return cause;
  const code = codeOf(failing, cause);
  const message = await fromFile<typeof import("./failures.js"), string>(
    import("./failures.js"),
    ({ messageOf }) => messageOf(failing, code, cause),
    "The verifier cannot be used. Nothing was verified.",
  );
  return new HonninError(code, message, { cause });
}
