// The rules of Biome, with this repository's own settings: what is planted is refused.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { root } from "../support/paths.ts";
import { lintPlanted, ownRules, read } from "./planted.ts";

function biome(t: TestContext, code: string, path?: string) {
  const settings = read("biome.jsonc")
    .replaceAll('"./scripts/', `"${root.replaceAll("\\", "/")}scripts/`)
    // The folder is no repository.
    .replace('"useIgnoreFile": true', '"useIgnoreFile": false');
  const command = ["lint", "--error-on-warnings", "--colors=off", "--max-diagnostics=none", "."];
  return lintPlanted(t, code, { "biome.jsonc": settings }, ["@biomejs/biome/bin/biome", ...command], path);
}

const refused = {
  noDebugger: "export function f() {\n  debugger;\n}\n",
  noGlobalEval: 'export const f = () => eval("1");\n',
  noExplicitAny: "export const f = (value: any) => value;\n",
  noDoubleEquals: "export const f = (a: string, b: string) => a == b;\n",
  noNonNullAssertion: "export const f = (a: string | undefined) => a!.length;\n",
  noAssignInExpressions: "export const f = (a: { b: number }) => void (a.b = 1);\n",
  noUnusedImports: 'import { join } from "node:path";\n\nexport const f = 1;\n',
  noConfusingVoidType: "export type F = () => string | void;\n",
};

for (const [rule, code] of Object.entries(refused)) {
  test(`Biome refuses ${rule}`, (t) => {
    const { status, output } = biome(t, code);
    assert.notEqual(status, 0, output);
    assert.match(output, new RegExp(`probe\\.ts:\\d+:\\d+ (lint/\\w+/)?${rule}\\b`));
  });
}

interface Override {
  readonly includes: readonly string[];
  readonly plugins?: readonly string[];
}

/** Where the settings say that a rule of this repository holds: `demo/**`, or an exception, `!demo/start.ts`. */
function places(rule: string): readonly string[] {
  const settings = JSON.parse(read("biome.jsonc").replace(/^\s*\/\/.*$/gm, ""));
  const overrides: readonly Override[] = settings.overrides;
  return overrides
    .filter(({ plugins }) => plugins?.includes(`./scripts/lint/${rule}.grit`))
    .flatMap(({ includes }) => includes);
}

/** The file of a place: the one that it names, or one of its folder. */
const fileOf = (place: string) => place.replace(/^!/, "").replace("**", "probe.ts");

/** For each rule of this repository: what it refuses, what it says, where it holds, and a folder where it does not. */
const own = {
  "protocol-text": {
    code: "export const f = (text: string) => text.trim();\n",
    says: "This follows Unicode",
    holds: ["js/src/**", "demo/worker/src/**", "demo/emulator/src/**"],
    elsewhere: "tests/**",
  },
  "new-keys": {
    code: 'import { generateKeyPairSync } from "node:crypto";\n\nexport const f = () => generateKeyPairSync("ed25519");\n',
    says: "In Node 20, the export of such a key",
    holds: ["demo/**", "js/test/**", "tests/**", "crate/tests/**", "!demo/jpki/src/keys/new-key-pair.ts"],
    elsewhere: "js/src/**",
  },
};

for (const [rule, { code, says, holds, elsewhere }] of Object.entries(own))
  test(`Biome refuses what is against ${rule}, where the settings say so`, (t) => {
    assert.deepEqual(places(rule), holds);
    for (const place of holds.filter((place) => !place.startsWith("!"))) {
      const { status, output } = biome(t, code, fileOf(place));
      assert.notEqual(status, 0, place);
      assert.match(output, new RegExp(`probe\\.ts:\\d+:\\d+ plugin\\b.*${says}`, "s"), place);
    }
    for (const place of [elsewhere, ...holds.filter((place) => place.startsWith("!"))]) {
      const { status, output } = biome(t, code, fileOf(place));
      assert.equal(status, 0, output);
    }
  });

test("each of this repository's own rules is tried", () => {
  assert.deepEqual(Object.keys(own).sort(), ownRules());
});

test("what keeps to the rules passes", (t) => {
  const { status, output } = biome(t, "export const f = (a: string, b: string): boolean => a === b;\n");
  assert.equal(status, 0, output);
});

test("the rules that are off are few, and each says why", () => {
  const settings = read("biome.jsonc");
  const off = settings.split("\n").filter((line) => /"(off|none)"/.test(line));
  assert.deepEqual(
    off.map((line) => /"(\w+)": "(?:off|none)"/.exec(line)?.[1]),
    // The rules for React and Vue, and one rule for Svelte: two pages of tests are written with them.
    ["react", "noUnusedVariables", "noConfusingVoidType"],
  );
});
