// Vercel's edge runtime: like workerd, but its bundler uses another import suffix.
import { HonninError } from "../error.js";
import module from "../wasm/honnin.wasm?module";
import { registerLoader } from "../wasm/instance.js";

registerLoader(({ url }) => {
  if (url === undefined) return module;
  throw new HonninError(
    "options-invalid",
    "Edge runtimes do not compile fetched WebAssembly. Call init without url.",
  );
});

export * from "../index.js";
