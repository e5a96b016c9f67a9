// The built declarations, as far as it takes to tell which names they export and which types these speak of. TypeScript 7 has no
// interface for programs; what its compiler writes is regular enough: each declaration begins in the first column.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageFolder } from "./program.ts";

/** Where a type is declared: the file and its name there. */
export type Place = `${string}#${string}`;

interface File {
  /** The text of each type that is declared here, functions and constants as well. */
  readonly declared: ReadonlyMap<string, { readonly isType: boolean; readonly text: string }>;
  /** Names that come from another file, by the name that they have here. */
  readonly imported: ReadonlyMap<string, Source>;
  /** Names that leave this file, by the name outside. `declared` or `imported` say what they are. */
  readonly exported: ReadonlyMap<string, Source>;
  /** Files of which all names leave this one. */
  readonly stars: readonly string[];
}

interface Source {
  readonly file: string;
  readonly name: string;
}

const files = new Map<string, File>();
const start =
  /^(?:export )?(?:declare )?(?:abstract )?(interface|type|class|enum|function|const|let)\s+(\w+)/;

/** The names of an entry's exports and where each of them is declared. */
export function exportsOf(path: string): ReadonlyMap<string, Place> {
  const { exported, stars } = read(path);
  const found = new Map([...exported].map(([name, source]) => [name, placeOf(source)]));
  for (const star of stars) for (const [name, place] of exportsOf(star)) found.set(name, place);
  return found;
}

/** The types that a declaration names, wherever they are declared: each is a place, or the module of another package. */
export function typesOf(place: Place): ReadonlySet<string> {
  const [path = "", name = ""] = place.split("#");
  const { declared, imported } = read(path);
  const found = new Set<string>();
  for (const [word] of (declared.get(name)?.text ?? "").matchAll(/[A-Za-z_$][\w$]*/g)) {
    if (word === name) continue;
    const source = imported.get(word);
    if (source !== undefined) found.add(source.file.endsWith(".d.ts") ? placeOf(source) : source.file);
    else if (declared.get(word)?.isType) found.add(`${path}#${word}`);
  }
  return found;
}

function placeOf({ file, name }: Source): Place {
  const { declared, imported, exported } = read(file);
  const further = declared.has(name) ? undefined : (imported.get(name) ?? exported.get(name));
  if (declared.has(name) || further === undefined || further.file === file) return `${file}#${name}`;
  return placeOf(further);
}

function read(path: string): File {
  const known = files.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(path, "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "");
  const declared = new Map<string, { isType: boolean; text: string }>();
  const [imported, exported] = [new Map<string, Source>(), new Map<string, Source>()];
  const stars: string[] = [];
  // Each piece begins in the first column and goes on to the next that does.
  for (const piece of text.split(/\n(?=[a-z])/)) {
    const [, direction, names, from] =
      /^(import|export)(?: type)? \{([^}]*)\}(?: from "([^"]+)")?;/.exec(piece) ?? [];
    const [, star] = /^export \* from "([^"]+)";/.exec(piece) ?? [];
    const [, kind = "", name] = start.exec(piece) ?? [];
    const [, space, module = ""] = /^import \* as (\w+) from "([^"]+)";/.exec(piece) ?? [];
    if (space !== undefined) imported.set(space, { file: module, name: "*" });
    else if (star !== undefined) stars.push(fileOf(star, path));
    else if (names !== undefined) {
      for (const [outer, inner] of namesIn(names)) {
        const file = from === undefined ? path : fileOf(from, path);
        if (direction === "import") imported.set(inner, { file, name: outer });
        else exported.set(inner, { file, name: outer });
      }
    } else if (name !== undefined) {
      // What stands in quotation marks is no name of a type.
      const body = piece.replace(/"[^"\n]*"/g, '""');
      const before = declared.get(name)?.text ?? "";
      declared.set(name, {
        isType: ["interface", "type", "class", "enum"].includes(kind),
        text: before + body,
      });
      if (piece.startsWith("export")) exported.set(name, { file: path, name });
    } else if (/\S/.test(piece) && !/^declare global \{/.test(piece))
      throw new Error(`${path}: not understood: ${piece.slice(0, 80)}`);
  }
  const file = { declared, imported, exported, stars };
  files.set(path, file);
  return file;
}

/** `type A as B, C` → [A, B], [C, C]. */
function namesIn(list: string): [string, string][] {
  return list
    .split(",")
    .map((each) => each.trim().replace(/^type /, ""))
    .filter((each) => each !== "")
    .map((each) => {
      const [outer = "", inner = outer] = each.split(" as ");
      return [outer, inner];
    });
}

function fileOf(specifier: string, from: string): string {
  if (specifier === "honnin") return join(packageFolder, "dist", "index.d.ts");
  if (!specifier.startsWith(".")) return specifier;
  return join(dirname(from), specifier.replace(/\.js$/, ".d.ts"));
}
