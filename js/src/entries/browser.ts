// Browsers: the module is streamed from beside this file, its hash compared by the browser.
import { fetchModule } from "../wasm/fetch-module.js";
import { registerLoader } from "../wasm/instance.js";

registerLoader(({ url, integrity }) =>
  // Bundlers recognise exactly this expression and carry the file along.
  url === undefined
    ? fetchModule(new URL("../wasm/honnin.wasm", import.meta.url))
    : fetchModule(url, integrity),
);

export * from "../index.js";
