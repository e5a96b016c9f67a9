// For bundlers and runtimes that load WebAssembly in their own way: the caller says where the modules are.
import { HonninError } from "../error.js";
import { compileBytes } from "../wasm/compile.js";
import { fetchModule } from "../wasm/fetch-module.js";
import { registerFallback } from "../wasm/instance.js";

registerFallback({
  load: (name, { url, integrity }) => {
    if (url !== undefined) return fetchModule(name, url, integrity);
    throw new HonninError(
      "wasm-unreachable",
      name === "honnin"
        ? "honnin/slim does not know where its WebAssembly module is: call init({ url }), init({ module }) or " +
            "initSync({ module }) first."
        : "honnin/slim does not know where its WebAssembly module for ID tokens is: call init or initSync first, with the " +
            'whole module, or with init({ only: "id-token", url }) or initSync({ idToken }).',
    );
  },
  compile: compileBytes,
});

export * from "../index.js";
