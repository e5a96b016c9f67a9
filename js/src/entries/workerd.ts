// workerd (Cloudflare Workers): the modules are compiled at deployment and imported.
import { HonninError } from "../error.js";
import honnin from "../wasm/honnin.wasm";
import idToken from "../wasm/id-token.wasm";
import { registerLoader } from "../wasm/instance.js";

registerLoader({
  load: (name, { url }) => {
    if (url === undefined) return name === "honnin" ? honnin : idToken;
    throw new HonninError(
      "options-invalid",
      "Edge runtimes do not compile fetched WebAssembly. Call init without url.",
    );
  },
});

export * from "../index.js";
