// The lint rule against functions that follow Unicode: each way of writing them is found, and what is ASCII is not.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "../..");
const biome = join(root, "node_modules/@biomejs/biome/bin/biome");

const found = [
  "text.trim()",
  "maybe?.trim()",
  "text.trimStart()",
  "text.trimRight()",
  'text["trim"]()',
  "text.trim?.()",
  "String.prototype.trim.call(text)",
  "text.toLowerCase()",
  "text.toLocaleUpperCase('ja')",
  "text.localeCompare('a')",
  "text.normalize()",
  "/\\s/.test(text)",
  "/[^\\S]/.test(text)",
  "/\\p{White_Space}/u.test(text)",
  'new RegExp("\\\\s").test(text)',
  'RegExp("a\\\\s", "g").test(text)',
  "/a/iu.test(text)",
];
const ascii = [
  "/[ \\t]/i.test(text)",
  'new RegExp("[ \\\\t]").test(text)',
  'text.split(",")',
  "/\\p{L}/u.test(text)",
];

test("the rule finds each of them, and nothing else", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "honnin-lint-"));
  t.after(() => rm(folder, { recursive: true }));
  const rules = { recommended: false };
  const plugins = [join(root, "scripts/lint/protocol-text.grit")];
  await writeFile(join(folder, "biome.json"), JSON.stringify({ plugins, linter: { rules } }));
  await writeFile(join(folder, "probe.js"), [...found, ...ascii].map((line) => `${line};\n`).join(""));
  const output = await new Promise<string>((resolve) => {
    const options = ["lint", "--max-diagnostics=none", "--colors=off", "probe.js"];
    execFile(process.execPath, [biome, ...options], { cwd: folder }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
  const lines = [...output.matchAll(/probe\.js:(\d+):\d+ plugin/g)].map(([, line]) => Number(line));
  assert.deepEqual(
    [...new Set(lines)],
    found.map((_, index) => index + 1),
    output,
  );
});
