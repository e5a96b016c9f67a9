// The sizes of the wasm and of each entry after bundling.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { root } from "./process.mjs";

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });

/** Bundles one entry (or one import statement) of the built package, minified, without the module. */
async function bundle(contents, conditions) {
  const result = await esbuild.build({
    stdin: { contents, resolveDir: join(root, "tests"), loader: "js" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "neutral",
    conditions,
    external: ["*.wasm", "node:*"],
    legalComments: "none",
    logLevel: "error",
  });
  return Buffer.from(result.outputFiles[0].contents);
}

export async function printSizes() {
  const entries = [
    [
      "honnin: verifyIdToken + remoteKeys (browser)",
      'export { verifyIdToken, remoteKeys } from "honnin"',
      ["browser"],
    ],
    [
      "honnin: verifyIdToken + remoteKeys (workerd)",
      'export { verifyIdToken, remoteKeys } from "honnin"',
      ["workerd"],
    ],
    ["honnin/slim: all", 'export * from "honnin/slim"', []],
    ["honnin/launch: all", 'export * from "honnin/launch"', []],
    [
      "honnin/launch: createAuthorizationRequest",
      'export { createAuthorizationRequest } from "honnin/launch"',
      [],
    ],
    ["honnin/relying-party: all (workerd)", 'export * from "honnin/relying-party"', ["workerd"]],
    [
      "honnin/relying-party: relyingPartyForLogins (workerd)",
      'export { relyingPartyForLogins } from "honnin/relying-party"',
      ["workerd"],
    ],
  ];
  const rows = ["honnin.wasm", "id-token.wasm"].map((name) => [
    name,
    readFileSync(join(root, "js", "dist", "wasm", name)),
  ]);
  for (const [name, contents, conditions] of entries) rows.push([name, await bundle(contents, conditions)]);
  const width = Math.max(...rows.map(([name]) => name.length));
  process.stdout.write(`\n${"".padEnd(width)}      raw     gzip   brotli (bytes)\n`);
  for (const [name, bytes] of rows) {
    const figures = [bytes.length, gzipSync(bytes, { level: 9 }).length, brotli(bytes).length];
    process.stdout.write(
      `${name.padEnd(width)} ${figures.map((n) => n.toLocaleString("en").padStart(8)).join(" ")}\n`,
    );
  }
}
