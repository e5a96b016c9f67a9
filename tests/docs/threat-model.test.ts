// docs/threat-model.md names a test for each threat, and tests that exist.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/paths.ts";
import { citation, missing } from "./citations.ts";

const page = readFileSync(join(root, "docs/threat-model.md"), "utf8");
const threats = [...page.matchAll(/^\| (?!threat |-)(.+) \|$/gm)].map(([, row = ""]) =>
  row.split("|").map((cell) => cell.trim()),
);

test("every test that is named exists", () => {
  assert.deepEqual(missing(page), []);
});

test("every threat has a defence, and a test that shows it", () => {
  assert.ok(threats.length >= 30, `${threats.length} threats`);
  for (const [threat = "", defence = "", , tests = ""] of threats) {
    assert.ok(defence.length > 15, `${threat} has no defence`);
    assert.notEqual(tests.match(citation), null, `${threat} names no test`);
  }
});
