import { HonninError } from "../error.js";
import { compileError, isModule, requireVerifier, requireWebAssembly } from "./check.js";
import type { Loader, ModuleName, ModuleSource } from "./modules.js";
import { type FunctionName, type Value, Verifier } from "./verifier.js";

/** After a larger input (in bytes), the instance is replaced, because its memory never shrinks. */
const muchMemory = 16_777_216;

/** One module: from where it is loaded, and its instance. */
export class Slot {
  readonly #name: ModuleName;
  #source: ModuleSource = {};
  #loading: Promise<void> | undefined;
  #module: WebAssembly.Module | undefined;
  /** Missing before the first call, and if the last instance must not be used again. */
  #verifier: Verifier | undefined;

  constructor(name: ModuleName) {
    this.#name = name;
  }

  get ready(): boolean {
    return this.#module !== undefined;
  }

  /** Whether it is loaded, being loaded, or to be loaded from a given source. */
  get isChosen(): boolean {
    return (
      this.ready ||
      this.#loading !== undefined ||
      this.#source.module !== undefined ||
      this.#source.url !== undefined
    );
  }

  /** Loads the module from here, now and after a failure. */
  configure(source: ModuleSource): void {
    if (source.module !== undefined || source.url !== undefined) this.#source = source;
  }

  async load(loader: Loader): Promise<void> {
    if (this.ready) return;
    requireWebAssembly();
    // No shared promise unless needed: on workerd, one request must not wait for the promise of another. Nor does a module that is
    // there wait for another source.
    if (isModule(this.#source.module)) return this.set(this.#source.module as WebAssembly.Module);
    if (this.#loading === undefined) {
      const source = this.#source.module ?? loader.load(this.#name, this.#source);
      if (isModule(source)) return this.set(source as WebAssembly.Module);
      const module = source instanceof Promise ? source : compiled(source as BufferSource, loader);
      this.#loading = this.#instantiate(module).finally(() => {
        this.#loading = undefined;
      });
    }
    try {
      await this.#loading;
    } catch (error) {
      if (!this.ready) throw error;
    }
  }

  async #instantiate(source: Promise<WebAssembly.Module>): Promise<void> {
    const module = await source;
    if (this.ready) return;
    try {
      requireVerifier(module, this.#name);
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
      requireVerifier(module, this.#name);
      this.#take(module, new WebAssembly.Instance(module));
    } catch (cause) {
      throw compileError(cause);
    }
  }

  #take(module: WebAssembly.Module, instance: WebAssembly.Instance): void {
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
   * @param inputBytes the size of the input in bytes
   * @throws HonninError `internal-error`; `webassembly-unavailable` if there is no memory for another instance
   */
  call(name: FunctionName, values: readonly Value[], inputBytes: number): string {
    const verifier = this.#verifier ?? this.#renewed();
    this.#verifier = verifier;
    try {
      const answer = verifier.call(name, values);
      if (inputBytes > muchMemory) this.#verifier = undefined;
      return answer;
    } catch (cause) {
      this.#verifier = undefined;
      throw new HonninError(
        "internal-error",
        "The verifier failed on this input because of a bug in honnin. Nothing was verified. Please report it.",
        { cause },
      );
    }
  }
}

async function compiled(bytes: BufferSource, { compile }: Loader): Promise<WebAssembly.Module> {
  if (compile !== undefined) return compile(bytes);
  throw new HonninError(
    "options-invalid",
    "Edge runtimes do not compile WebAssembly. Import the file, and give init the compiled module.",
  );
}
