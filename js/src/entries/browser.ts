// Browsers: the module is streamed from the folder of this file, and the browser checks its hash.
import { fetchModule } from "../wasm/fetch-module.js";
import { registerLoader } from "../wasm/instance.js";

registerLoader(({ url, integrity }) =>
  // Bundlers recognize exactly this expression and copy the file.
  url === undefined
    ? fetchModule(new URL("../wasm/honnin.wasm", import.meta.url))
    : fetchModule(url, integrity),
);

export * from "../index.js";
