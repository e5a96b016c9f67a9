// A worker of a few lines in real workerd, with `honnin` resolved as a bundler for edge workers resolves it.
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import * as esbuild from "esbuild";
import { Miniflare } from "miniflare";
import { root } from "./paths.ts";

/** Bundles the worker's source; the wasm stays a module of its own, as the platform wants it. */
export async function bundleForWorkerd(source: string): Promise<string> {
  const result = await esbuild.build({
    stdin: { contents: source, resolveDir: join(root, "tests"), loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    conditions: ["workerd", "worker"],
    external: ["*.wasm", "cloudflare:*"],
    logLevel: "error",
  });
  return result.outputFiles[0]?.text ?? "";
}

export interface Workerd {
  /** Where it listens, on loopback. */
  readonly url: URL;
  /** What the worker answers; the address need not exist. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export async function startWorkerd(script: string, bindings: Record<string, string> = {}): Promise<Workerd> {
  const wasm = [...script.matchAll(/from\s*"([^"]+\.wasm)"/g)].map(([, path = ""]) => wasmModule(path));
  const miniflare = new Miniflare({
    compatibilityDate: "2026-04-01",
    bindings,
    modulesRoot: "/",
    modules: [{ type: "ESModule", path: "/worker/index.js", contents: script }, ...(await Promise.all(wasm))],
  });
  const url = await miniflare.ready;
  return {
    url,
    fetch: async (url, init) => (await miniflare.dispatchFetch(url, init as never)) as unknown as Response,
    close: () => miniflare.dispose(),
  };
}

async function wasmModule(path: string) {
  const contents = new Uint8Array(await readFile(join(root, "js/dist/wasm", basename(path))));
  return { type: "CompiledWasm" as const, path: join("/worker", path), contents };
}
