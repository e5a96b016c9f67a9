// Node, Deno and Bun: the modules are in the package's own JavaScript, compressed, so that no bundler can lose them.
import { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";
import { brotliDecompressSync } from "node:zlib";
import { HonninError } from "../error.js";
import { compileBytes } from "../wasm/compile.js";
import { fetchModule } from "../wasm/fetch-module.js";
import { registerLoader } from "../wasm/instance.js";
import type { ModuleName } from "../wasm/modules.js";

registerLoader({
  load: (name, { url, integrity }) => {
    if (url === undefined) return unpackModule(name);
    const given = URL.canParse(url) ? new URL(url) : undefined;
    if (given === undefined) throw new HonninError("options-invalid", "init: url is not an absolute URL.");
    return given.protocol === "file:" ? readModule(given) : fetchModule(name, given, integrity);
  },
  compile: compileBytes,
});

async function unpackModule(name: ModuleName): Promise<WebAssembly.Module> {
  let bytes: Uint8Array;
  try {
    const { packed } = await (name === "honnin"
      ? import("../wasm/packed/honnin.js")
      : import("../wasm/packed/id-token.js"));
    bytes = brotliDecompressSync(Buffer.from(packed, "base64"));
  } catch (cause) {
    throw new HonninError(
      "wasm-unreachable",
      "The part of honnin with the WebAssembly module is missing or damaged. Deploy all files that the bundler wrote.",
      { cause },
    );
  }
  return compileBytes(bytes as Uint8Array<ArrayBuffer>);
}

async function readModule(url: URL): Promise<WebAssembly.Module> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(url);
  } catch (cause) {
    throw new HonninError("wasm-unreachable", "The file of the WebAssembly module could not be read.", {
      cause,
    });
  }
  return compileBytes(bytes as Uint8Array<ArrayBuffer>);
}
