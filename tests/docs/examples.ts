// The examples in the doc comments of the package's public functions, as they are published.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/paths.ts";

/** A function that an entry exports, with the code of its examples. */
export interface PublicFunction {
  /** `honnin`, `honnin/launch`, … */
  readonly entry: string;
  readonly name: string;
  readonly examples: readonly string[];
}

const packageFolder = join(root, "js");

function entries(): [entry: string, file: string][] {
  const { exports } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as {
    exports: Record<string, { types?: string }>;
  };
  return Object.entries(exports).flatMap(([path, { types }]) =>
    // `honnin/slim` has the types of `honnin`.
    types === undefined || path === "./slim" || path.startsWith("./wasm")
      ? []
      : [[path.replace(/^\./, "honnin"), join(packageFolder, types)]],
  );
}

/** The values that a file of types exports, and where each is declared. */
function exported(file: string): [name: string, declaredIn: string][] {
  const source = readFileSync(file, "utf8");
  const own = [...source.matchAll(/^export declare (?:async )?function (\w+)/gm)].map(
    ([, name = ""]): [string, string] => [name, file],
  );
  const passedOn = [...source.matchAll(/^export \{([^}]*)\} from "(\.[^"]+)";/gm)].flatMap(
    ([, names = "", from = ""]) =>
      names
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "" && !name.startsWith("type "))
        .map((name): [string, string] => [name, join(file, "..", from).replace(/\.js$/, ".d.ts")]),
  );
  return [...own, ...passedOn];
}

/** The code between the fences that follow `@example`. */
export function examplesIn(comment: string): string[] {
  const text = comment.replace(/^\s*\/?\*+\/? ?/gm, "");
  return [...text.matchAll(/^@example\s*\n```ts\n([\s\S]*?)^```/gm)].map(([, code = ""]) => code);
}

/** Every function of every entry. */
export function publicFunctions(): PublicFunction[] {
  return entries().flatMap(([entry, file]) => {
    const functions = new Map<string, PublicFunction>();
    for (const [name, declaredIn] of exported(file)) {
      const source = readFileSync(declaredIn, "utf8");
      const declaration = new RegExp(
        `(/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\s*)?^export declare function ${name}\\b`,
        "gm",
      );
      const overloads = [...source.matchAll(declaration)];
      if (overloads.length === 0) continue;
      const examples = overloads.flatMap(([, comment = ""]) => examplesIn(comment));
      functions.set(name, { entry, name, examples });
    }
    return [...functions.values()];
  });
}
