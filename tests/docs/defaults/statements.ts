// What doc comments say of defaults.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../support/paths.ts";

/** A doc comment that speaks of a default. */
export interface Statement {
  /** From the root. */
  readonly file: string;
  /** What the comment stands before: `Interface.member`, or what is declared. */
  readonly of: string;
  /** The comment, on one line. */
  readonly text: string;
  /** What it says, as far as it says it outright. */
  readonly says: Said;
}

/** A value, or words. */
export type Said = { readonly value: unknown } | { readonly words: string };

const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*\n([^\n]*)/g;

function oneLine(text: string): string {
  return text.replace(/\n\s*\* ?/g, " ").trim();
}

/** The interface or type that is open at this place. */
function ownerAt(source: string, at: number): string | undefined {
  const before = source.slice(0, at);
  const opened = [...before.matchAll(/^(?:export )?(?:interface|type) (\w+)/gm)].at(-1);
  if (opened === undefined) return undefined;
  const closed = /^(?:\}|[^\s}][^\n]*;$)/m.test(before.slice(opened.index + opened[0].length));
  return closed ? undefined : opened[1];
}

/** Members of an object type within a member, as `revocation.require`. */
function outerMember(source: string, at: number, indent: number): string {
  const lines = source.slice(0, at).split("\n").reverse();
  const line = lines.find(
    (text) => /^ *readonly \w+\??:(?: *\|)?$/.test(text) && text.search(/\S/) < indent - 2,
  );
  return line === undefined || indent <= 4 ? "" : `${/readonly (\w+)/.exec(line)?.[1]}.`;
}

/** All statements of a TypeScript file. */
function statementsOf(file: string): Statement[] {
  const source = readFileSync(join(root, file), "utf8");
  const found: Statement[] = [];
  for (const match of source.matchAll(comment)) {
    const [whole, body = "", after = ""] = match;
    const text = oneLine(body).replace(/@example[\s\S]*$/, "");
    if (!/\bdefaults?\b/i.test(text)) continue;
    const member = /^\s*(?:readonly )?(\w+)\??[:(]/.exec(after)?.[1];
    const declared = /\b(?:function|const|class|interface|type) (\w+)/.exec(after)?.[1];
    const owner = ownerAt(source, match.index);
    const indent = whole.split("\n").at(-1)?.search(/\S/) ?? 0;
    const of =
      owner !== undefined && member !== undefined
        ? `${owner}.${outerMember(source, match.index, indent)}${member}`
        : (declared ?? member ?? after.trim());
    found.push({ file, of, text, says: saidBy(text) });
  }
  return found;
}

/** What follows "Default": a number, code, names of algorithms; or words. */
export function saidBy(text: string): Said {
  const [, rest = ""] = /\bDefault(?: is)? ([^:][\s\S]*)$/.exec(text) ?? [];
  const number = /^(-?\d[\d,]*(?:\.\d+)?)(?![\w])/.exec(rest)?.[1];
  if (number !== undefined) return { value: Number(number.replaceAll(",", "")) };
  if (/^(true|false)\b/.test(rest)) return { value: rest.startsWith("true") };
  if (/^none\b/.test(rest)) return { words: "none" };
  const code = /^`([^`]+)`/.exec(rest)?.[1];
  if (code !== undefined) return { value: fromCode(code) };
  if (/^[A-Z][\w+-]*\d[\w+-]*,/.test(rest)) return { value: rest.replace(/\.[\s\S]*$/, "").split(", ") };
  const [, words = text] = /\bDefault: ([\s\S]*)$/.exec(text) ?? [];
  return { words };
}

/** `"der"` and `["ES256"]` as they are written, and `der` as a word. */
function fromCode(code: string): unknown {
  try {
    return JSON.parse(code);
  } catch {
    return code;
  }
}

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* sources(path);
    else if (entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts")) yield path;
  }
}

/** All statements of the package's sources. */
export function statements(): Statement[] {
  return [...sources("js/src")].sort().flatMap(statementsOf);
}
