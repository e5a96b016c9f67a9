// Tests as pages name them: `file` — `title`.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/paths.ts";

export const citation = /`([\w./-]+\.(?:ts|json|rs))` — `([^`]+)`/g;

/** What a page names and is not there. */
export function missing(page: string): string[] {
  return [...page.matchAll(citation)]
    .filter(([, file = "", title = ""]) => !isThere(file, title))
    .map(([text]) => text);
}

/** What stands between the literal parts of a title that is put together in a loop, as early or as late as they can end. */
function partsOf(template: string, title: string): (string[] | undefined)[] {
  const literals = template.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/);
  const escaped = literals.map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  return ["(.+?)", "(.+)"].map((gap) => new RegExp(`^${escaped.join(gap)}$`).exec(title)?.slice(1));
}

/**
 * Whether a test of this title is in a file: literally, or put together of a template and of texts that stand in the file, too.
 * In a table of cases, it is a case's name or id; in Rust, the function's name.
 */
export function isThere(file: string, title: string): boolean {
  if (!existsSync(join(root, file))) return false;
  const source = readFileSync(join(root, file), "utf8");
  if (file.endsWith(".rs")) return new RegExp(`#\\[test\\]\n(?:#\\[.*\\]\n)*fn ${title}\\(\\)`).test(source);
  if (file.endsWith(".json")) {
    return (JSON.parse(source) as { name: string }[]).some(({ name }) => name === title);
  }
  if (!file.endsWith(".test.ts")) return source.includes(`id: ${JSON.stringify(title)},`);
  const titles = [
    ...source.matchAll(/\b(?:test|inEachEngine)\(\s*(?:"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g),
  ];
  return titles.some(([, literal, template]) => {
    if (literal !== undefined) return literal.replaceAll('\\"', '"') === title;
    return partsOf(template ?? "", title).some((parts) => parts?.every((part) => source.includes(part)));
  });
}
