// npm run imports [-- --rust] [-- --root FOLDER]: circles of imports, and imports that the rules of docs/architecture.md do not allow.
import { resolve } from "node:path";
import { circlesOf, javascriptGraph, sizeOf, violationsOf } from "./lib/import-graph.mjs";
import { folders, rules } from "./lib/import-rules.mjs";
import { command, Failure, root as repository } from "./lib/process.mjs";
import { rustGraph } from "./lib/rust-graph.mjs";

/** Whether a circle in the crate fails, too, and is not only shown with `--rust`. */
const RUST_CIRCLES_FAIL = false;

const crate = "crate/src";

function say(graph, folder) {
  const { files, arrows } = sizeOf(graph, [folder]);
  process.stdout.write(`${folder}: ${files} files, ${arrows} imports\n`);
}

function circlesIn(graph) {
  return circlesOf(graph).map((circle) => `A circle of ${circle.length} files: ${circle.join(", ")}`);
}

await command(async (args) => {
  const at = args.indexOf("--root");
  const root = at < 0 ? repository : resolve(args[at + 1] ?? "");
  const graph = javascriptGraph(root, folders);
  for (const folder of folders) say(graph, folder);
  const wrong = [...circlesIn(graph), ...violationsOf(graph, rules)];
  if (RUST_CIRCLES_FAIL || args.includes("--rust")) {
    const modules = rustGraph(root, crate);
    say(modules, crate);
    const circles = circlesIn(modules);
    if (RUST_CIRCLES_FAIL) wrong.push(...circles);
    else for (const circle of circles) process.stdout.write(`NOTICE: ${circle}\n`);
  }
  if (wrong.length > 0) throw new Failure(wrong.join("\n"));
});
