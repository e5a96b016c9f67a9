// Browsers: the modules are streamed from the folder of this file, and the browser checks their hashes.
import { compileBytes } from "../wasm/compile.js";
import { fetchModule } from "../wasm/fetch-module.js";
import { registerLoader } from "../wasm/instance.js";

registerLoader({
  load: (name, { url, integrity }) => {
    if (url !== undefined) return fetchModule(name, url, integrity);
    // Bundlers recognize exactly these expressions and copy the files.
    return name === "honnin"
      ? fetchModule(name, new URL("../wasm/honnin.wasm", import.meta.url))
      : fetchModule(name, new URL("../wasm/id-token.wasm", import.meta.url));
  },
  compile: compileBytes,
});
