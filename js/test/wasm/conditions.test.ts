// Which loader a bundler finds, by its conditions.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as esbuild from "esbuild";
import { packageFolder } from "../support/program.js";

async function loadersOf(entry: string, conditions: readonly string[]): Promise<readonly string[]> {
  const { metafile } = await esbuild.build({
    absWorkingDir: packageFolder,
    stdin: { contents: `export * from ${JSON.stringify(entry)}`, resolveDir: packageFolder },
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: [...conditions],
    external: ["*.wasm", "*.wasm?module", "node:*"],
    logLevel: "error",
  });
  return Object.keys(metafile.inputs).flatMap(
    (path) => /^dist\/entries\/load-(.*)\.js$/.exec(path)?.[1] ?? [],
  );
}

/** Nitro 2 names all workers, whichever it builds for, and says by `unwasm` how it imports WebAssembly. */
const nitro = {
  worker: [
    "wintercg",
    "worker",
    "web",
    "browser",
    "workerd",
    "edge-light",
    "netlify",
    "edge-routine",
    "deno",
  ],
  node: ["node"],
};

const platforms: readonly (readonly [string, readonly string[], string])[] = [
  ["Wrangler", ["workerd", "worker", "browser"], "workerd"],
  ["Next.js, edge", ["edge-light", "worker", "browser"], "edge-light"],
  ["Nitro, worker", ["production", ...nitro.worker, "wasm", "unwasm", "import"], "edge-light"],
  ["Nitro, cloudflare-module", ["production", "workerd", ...nitro.worker, "wasm", "unwasm"], "edge-light"],
  ["Nitro, node-server", ["production", ...nitro.node, "wasm", "unwasm", "import"], "node"],
  ["Node", ["node", "import"], "node"],
  ["Deno", ["deno", "node", "import"], "node"],
  ["Bun", ["bun", "node", "import"], "node"],
  ["a page", ["browser", "import"], "browser"],
];

for (const [platform, conditions, loader] of platforms)
  test(`${platform}: the loader is ${loader}`, async () => {
    for (const entry of ["honnin", "honnin/relying-party"])
      assert.deepEqual(await loadersOf(entry, conditions), [loader], entry);
  });
