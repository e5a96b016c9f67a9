// What the entries of the stores contain, and that no other entry contains them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import * as esbuild from "esbuild";
import { packageFolder } from "../../support/program.js";

const { exports } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as {
  exports: Record<string, string | object>;
};
/** Those that are JavaScript. */
const entries = Object.entries(exports).flatMap(([entry, target]) =>
  typeof target === "string" || entry.includes("wasm") ? [] : [entry.replace(/^\./, "honnin")],
);

/** The files of an entry below `dist`, what it imports from elsewhere, and its size in Brotli. */
async function contentsOf(entry: string, condition: string) {
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: packageFolder,
    stdin: { contents: `export * from ${JSON.stringify(entry)}`, resolveDir: packageFolder },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: [condition],
    external: ["*.wasm", "*.wasm?module", "node:*", "cloudflare:*"],
    charset: "utf8",
    logLevel: "error",
  });
  const [output] = Object.values(metafile.outputs);
  return {
    files: Object.keys(metafile.inputs).flatMap((path) => /^dist\/(.*)$/.exec(path)?.[1] ?? []),
    imports: (output?.imports ?? []).map(({ path }) => path),
    size: brotliCompressSync(outputFiles[0]?.contents ?? "").length,
  };
}

for (const [entry, recorded, imports] of [
  ["honnin/relying-party/redis", 964, []],
  ["honnin/relying-party/cloudflare", 853, ["cloudflare:workers"]],
] as const) {
  test(`${entry} is small, and imports nothing but errors and checks`, async () => {
    const contents = await contentsOf(entry, "workerd");
    assert.deepEqual(contents.imports, imports);
    assert.deepEqual(contents.files.filter((path) => !path.startsWith("relying-party/stores/")).sort(), [
      "error.js",
      "relying-party/option-checks.js",
    ]);
    assert.ok(Math.abs(contents.size / recorded - 1) < 0.05, `${contents.size} bytes; recorded: ${recorded}`);
  });
}

for (const entry of entries.filter((name) => !/\/(redis|cloudflare)$/.test(name))) {
  test(`${entry} has nothing of the stores, in any runtime`, async () => {
    for (const condition of ["workerd", "edge-light", "node", "browser"]) {
      const { files, imports } = await contentsOf(entry, condition);
      assert.ok(files.length > 0);
      assert.deepEqual(
        files.filter((path) => path.startsWith("relying-party/stores/")),
        [],
      );
      assert.deepEqual(
        imports.filter((path) => path.startsWith("cloudflare:")),
        [],
      );
    }
  });
}
