// npm run sizes: which parts of the WebAssembly modules take how many bytes. `--write` puts the tables into docs/sizes.md.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { compileModule, modules } from "./lib/build.mjs";
import { command, Failure, root, step } from "./lib/process.mjs";
import { setup } from "./lib/setup.mjs";
import { wasmTree } from "./lib/wasm-tree.mjs";

const page = join(root, "docs", "sizes.md");
const start = "<!-- npm run sizes -- --write -->";
/** Smaller parts are summed up. */
const SHOWN = 0.005;

const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
const grouped = (bytes) => bytes.toLocaleString("en");

function table(name, { groups, data, total }, module) {
  const shown = groups.filter(([, size]) => size >= SHOWN * total);
  const code = groups.reduce((sum, [, size]) => sum + size, 0);
  const rest = code - shown.reduce((sum, [, size]) => sum + size, 0);
  const rows = [
    ...shown.map(([place, size]) => [place.includes(" ") ? place : `\`${place}\``, size]),
    ["other code", rest],
    ["texts and tables", data],
    ["types, exports, places of functions", total - code - data],
  ];
  return [
    `## ${name}.wasm: ${grouped(module.length)} bytes, ${grouped(brotli(module))} in Brotli`,
    "",
    "| part | bytes | share |",
    "|---|---|---|",
    ...rows.map(([part, size]) => `| ${part} | ${grouped(size)} | ${((100 * size) / total).toFixed(1)} % |`),
    "",
  ].join("\n");
}

await command(async (args) => {
  const others = args.filter((word) => word !== "--write");
  if (others.length > 0) throw new Failure(`${others[0]} is not an option: npm run sizes -- [--write].`);
  await setup();
  const tables = [];
  for (const [name, features] of Object.entries(modules)) {
    const [plain, named] = await step(`${name}.wasm`, async () => {
      const built = [];
      for (const strip of ["symbols", "debuginfo"]) {
        const file = join(root, "target", `${name}.${strip}.wasm`);
        await compileModule(features, file, { strip });
        built.push(readFileSync(file));
      }
      return built;
    });
    tables.push(table(name, wasmTree(named), plain));
  }
  if (args.includes("--write")) {
    const [prose] = readFileSync(page, "utf8").split(start);
    writeFileSync(page, `${prose}${start}\n\n${tables.join("\n")}`);
  } else process.stdout.write(`\n${tables.join("\n")}`);
});
