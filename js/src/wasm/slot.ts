import {
  callError,
  compileError,
  isModule,
  requireParameters,
  requireVerifier,
  requireWebAssembly,
} from "./check.js";
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

  async load(): Promise<void> {
    if (this.ready) return;
    requireWebAssembly();
    const opening = this.opening ?? this.#usual;
    // A source that was named later does not wait for one that may fail.
    if (this.#loading?.opening !== opening) {
      const found = opening();
      // No shared promise unless needed: on workerd, one request must not wait for the promise of another.
      if (isModule(found)) return this.set(found as WebAssembly.Module);
      const done = this.#instantiate(found as Promise<WebAssembly.Module>).finally(() => {
        if (this.#loading?.done === done) this.#loading = undefined;
      });
      this.#loading = { opening, done };
    }
    try {
      await this.#loading.done;
    } catch (error) {
      if (!this.ready) throw error;
    }
  }

  async #instantiate(source: Promise<WebAssembly.Module>): Promise<void> {
    const module = await source;
    if (this.ready) return;
    try {
      requireVerifier(module, this.name);
      const instance = await WebAssembly.instantiate(module);
      if (!this.ready) this.#take(module, instance);
    } catch (cause) {
      throw compileError(cause);
    }
  }

  set(source: WebAssembly.Module | BufferSource): void {
    if (this.ready) return;
    requireWebAssembly();
    try {
      const module = isModule(source)
        ? (source as WebAssembly.Module)
        : new WebAssembly.Module(source as BufferSource);
      requireVerifier(module, this.name);
      this.#take(module, new WebAssembly.Instance(module));
    } catch (cause) {
      throw compileError(cause);
    }
  }

  #take(module: WebAssembly.Module, instance: WebAssembly.Instance): void {
    requireParameters(instance);
    this.#module = module;
    this.#verifier = new Verifier(instance);
  }

  #renewed(): Verifier {
    try {
      return new Verifier(new WebAssembly.Instance(this.#module as WebAssembly.Module));
    } catch (cause) {
      throw compileError(cause);
    }
  }

  /**
   * Calls a function of the loaded module. An exception is a trap: the instance is not used again, because its memory may be in
   * any state.
   *
   * @throws HonninError `internal-error`; `webassembly-unavailable` if there is no memory for the input or for another instance
   */
  call(name: FunctionName, values: readonly Value[], ...more: readonly number[]): Uint8Array {
    const verifier = this.#verifier ?? this.#renewed();
    this.#verifier = verifier;
    try {
      const answer = verifier.call(name, values, ...more);
      if (verifier.memoryBytes > muchMemory) this.#verifier = undefined;
      return answer;
    } catch (cause) {
      this.#verifier = undefined;
      throw callError(cause);
    }
  }
}
