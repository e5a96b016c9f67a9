// Node, Deno and Bun: the modules are in the package's own JavaScript, so that no bundler can lose them.
import { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";
import { HonninError } from "../error.js";
import { compileBytes, compileNow } from "../wasm/compile.js";
import { fetchModule } from "../wasm/fetch-module.js";
import { registerLoader } from "../wasm/instance.js";
// At the first login of a process, another file to read and `node:zlib` take longer than all else before the verification.
import { packed as idToken } from "../wasm/packed/id-token.js";

registerLoader({
  load: (name, { url, integrity }) => {
    if (url === undefined)
      return name === "honnin" ? unpackWhole() : compileNow(Buffer.from(idToken, "base64"));
    const given = URL.canParse(url) ? new URL(url) : undefined;
    if (given === undefined) throw new HonninError("options-invalid", "init: url is not an absolute URL.");
    return given.protocol === "file:" ? readModule(given) : fetchModule(name, given, integrity);
  },
  compile: compileBytes,
});

async function unpackWhole(): Promise<WebAssembly.Module> {
  let bytes: Uint8Array;
  try {
    const [{ packed }, { brotliDecompressSync }] = await Promise.all([
      import("../wasm/packed/honnin.js"),
      import("node:zlib"),
    ]);
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
