// The pages about the emulator name every option, every request of the control API and every test ID.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/paths.ts";

const sources = join(root, "demo/emulator/src");
const read = (...path: string[]) => readFileSync(join(...path), "utf8");
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = ""]) => name);

const options = all(read(sources, "cli/start-flags.ts"), /\bname: "([a-z-]+)"/g);
const requests = [
  ...read(sources, "control.ts").matchAll(/"(GET|PUT|POST)",\s*"(\/emulator\/[a-z-]+)"/g),
].map(([, method, path]) => `${method} ${path}`);
const pages = readdirSync(join(sources, "pages")).map((name) => read(sources, "pages", name));
const testIds = new Set(pages.flatMap((page) => all(page, /data-testid="([^"]+)"/g)));

/** How a pattern of test IDs is documented. */
const patterns: Readonly<Record<string, readonly string[]>> = {
  "${name}-${value}": ["response-<ID>"],
  "person-${person.id}": ["person-<ID>"],
  "card-${kind}": ["card-<kind>"],
  "fault-${endpoint}": ["fault-<endpoint>"],
  "keys-${step}": ["keys-<step>"],
  "mode-${mode}": ["mode-<mode>"],
};

for (const page of ["docs/emulator.md", "docs/emulator.ja.md"]) {
  const text = read(root, page);
  test(`${page} is complete`, () => {
    assert.ok(options.length > 15 && requests.length > 10 && testIds.size > 40);
    for (const name of options) assert.match(text, new RegExp(`\`--${name}[ \`]`), name);
    for (const request of requests) assert.ok(text.includes(`\`${request}\``), request);
    for (const id of testIds)
      for (const name of patterns[id] ?? [id]) assert.ok(text.includes(`\`${name}\``), name);
  });

  test(`${page} names no test ID and no option that does not exist`, () => {
    const [section = ""] = /^## (?:Test IDs|テスト ID)\n[\s\S]*?(?=^## )/m.exec(text) ?? [];
    const known = new Set([...testIds, ...Object.values(patterns).flat(), "data-testid", "data-state"]);
    for (const row of section.split("\n").filter((line) => line.startsWith("| ")))
      for (const name of all(row, /`([^`]+)`/g)) assert.ok(known.has(name), name);
    for (const name of all(text, /`--([a-z-]+)[ `]/g)) assert.ok(options.includes(name), name);
  });
}
