// workerd (Cloudflare Workers): the module is compiled at deployment and imported.
import { HonninError } from "../error.js";
import module from "../wasm/honnin.wasm";
import { registerLoader } from "../wasm/instance.js";

registerLoader(({ url }) => {
  if (url === undefined) return module;
  throw new HonninError(
    "options-invalid",
    "Edge runtimes do not compile fetched WebAssembly. Call init without url.",
  );
});

export * from "../index.js";
