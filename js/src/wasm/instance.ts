import { HonninError } from "../error.js";
import { isModule } from "./is-module.js";
import type { Loader, ModuleSource } from "./modules.js";
import { Slot } from "./slot.js";
import type { FunctionName, Value } from "./verifier.js";

/** The source of the WebAssembly module. Default: the source of the runtime's entry. */
export interface InitInput extends ModuleSource {
  /**
   * `"id-token"`: the module of the file `honnin/wasm/id-token`, which verifies ID tokens with ES256 alone and is a fifth of the
   * size. Default: that of `honnin/wasm`, which has all functions.
   */
  readonly only?: "id-token" | undefined;
}

/** Modules for {@link initSync}, compiled or as bytes. */
export interface InitSyncInput {
  /** The file `honnin/wasm`, with all functions. */
  readonly module?: WebAssembly.Module | BufferSource | undefined;
  /** The file `honnin/wasm/id-token`: enough to verify ID tokens with ES256. */
  readonly idToken?: WebAssembly.Module | BufferSource | undefined;
}

let loader: Loader | undefined;
let fallback: Loader | undefined;
const whole = new Slot("honnin", () => entryLoader().load("honnin", {}));
const idToken = new Slot("id-token", () => entryLoader().load("id-token", {}));

/** Called by an entry on import. Does not load a module. */
export function registerLoader(entryLoader: Loader): void {
  loader = entryLoader;
}

/** Called by the entry without a loader of its own. That of another entry, imported before or after, takes precedence. */
export function registerFallback(slimLoader: Loader): void {
  fallback = slimLoader;
}

/** The loader of the entry. @throws HonninError `wasm-unreachable` if no entry was imported */
function entryLoader(): Loader {
  const found = loader ?? fallback;
  if (found !== undefined) return found;
  throw new HonninError("wasm-unreachable", "No entry of honnin was imported.");
}

/**
 * Loads the WebAssembly module before its first use, or from another source. Calling it is optional: every function that
 * verifies loads the module that it needs. It does nothing if the module is already loaded. After a failure, the next call tries
 * again with the same input.
 *
 * @throws HonninError `webassembly-unavailable`, `wasm-unreachable`, `options-invalid`
 *
 * @example
 * ```ts
 * import { init } from "honnin";
 *
 * // While the page loads, so that the first click need not wait for it.
 * await init({ only: "id-token" });
 * ```
 */
export async function init(input: InitInput = {}): Promise<void> {
  if (input.only !== undefined && input.only !== "id-token") {
    throw new HonninError("options-invalid", 'init: only must be "id-token", or be left out.');
  }
  const slot = input.only === undefined ? whole : idToken;
  if (input.module !== undefined || input.url !== undefined) choose(slot, input);
  await slot.load();
}

/** One or several hashes. Platforms ignore metadata of any other form and check nothing. */
const metadata = /^sha(256|384|512)-[A-Za-z0-9+/]+={0,2}( sha(256|384|512)-[A-Za-z0-9+/]+={0,2})*$/;

function isMetadata(integrity: unknown): boolean {
  return typeof integrity === "string" && metadata.test(integrity);
}

/** What the caller named. The same again does not interrupt a loading that is under way. */
const named = new Map<Slot, ModuleSource>();

function choose(slot: Slot, source: ModuleSource): void {
  const { module, integrity } = source;
  // What the caller changes in its objects later has no effect.
  const url = source.url === undefined ? undefined : String(source.url);
  const before = named.get(slot);
  const isSame = before?.module === module && before?.url === url && before?.integrity === integrity;
  if (before !== undefined && isSame) return;
  named.set(slot, { module, url, integrity });
  slot.opening = () => {
    if (module !== undefined) return isModule(module) ? module : compiled(module as BufferSource);
    if (integrity !== undefined && integrity !== null && !isMetadata(integrity))
      throw new HonninError("options-invalid", 'integrity must have the form "sha384-…", or be null.');
    return entryLoader().load(slot.name, { url, integrity });
  };
}

async function compiled(bytes: BufferSource): Promise<WebAssembly.Module> {
  const { compile } = entryLoader();
  if (compile !== undefined) return compile(bytes);
  throw new HonninError(
    "options-invalid",
    "Edge runtimes do not compile WebAssembly. Import the file, and give init the compiled module.",
  );
}

/** Uses given modules at once. Throws what the platform throws. */
export function setModules({ module, idToken: small }: InitSyncInput): void {
  if (module !== undefined) whole.set(module);
  if (small !== undefined) idToken.set(small);
}

/**
 * Calls the verifier, and loads a module first if needed.
 *
 * @returns the answer, a JSON text in UTF-8
 * @throws HonninError `internal-error`, and the codes of {@link init}
 */
export async function callVerifier(name: FunctionName, values: readonly Value[]): Promise<Uint8Array> {
  if (!whole.ready) await whole.load();
  return whole.call(name, values);
}

/** The whole module, once it is loaded. */
export function wholeModule(): WebAssembly.Module | undefined {
  return whole.module;
}

/**
 * Like {@link callVerifier}, for an ID token whose only allowed algorithm is ES256: with the small module, unless the whole one is
 * there already, or is the only one that the caller has named.
 */
export async function callIdTokenVerifier(values: readonly string[]): Promise<Uint8Array> {
  const slot = slotForIdTokens();
  if (slot.ready) return slot.call("verify_id_token", values);
  return (await loadedForIdTokens(slot)).call("verify_id_token", values);
}

/**
 * Starts to load what {@link callIdTokenVerifier} needs, or for other algorithms {@link callVerifier}.
 *
 * @returns waits for it, and throws its failure unless there is a module by then
 */
export function startIdTokenVerifier(isEs256: boolean): () => Promise<void> {
  const load = async (): Promise<unknown> => (isEs256 ? loadedForIdTokens(slotForIdTokens()) : whole.load());
  const failed = load().then(
    () => undefined,
    (cause: unknown) => ({ cause }),
  );
  return async () => {
    const failure = await failed;
    if (failure !== undefined && !(isEs256 ? slotForIdTokens() : whole).ready) throw failure.cause;
  };
}

function slotForIdTokens(): Slot {
  return whole.ready || (whole.isChosen && !idToken.isChosen) ? whole : idToken;
}

/** Loads this module, or the small one where the platform cannot run the whole: it needs less of it. */
async function loadedForIdTokens(slot: Slot): Promise<Slot> {
  try {
    await slot.load();
    return slot;
  } catch (cause) {
    if (slot === idToken || (cause as HonninError).code !== "webassembly-unavailable") throw cause;
    return idToken.load().then(
      () => idToken,
      () => {
        throw cause;
      },
    );
  }
}
