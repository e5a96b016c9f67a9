// The import graph, read from formatted source with regular expressions. A graph is a Map from each file to the files that it
// imports, with the name that the import uses.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";

const passedOver = new Set(["node_modules", "dist", "target"]);

/** Paths of the files below a folder, relative to the root, with slashes. Empty if the folder does not exist. */
export function filesBelow(root, folder, ending) {
  const found = [];
  const visit = (path) => {
    for (const name of readdirSync(path).sort()) {
      const inside = join(path, name);
      if (passedOver.has(name)) continue;
      if (statSync(inside).isDirectory()) visit(inside);
      else if (ending.test(name)) found.push(relative(root, inside).split(sep).join("/"));
    }
  };
  if (existsSync(join(root, folder))) visit(join(root, folder));
  return found;
}

// Types count as well as values: a reader follows both.
const IMPORTS = [
  /^(?:import|export)\s+[\w$*{},\s]*?\bfrom\s+"([^"]+)"/gm,
  /^import\s+"([^"]+)"/gm,
  /\bimport\(\s*"([^"]+)"/g,
];

/** The imports within these folders, by path or by the name of a workspace package. */
export function javascriptGraph(root, folders) {
  const files = folders.flatMap((folder) => filesBelow(root, folder, /(?<!\.d)\.(ts|mjs)$/));
  const known = new Set(files);
  const packages = packagesOf(root);
  const targetOf = (file, name) =>
    name.startsWith(".") ? sourceOf(root, posix.join(dirname(file), name)) : packages.get(name);
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(root, file), "utf8");
      const names = IMPORTS.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name));
      const arrows = names.map((name) => [targetOf(file, name), name]);
      return [file, new Map(arrows.filter(([target]) => target !== file && known.has(target)))];
    }),
  );
}

/** The source that a path means: compiled files are named in imports, not the TypeScript they come from. */
function sourceOf(root, path) {
  const source = path.replace(/\.js$/, ".ts");
  return existsSync(join(root, source)) ? source : path;
}

/** Names that the workspace's packages export, or have for themselves (`#…`), each with the source behind it. */
function packagesOf(root) {
  const names = new Map();
  const workspace = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const folder of workspace.workspaces ?? []) {
    const {
      name,
      exports = {},
      imports = {},
    } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const add = (at, target) => {
      const file = typeof target === "string" ? target : (target.types ?? target.default);
      const source = file?.replace(/^\.\/dist\//, "./src/").replace(/\.d\.ts$/, ".ts");
      if (source !== undefined) names.set(at, posix.join(folder, source));
    };
    for (const [at, target] of Object.entries(typeof exports === "string" ? { ".": exports } : exports))
      add(posix.join(name, at), target);
    // Only one package of the workspace has such names, so they are not told apart by package.
    for (const [at, target] of Object.entries(imports)) add(at, target);
  }
  return names;
}

/** Cycles: the groups of more than one file in which each can be reached from each (Tarjan). */
export function circlesOf(graph) {
  const circles = [];
  const stack = [];
  const seen = new Map();
  const visit = (file) => {
    const node = { file, index: seen.size, low: seen.size, open: true };
    seen.set(file, node);
    stack.push(node);
    for (const target of graph.get(file)?.keys() ?? []) {
      const known = seen.get(target);
      if (known === undefined) node.low = Math.min(node.low, visit(target).low);
      else if (known.open) node.low = Math.min(node.low, known.index);
    }
    if (node.low === node.index) {
      const group = stack.splice(stack.indexOf(node));
      for (const member of group) member.open = false;
      if (group.length > 1) circles.push(group.map((member) => member.file).sort());
    }
    return node;
  };
  for (const file of graph.keys()) if (!seen.has(file)) visit(file);
  return circles;
}

/** The number of files in a folder, and of imports between them. */
export function sizeOf(graph, folders) {
  const inside = [...graph.keys()].filter((file) => folders.some((folder) => isWithin(file, folder)));
  const targets = inside.flatMap((file) => [...graph.get(file).keys()]);
  return { files: inside.length, arrows: targets.filter((target) => inside.includes(target)).length };
}

const isWithin = (file, place) => file === place || file.startsWith(`${place}/`);

/**
 * The imports that the rules do not allow, as text. A rule concerns the files in `from`, which may import each other and the files in
 * `to`; with `named`, also imports by the name of the package. Files in `except` do not belong to `from`.
 */
export function violationsOf(graph, rules) {
  const lines = [];
  for (const [file, targets] of graph) {
    const belongs = (path, { from, except = [] }) =>
      from.some((place) => isWithin(path, place)) && !except.some((place) => isWithin(path, place));
    const mine = rules.filter((rule) => belongs(file, rule));
    for (const [target, name] of targets) {
      for (const rule of mine) {
        const { to, named = false, about } = rule;
        if (belongs(target, rule) || to.some((place) => isWithin(target, place))) continue;
        if (!(named && !name.startsWith("."))) lines.push(`${file} imports ${target}: ${about}`);
      }
    }
  }
  return lines;
}
