// npm run reference [-- --check | --root FOLDER]: generates the reference of the npm package in docs/reference from its types: a report of
// the exports of each entry (`*.api.md`), and a page. It fails for undocumented exports, types that are not exported, and broken links.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "./lib/build.mjs";
import { command, Failure, root as repository, run } from "./lib/process.mjs";
import { entriesOf, extract, unnameable } from "./lib/reference.mjs";
import { referencePage } from "./lib/reference-pages.mjs";
import { setup } from "./lib/setup.mjs";

function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** The published declarations name the platform's types in words of their own; a reader knows the compiler's. */
async function withPlainTypes(root) {
  const folder = join(root, "target", "reference", "package");
  rmSync(folder, { recursive: true, force: true });
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const to = ["--emitDeclarationOnly", "--outDir", join(folder, "dist")];
  await run(process.execPath, [compiler, "-p", join(root, "js"), ...to]);
  for (const name of ["package.json", "tsconfig.json"])
    copyFileSync(join(root, "js", name), join(folder, name));
  const compiled = join("wasm", "compiled.d.ts");
  copyFileSync(join(root, "js", "src", compiled), join(folder, "dist", compiled));
  return folder;
}

await command(async (args) => {
  const at = args.indexOf("--root");
  const root = at < 0 ? repository : resolve(args[at + 1] ?? "");
  if (at < 0) {
    await setup();
    await build();
  }
  const folder = join(root, "docs", "reference");
  const packageFolder = at < 0 ? await withPlainTypes(root) : join(root, "js");
  const files = new Map();
  const extracted = entriesOf(packageFolder).map((entry) => ({
    entry,
    ...extract(packageFolder, entry, join(root, "target", "reference")),
  }));
  const wrong = [...extracted.flatMap((made) => made.wrong), ...unnameable(extracted)];
  const sourceOf = (path) => readFileSync(join(packageFolder, path), "utf8");
  for (const { entry, report, model } of extracted) {
    files.set(`${entry.slug}.api.md`, report);
    files.set(`${entry.slug}.md`, referencePage(entry.name, model, sourceOf));
  }
  if (wrong.length > 0) throw new Failure(wrong.join("\n"));

  mkdirSync(folder, { recursive: true });
  const gone = readdirSync(folder).filter((name) => !files.has(name));
  const changed = [...files.keys()].filter((name) => textOf(join(folder, name)) !== files.get(name));
  if (args.includes("--check")) {
    const stale = [...changed, ...gone];
    if (stale.length > 0)
      throw new Failure(`Not current in docs/reference: ${stale.join(", ")}. Run npm run reference.`);
    return;
  }
  for (const name of gone) rmSync(join(folder, name));
  for (const name of changed) writeFileSync(join(folder, name), files.get(name));
  process.stdout.write(`docs/reference: ${files.size} files, ${changed.length + gone.length} changed.\n`);
});
