// npm run imports [-- --root FOLDER]: finds import cycles, and imports that the rules in docs/architecture.md do not allow.
import { resolve } from "node:path";
import { circlesOf, javascriptGraph, sizeOf, violationsOf } from "./lib/import-graph.mjs";
import { crateFolder, crateRules, folders, rules } from "./lib/import-rules.mjs";
import { command, Failure, root as repository } from "./lib/process.mjs";
import { rustGraph } from "./lib/rust-graph.mjs";

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
  const modules = rustGraph(root, crateFolder);
  say(modules, crateFolder);
  const wrong = [graph, modules].flatMap(circlesIn);
  wrong.push(...violationsOf(graph, rules), ...violationsOf(modules, crateRules));
  if (wrong.length > 0) throw new Failure(wrong.join("\n"));
});
