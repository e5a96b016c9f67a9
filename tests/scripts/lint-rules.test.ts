// This repository's own lint rules: the usual ways of writing what they refuse are found, and nothing else.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { root } from "../support/paths.ts";
import { lintPlanted, ownRules } from "./planted.ts";

function onlyFirst(t: TestContext, rule: string, found: readonly string[], others: readonly string[]) {
  const plugins = [`${root}scripts/lint/${rule}.grit`];
  const settings = JSON.stringify({ plugins, linter: { rules: { preset: "none" } } });
  const code = [...found, ...others].map((line) => `${line};\n`).join("");
  const command = ["lint", "--max-diagnostics=none", "--colors=off", "."];
  const { output } = lintPlanted(t, code, { "biome.json": settings }, [
    "@biomejs/biome/bin/biome",
    ...command,
  ]);
  const lines = [...output.matchAll(/probe\.ts:(\d+):\d+ plugin/g)].map(([, line]) => Number(line));
  assert.deepEqual(
    [...new Set(lines)],
    found.map((_, index) => index + 1),
    output,
  );
}

/** For each rule: ways of writing what it refuses, and others. */
const rules: Record<string, readonly [found: readonly string[], others: readonly string[]]> = {
  "protocol-text": [
    [
      "text.trim()",
      "maybe?.trim()",
      "text.trimStart()",
      "maybe?.trimStart()",
      "text.trimEnd()",
      "maybe?.trimEnd()",
      "text.trimLeft()",
      "maybe?.trimLeft()",
      "text.trimRight()",
      "maybe?.trimRight()",
      'text["trim"]()',
      "text.trim?.()",
      "String.prototype.trim.call(text)",
      "text.toLowerCase()",
      "maybe?.toLowerCase()",
      "text.toUpperCase()",
      "maybe?.toUpperCase()",
      "text.toLocaleLowerCase()",
      "text.toLocaleUpperCase('ja')",
      "text.localeCompare('a')",
      "text.normalize()",
      "/\\s/.test(text)",
      "/[^\\S]/.test(text)",
      "/\\p{White_Space}/u.test(text)",
      'new RegExp("\\\\s").test(text)',
      'new RegExp("\\\\s", "g").test(text)',
      'RegExp("\\\\s").test(text)',
      'RegExp("a\\\\s", "g").test(text)',
      "/a/iu.test(text)",
    ],
    ["/[ \\t]/i.test(text)", 'new RegExp("[ \\\\t]").test(text)', 'text.split(",")', "/\\p{L}/u.test(text)"],
  ],
  "new-keys": [
    [
      'generateKeyPairSync("ed25519")',
      'generateKeyPairSync("ec", { namedCurve: "P-256" })',
      'crypto.generateKeyPairSync("ec", { namedCurve })',
      'crypto["generateKeyPairSync"]("ed25519")',
      'generateKeyPairSync?.("ed25519")',
      "crypto?.generateKeyPairSync('ed25519')",
      "pair(generateKeyPairSync)",
      'generateKeyPair("ed25519", {}, callback)',
      'generateKeyPair("ed25519", undefined, (error, publicKey) => publicKey)',
      'generateKeyPair?.("ed25519", {}, callback)',
      'crypto.generateKeyPair("ed25519", {}, callback)',
      'crypto?.generateKeyPair("ed25519", {}, callback)',
      'crypto["generateKeyPair"]("ed25519", {}, callback)',
      'generateKeyPair("ed25519", (error, publicKey) => publicKey)',
      'crypto.generateKeyPair("ed25519", (error, publicKey) => publicKey)',
      "promisify(generateKeyPair)",
      "promisify(crypto.generateKeyPair)",
      "util.promisify(generateKeyPair)",
      "util.promisify(crypto.generateKeyPair)",
    ],
    [
      // jose, which makes its keys with Web Crypto.
      'generateKeyPair("ES256")',
      'generateKeyPair("ES256", { extractable: true })',
      'jose.generateKeyPair("ES256")',
      'import { generateKeyPair } from "jose"',
      'newEcKeyPair("P-256")',
    ],
  ],
};

for (const [rule, [found, others]] of Object.entries(rules))
  test(`${rule} finds each of them, and nothing else`, (t) => onlyFirst(t, rule, found, others));

test("each rule is tried", () => {
  assert.deepEqual(Object.keys(rules).sort(), ownRules());
});
