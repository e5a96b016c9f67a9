// docs/environments.md: its recipes are those of the projects that are run, and its table has all of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { environments } from "../matrix/environments.ts";
import { versionsOf } from "../matrix/report.ts";
import { root } from "../support/paths.ts";

const page = readFileSync(join(root, "docs", "environments.md"), "utf8");
const [, recipes = "", table = ""] = page.split(/^## /m);

test("each line of a recipe is in a file that its paragraph links to", () => {
  let linked = "";
  let blocks = 0;
  for (const part of recipes.split(/(```\w+\n[\s\S]*?```)/)) {
    if (!part.startsWith("```")) {
      const paths = [...part.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, path = ""]) => path);
      if (paths.length > 0) linked = paths.map((path) => readFileSync(join(root, path), "utf8")).join("\n");
      continue;
    }
    blocks++;
    for (const line of part.split("\n").slice(1, -1))
      assert.ok(linked.includes(line.trim()), `no linked file has: ${line}`);
  }
  assert.ok(blocks > 5, `${blocks} recipes`);
});

test("the table has every environment with its version; all of them ran, and nothing failed", () => {
  const rows = table.split("\n").filter((line) => line.startsWith("| "));
  const shown = rows.map((row) => row.split("|").map((cell) => cell.trim()));
  for (const environment of environments) {
    const row = shown.find(([, title]) => title === environment.title);
    assert.ok(row, `${environment.title} is not in the table: npm run test:matrix -- --write`);
    // The version of what is not pinned here is that of the machine.
    if (environment.version === undefined) assert.equal(row[2], versionsOf(environment), environment.title);
  }
  const titles = shown.map(([, title]) => title).filter((title) => title !== "" && title !== "environment");
  for (const title of titles)
    assert.ok(
      environments.some((environment) => environment.title === title),
      `${title} is no environment`,
    );
  assert.doesNotMatch(table, /failed|not run/);
});
