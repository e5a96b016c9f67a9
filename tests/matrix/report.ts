// The table of the results, on the terminal and in the page.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/paths.ts";
import type { Environment, Extent, Row } from "./environment.ts";

const page = join(root, "docs", "environments.md");
const marks = [
  "<!-- The table is written by `npm run test:matrix -- --write`. -->\n",
  "<!-- End of the table. -->",
];

export interface Result {
  readonly environment: Environment;
  readonly rows: readonly Row[];
}

const extents: Record<Extent, string> = {
  server: "six",
  page: "five, element",
  worker: "five",
  "no WebAssembly": "two, element; `webassembly-unavailable`",
};

export function versionsOf({ packages, shown = 1, version }: Environment): string {
  if (version !== undefined) return version;
  const pinned = Object.entries(packages).slice(0, shown);
  return pinned.length === 1
    ? (pinned[0]?.[1] ?? "")
    : pinned.map(([name, number]) => `${name} ${number}`).join(", ");
}

function verdictOf({ failure, notPossible }: Row): string {
  if (failure !== undefined) return "**failed**";
  return notPossible === undefined ? "ok" : `not possible: ${notPossible}`;
}

const header = ["| environment | version | place | things | result |", "|---|---|---|---|---|"];

function linesOf({ environment, rows }: Result): readonly string[] {
  if (rows.length === 0) return [`| ${environment.title} | ${versionsOf(environment)} | | | not run |`];
  return rows.map((row, at) => {
    const [title, version] = at === 0 ? [environment.title, versionsOf(environment)] : ["", ""];
    return `| ${title} | ${version} | ${row.place} | ${extents[row.extent]} | ${verdictOf(row)} |`;
  });
}

/** As Markdown. */
export const table = (results: readonly Result[]): string =>
  [...header, ...results.flatMap(linesOf)].join("\n");

/** The lines of an environment that a table has already, of the same version. */
function linesBefore(written: string, environment: Environment): readonly string[] | undefined {
  const lines = written.split("\n");
  const start = lines.findIndex((line) =>
    line.startsWith(`| ${environment.title} | ${versionsOf(environment)} | `),
  );
  if (start < 0) return undefined;
  const isNext = (line: string, at: number) => at > start && !line.startsWith("|  |  | ");
  return lines.slice(start, lines.findIndex(isNext));
}

/** A page with the table of all environments: what came out now, and what it says already of those that did not run. */
export function withTable(
  text: string,
  environments: readonly Environment[],
  results: readonly Result[],
): string {
  const [start, end] = marks.map((mark) => text.indexOf(mark)) as [number, number];
  if (start < 0 || end < start) throw new Error("The page has no place for the table.");
  const from = start + (marks[0]?.length ?? 0);
  const written = text.slice(from, end);
  const lines = environments.flatMap((environment) => {
    const result = results.find((one) => one.environment.name === environment.name);
    if (result !== undefined) return linesOf(result);
    return linesBefore(written, environment) ?? linesOf({ environment, rows: [] });
  });
  return `${text.slice(0, from)}\n${[...header, ...lines].join("\n")}\n\n${text.slice(end)}`;
}

export function writePage(environments: readonly Environment[], results: readonly Result[]): void {
  writeFileSync(page, withTable(readFileSync(page, "utf8"), environments, results));
}
