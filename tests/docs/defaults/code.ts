// The defaults that the sources of the package fill in, found where an option is read.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../support/paths.ts";

/** An expression of the code, and its value where it is one that can be told from the text. */
export interface Found {
  readonly expression: string;
  readonly value: unknown;
}

export function sourceOf(file: string): string {
  return readFileSync(join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}

const literal = String.raw`-?\d[\d_.]*(?: \* \d[\d_]*)?|"[^"]*"|\[[^\]]*\]|true\b|false\b`;

/** A literal's value; of the name of a constant in this file or one that it imports from, that of the constant. */
function literalValue(expression: string, file: string): unknown {
  const isLiteral = new RegExp(`^(?:${literal})$`).test(expression);
  if (isLiteral && /^[-\d]/.test(expression))
    return expression
      .split(" * ")
      .reduce((product, factor) => product * Number(factor.replaceAll("_", "")), 1);
  if (isLiteral) return JSON.parse(expression.replace(/,\s*\]$/, "]"));
  if (!/^\w+$/.test(expression)) return undefined;
  const source = sourceOf(file);
  const [, own] =
    new RegExp(`const ${expression}(?:: [^=]+)? = (${literal})(?: as const)?;`).exec(source) ?? [];
  if (own !== undefined) return literalValue(own, file);
  const imported = new RegExp(String.raw`import \{[^}]*\b${expression}\b[^}]*\} from "(\.[^"]+)"`).exec(
    source,
  )?.[1];
  if (imported === undefined) return undefined;
  return literalValue(expression, join(file, "..", imported).replace(/\.js$/, ".ts"));
}

/** What this file takes in place of an option of this name that is left out: each different expression once. */
export function defaultsIn(file: string, name: string): Found[] {
  const source = sourceOf(file);
  const expression = String.raw`(${literal}|\w+(?=[,;)} ])|[^\n]+)`;
  const patterns = [
    // options.name ?? 5, readWhole("name", options.name, [1, 9]) ?? 5
    String.raw`\b${name}\b"?(?:\)|, [^()]*\))? \?\?=? ${expression}`,
    // { name = 5 }, (name = 5)
    String.raw`(?<=[{,(]\s*)(?:${name}|${name}: \w+) = (?!=)${expression}`,
    // { name: 5 }: a table of defaults
    String.raw`^\s+${name}: (?!true)(${literal}|default\w+)(?=,?$)`,
  ];
  const found = new Set(
    patterns.flatMap((pattern) =>
      [...source.matchAll(new RegExp(pattern, "gm"))].map(([, text = ""]) => text.trim()),
    ),
  );
  return [...found].map((text) => ({ expression: text, value: literalValue(text, file) }));
}
