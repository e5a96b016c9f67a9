// Writes the report where readers find it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../support/paths.ts";
import type { Results } from "../results.ts";
import { chartOf } from "./chart.ts";
import { page } from "./page.ts";

const [begin, end] = ["<!-- npm run bench -- --write -->", "<!-- end -->"];

/** Puts the text between the markers, and leaves the rest as it is. */
export function between(text: string, generated: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from)
    throw new Error(`docs/performance.md must contain ${begin} and ${end}, in this order.`);
  return `${text.slice(0, from + begin.length)}\n\n${generated}\n\n${text.slice(to)}`;
}

export function writeReport(results: Results): void {
  const file = join(root, "docs", "performance.md");
  writeFileSync(file, between(readFileSync(file, "utf8"), page(results)));
  for (const environment of ["Node", "Chromium"] as const) {
    const name = `performance-${environment.toLowerCase()}.svg`;
    writeFileSync(join(root, "docs", "images", name), chartOf(results, environment));
  }
  process.stderr.write("\ndocs/performance.md and its charts are written.\n");
}
