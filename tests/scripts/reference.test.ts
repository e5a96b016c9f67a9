// The command about the reference: a type that nobody can name, an export that says nothing and a link to nowhere are refused.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { root } from "../support/paths.ts";

const manifest = {
  name: "honnin",
  version: "1.0.0",
  type: "module",
  exports: { ".": { types: "./dist/index.d.ts" }, "./launch": { types: "./dist/launch.d.ts" } },
};

const good = {
  "js/package.json": JSON.stringify(manifest),
  "js/tsconfig.json": "{}",
  "js/dist/index.d.ts": [
    "/** A colour. */",
    'export type Colour = "red" | "blue";',
    "/** Both. */",
    "export interface Pair {",
    "    /** The one. */",
    "    readonly one: Colour;",
    "    other?: Colour;",
    "}",
    "/**",
    " * Mixes, as {@link Pair} says.",
    " *",
    " * @param pair what is mixed",
    " * @returns one of them",
    " */",
    "export declare function mix(pair: Pair): Colour;",
    "",
  ].join("\n"),
  "js/dist/launch.d.ts": [
    'import type { Colour } from "./index.js";',
    "/** The colour of a launch. */",
    "export declare const colour: Colour;",
    "",
  ].join("\n"),
};

function reference(t: TestContext, files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "honnin-reference-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries({ ...good, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const run = (...args: string[]) => {
    const command = [join(root, "scripts/reference.mjs"), "--root", folder, ...args];
    return spawnSync(process.execPath, command, { encoding: "utf8" });
  };
  return { run, read: (name: string) => readFileSync(join(folder, "docs/reference", name), "utf8"), folder };
}

test("it writes what each entry exports, and a page about it, and knows when they are current", (t) => {
  const { run, read, folder } = reference(t, {});
  const { status, stderr } = run();
  assert.equal(status, 0, stderr);
  assert.match(read("honnin.api.md"), /function mix\(pair: Pair\): Colour;/);
  const page = read("honnin.md");
  assert.match(
    page,
    /^### mix\n\n```ts\nfunction mix\(pair: Pair\): Colour;\n```\n\nMixes, as \[`Pair`\]\(#pair\) says\.$/m,
  );
  assert.match(page, /^\*\*`pair`\*\*: what is mixed\n\n\*\*Returns\*\*: one of them$/m);
  assert.match(page, /^- `readonly one: Colour`: The one\.\n- `other\?: Colour`$/m);
  assert.match(read("launch.md"), /^### colour$/m);
  assert.equal(run("--check").status, 0);
  rmSync(join(folder, "docs/reference/honnin.api.md"));
  appendFileSync(join(folder, "docs/reference/launch.md"), "more");
  writeFileSync(join(folder, "docs/reference/gone.md"), "");
  const check = run("--check");
  assert.equal(check.status, 1);
  assert.match(check.stderr, /Not current in docs\/reference: honnin\.api\.md, launch\.md, gone\.md\./);
});

const faults = {
  "a type that no entry exports": [
    "type Secret = 1;\n/** It. */\nexport declare function f(): Secret;\nexport {};\n",
    /ae-forgotten-export.*"Secret"/,
  ],
  "an export that says nothing of itself": ["export declare function f(): void;\n", /ae-undocumented.*"f"/],
  "a link that leads nowhere": [
    "/** As {@link nothing}. */\nexport declare function f(): void;\n",
    /ae-unresolved-link/,
  ],
  "a comment that cannot be read": ["/** A {@link }. */\nexport declare function f(): void;\n", /tsdoc-/],
} as const;

/** One run for all of them, each in an entry of its own: the compiler's own libraries take longest to read. */
test("each fault is refused", (t) => {
  const entries = Object.entries(faults).map(([name, fault], at) => ({ name, slug: `fault-${at}`, fault }));
  const exports = Object.fromEntries(
    entries.map(({ slug }) => [`./${slug}`, { types: `./dist/${slug}.d.ts` }]),
  );
  const { run } = reference(t, {
    "js/package.json": JSON.stringify({ ...manifest, exports: { ...manifest.exports, ...exports } }),
    ...Object.fromEntries(entries.map(({ slug, fault }) => [`js/dist/${slug}.d.ts`, fault[0]])),
  });
  const { status, stderr } = run();
  assert.equal(status, 1, stderr);
  for (const { name, slug, fault } of entries) {
    const said = stderr.split("\n").filter((line) => line.includes(slug));
    assert.match(said.join("\n"), fault[1], name);
  }
});
