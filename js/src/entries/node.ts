// Node, Deno and Bun: the module is read from the package's own folder.
import { readFile } from "node:fs/promises";
import { HonninError } from "../error.js";
import { compileBytes } from "../wasm/compile.js";
import { fetchModule } from "../wasm/fetch-module.js";
import { registerLoader } from "../wasm/instance.js";

registerLoader(({ url, integrity }) => {
  if (url === undefined) return readModule(new URL("../wasm/honnin.wasm", import.meta.url));
  const given = URL.canParse(url) ? new URL(url) : undefined;
  if (given === undefined) throw new HonninError("options-invalid", "init: url is not an absolute URL.");
  return given.protocol === "file:" ? readModule(given) : fetchModule(given, integrity);
});

async function readModule(url: URL): Promise<WebAssembly.Module> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(url);
  } catch (cause) {
    throw new HonninError(
      "wasm-unreachable",
      "honnin.wasm could not be read. If you bundle honnin, mark the package as external, or copy the file " +
        '"honnin/wasm" and load it with init({ url }) or init({ module }).',
      { cause },
    );
  }
  return compileBytes(bytes as Uint8Array<ArrayBuffer>);
}

export * from "../index.js";
