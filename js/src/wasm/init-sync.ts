import { HonninError } from "../error.js";
import { type InitSyncInput, setModules } from "./instance.js";
import { problemOf } from "./problem-of.js";

/**
 * Like {@link init}, synchronously and with given modules. On the main thread, browsers refuse large modules as bytes; a
 * compiled `WebAssembly.Module` always works.
 *
 * @throws HonninError `webassembly-unavailable`, `wasm-unreachable`, `options-invalid`
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
export function initSync({ module, idToken }: InitSyncInput): void {
  if (module === undefined && idToken === undefined) {
    throw new HonninError("options-invalid", "initSync: give module, idToken, or both.");
  }
  try {
    setModules({ module, idToken });
  } catch (cause) {
    throw problemOf("compile", cause);
  }
}
