// Writes the report where readers find it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../support/paths.ts";
import type { Results } from "../results.ts";
import { page } from "./page.ts";

const start = "<!-- npm run capacity -- --write -->";

export function writeReport(results: Results): void {
  const file = join(root, "docs", "capacity.md");
  const text = readFileSync(file, "utf8");
  const at = text.indexOf(start);
  if (at === -1) throw new Error(`docs/capacity.md must contain ${start}.`);
  writeFileSync(file, `${text.slice(0, at + start.length)}\n\n${page(results)}\n`);
  process.stderr.write("docs/capacity.md is written.\n");
}
