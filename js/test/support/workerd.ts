// A worker in real workerd, with `honnin` resolved as an edge platform's bundler resolves it.
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { TestContext } from "node:test";
import * as esbuild from "esbuild";
import { Miniflare } from "miniflare";
import { packageFolder } from "./program.ts";

export interface WorkerdOptions {
  /** The condition of package.json's exports that the platform goes by. */
  readonly condition?: "workerd" | "edge-light";
  readonly compatibilityDate?: string;
}

/** Starts a worker of this source; stopped when the test ends. */
export async function startWorker(
  t: TestContext,
  source: string,
  { condition = "workerd", compatibilityDate = "2026-04-01" }: WorkerdOptions = {},
): Promise<Miniflare> {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: source, resolveDir: packageFolder },
    bundle: true,
    write: false,
    format: "esm",
    conditions: [condition],
    external: ["*.wasm", "*.wasm?module"],
    logLevel: "error",
  });
  const script = outputFiles[0]?.text ?? "";
  const paths = [...script.matchAll(/from\s*"([^"]+\.wasm[^"]*)"/g)].map(([, path = ""]) => path);
  if (paths.length === 0) throw new Error("the bundle imports no module");
  const wasm = paths.map(async (path) => {
    const file = join(packageFolder, "dist/wasm", basename(path.replace(/\?.*/, "")));
    const contents = new Uint8Array(await readFile(file));
    return { type: "CompiledWasm" as const, path: join("/worker", path), contents };
  });
  const miniflare = new Miniflare({
    compatibilityDate,
    modulesRoot: "/",
    modules: [{ type: "ESModule", path: "/worker/index.js", contents: script }, ...(await Promise.all(wasm))],
  });
  t.after(() => miniflare.dispose());
  await miniflare.ready;
  return miniflare;
}
