// The use graph of a crate. A module is its file; a re-export of a parent counts for the file that it comes from.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow } from "./import-graph.mjs";

const USE = /^\s*(pub(?:\([^)]*\))?\s+)?use\s+([^;]+);/gm;
const INLINE = /\b(?:crate|super|self)(?:::\w+)+/g;

/** The graph of a crate whose `lib.rs` is in the folder. */
export function rustGraph(root, folder) {
  const modules = new Map();
  for (const file of filesBelow(root, folder, /\.rs$/)) {
    const path = file.slice(folder.length + 1).replace(/(^|\/)(mod|lib)\.rs$|\.rs$/, "");
    modules.set(path.replaceAll("/", "::"), read(join(root, file), file));
  }
  return new Map(
    [...modules].map(([path, { file, uses, text }]) => {
      const isParent = [...modules.keys()].some((other) => other !== path && isChild(path, other));
      const names = [...text.matchAll(INLINE)].map(([name]) => name);
      // A re-export of a parent is not a use.
      for (const { name, isPublic } of uses) if (!(isPublic && isParent)) names.push(name);
      const arrows = names.map((name) => [fileOf(modules, absolute(modules, path, name)), name]);
      return [file, new Map(arrows.filter(([target]) => target !== undefined && target !== file))];
    }),
  );
}

const isChild = (parent, path) => (parent === "" ? path !== "" : path.startsWith(`${parent}::`));

function read(path, file) {
  const code = existsSync(path) ? readFileSync(path, "utf8") : "";
  const text = code.replace(/#\[cfg\(test\)\]\s*mod tests \{[\s\S]*$/, "").replace(/\/\/.*$/gm, "");
  const uses = [...text.matchAll(USE)].flatMap(([, isPublic, tree]) =>
    flat(tree.replace(/\s+/g, " ").trim()).map((name) => ({ name, isPublic: isPublic !== undefined })),
  );
  // A visibility names a module and uses nothing of it.
  return { file, uses, text: text.replace(USE, "").replace(/\bpub\(in [^)]*\)/g, "") };
}

/** `a::{b, c::{d, self}}` as `a::b`, `a::c::d`, `a::c`; names after `as` are kept, to look up re-exports. */
function flat(tree) {
  const open = tree.indexOf("{");
  if (open < 0) return [tree.replace(/::self$/, "")];
  const inner = tree.slice(open + 1, tree.lastIndexOf("}"));
  const parts = [];
  let depth = 0;
  let part = "";
  for (const character of `${inner},`) {
    if (character === "," && depth === 0) {
      if (part.trim() !== "") parts.push(part.trim());
      part = "";
      continue;
    }
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    part += character;
  }
  return parts.flatMap((each) =>
    flat(each === "self" ? tree.slice(0, open - 2) : tree.slice(0, open) + each),
  );
}

/** The path from the crate's root; `undefined` for other crates. */
function absolute(modules, path, name) {
  const segments = name.replace(/ as \w+$/, "").split("::");
  const here = path === "" ? [] : path.split("::");
  if (segments[0] === "crate") return segments.slice(1);
  if (segments[0] === "self") return [...here, ...segments.slice(1)];
  const up = segments.findIndex((segment) => segment !== "super");
  if (up > 0) return [...here.slice(0, here.length - up), ...segments.slice(up)];
  return modules.has([...here, segments[0]].join("::")) ? [...here, ...segments] : undefined;
}

function fileOf(modules, segments, depth = 0) {
  if (segments === undefined || depth > 8) return undefined;
  let length = segments.length;
  while (length > 0 && !modules.has(segments.slice(0, length).join("::"))) length -= 1;
  const path = segments.slice(0, length).join("::");
  const owner = modules.get(path);
  const name = segments[length];
  if (owner === undefined || name === undefined || name === "*") return owner?.file;
  const passedOn = owner.uses.find((use) => use.isPublic && use.name.split(/::| as /).at(-1) === name);
  const origin = passedOn === undefined ? undefined : absolute(modules, path, passedOn.name);
  return (origin === undefined ? undefined : fileOf(modules, origin, depth + 1)) ?? owner.file;
}
