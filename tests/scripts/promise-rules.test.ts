// The rules about promises, which need types, with this repository's own settings: what is planted is refused.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { lintPlanted, read } from "./planted.ts";

function oxlint(t: TestContext, code: string) {
  const compilerOptions = { strict: true, module: "nodenext", target: "es2022", types: ["node"] };
  const files = {
    ".oxlintrc.json": read(".oxlintrc.json"),
    "tsconfig.json": JSON.stringify({ compilerOptions, include: ["js"] }),
  };
  return lintPlanted(t, code, files, ["oxlint/bin/oxlint", "--deny-warnings", "js"]);
}

const refused = {
  "a promise that nobody waits for": [
    "no-floating-promises",
    'import { readFile } from "node:fs/promises";\n\nreadFile("a");\n',
  ],
  "one that is passed on, and its failure with it": [
    "no-floating-promises",
    "const later = async () => 1;\nexport function f() {\n  later().then(String);\n}\n",
  ],
  "a promise as a condition": [
    "no-misused-promises",
    "const later = async () => true;\nexport const f = () => (later() ? 1 : 2);\n",
  ],
  "an async function where nobody waits for what it returns": [
    "no-misused-promises",
    "export const f = (all: number[]) => all.forEach(async (one) => one);\n",
  ],
  "a listener whose failure nobody hears": [
    "no-misused-promises",
    'import { createServer } from "node:http";\n\nexport const server = createServer(async () => {});\n',
  ],
  "waiting for what is no promise": [
    "await-thenable",
    "const now = () => 1;\nexport const f = async () => await now();\n",
  ],
} as const;

for (const [name, [rule, code]] of Object.entries(refused)) {
  test(`${name} is refused`, (t) => {
    const { status, output } = oxlint(t, code);
    assert.notEqual(status, 0, output);
    assert.match(output, new RegExp(`typescript\\(${rule}\\)`));
  });
}

test("what is waited for, what says that it is not and handles the failure, and a test pass", (t) => {
  const code = [
    'import { readFile } from "node:fs/promises";',
    'import { test } from "node:test";',
    "",
    'test("a", async () => {',
    '  void readFile("a").catch(() => undefined);',
    '  await readFile("b", "utf8");',
    "});",
    "",
  ].join("\n");
  const { status, output } = oxlint(t, code);
  assert.equal(status, 0, output);
});
