// For bundlers and runtimes that load WebAssembly in their own way: the caller says where the modules are.
import { HonninError } from "../error.js";
import { compileBytes } from "../wasm/compile.js";
import { fetchModule } from "../wasm/fetch-module.js";
import { registerLoader } from "../wasm/instance.js";

registerLoader({
  load: (name, { url, integrity }) => {
    if (url !== undefined) return fetchModule(name, url, integrity);
    throw new HonninError(
      "wasm-unreachable",
      "honnin/slim does not know where its WebAssembly module is: call init({ url }), init({ module }) or " +
        "initSync({ module }) first.",
    );
  },
  compile: compileBytes,
});

export * from "../index.js";
