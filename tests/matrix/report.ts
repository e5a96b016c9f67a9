// The table of the results, on the terminal and in the page.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/paths.ts";
import type { Environment, Extent, Row } from "./environment.ts";
import { cache } from "./tarball.ts";

export const resultsFolder = join(cache, "results");
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

/** As Markdown. */
export function table(results: readonly Result[]): string {
  const lines = results.flatMap(({ environment, rows }) => {
    if (rows.length === 0) return [`| ${environment.title} | ${versionsOf(environment)} | | | not run |`];
    return rows.map((row, at) => {
      const [title, version] = at === 0 ? [environment.title, versionsOf(environment)] : ["", ""];
      return `| ${title} | ${version} | ${row.place} | ${extents[row.extent]} | ${verdictOf(row)} |`;
    });
  });
  return ["| environment | version | place | things | result |", "|---|---|---|---|---|", ...lines].join(
    "\n",
  );
}

/** Writes the table of all environments, from their latest results. */
export function writePage(environments: readonly Environment[]): void {
  const results = environments.map((environment) => {
    const file = join(resultsFolder, `${environment.name}.json`);
    return { environment, rows: existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Row[]) : [] };
  });
  const text = readFileSync(page, "utf8");
  const [start, end] = marks.map((mark) => text.indexOf(mark)) as [number, number];
  if (start < 0 || end < start) throw new Error(`${page} has no place for the table.`);
  const from = start + (marks[0]?.length ?? 0);
  writeFileSync(page, `${text.slice(0, from)}\n${table(results)}\n\n${text.slice(end)}`);
}
