import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIds, signatureCheckIds } from "../src/check-ids.ts";
import { basicItemNames } from "../src/data.ts";
import {
  allCodes,
  errorGroupNames,
  errorGroups,
  signingGroup,
  signingGroupNames,
  verificationGroup,
  verificationGroupNames,
} from "../src/error-groups.ts";
import { texts } from "../src/texts/index.ts";

/** Every text with the path to it; functions are asked for theirs. */
function flatten(value: unknown, path: string): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, member]) => flatten(member, `${path}.${name}`));
  }
  return [];
}

const ja = new Map(flatten(texts.ja, ""));
const en = new Map(flatten(texts.en, ""));
const timeline = { scopes: "openid", passed: 1, skipped: 1 };
for (const [lang, all] of [
  ["ja", ja],
  ["en", en],
] as const) {
  for (const service of ["emulator", "production"] as const) {
    for (const items of ["received", "refused", "none"] as const) {
      const events = texts[lang].timeline({ ...timeline, service, items });
      for (const [path, text] of flatten(events, `.timeline.${service}.${items}`)) all.set(path, text);
    }
  }
}

test("both languages have the same texts, none of them empty", () => {
  assert.deepEqual([...ja.keys()].sort(), [...en.keys()].sort());
  for (const [path, text] of [...ja, ...en]) assert.notEqual(text.trim(), "", path);
});

test("Japanese texts are Japanese, English ones English", () => {
  const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
  const exempt = new Set([".lang", ".otherLanguage"]);
  for (const [path, text] of ja) {
    // Schemes have names, not words.
    const isName = path.endsWith(".actor") || path.startsWith(".signature.schemes.");
    if (!exempt.has(path) && !isName) assert.match(text, japanese, path);
  }
  for (const [path, text] of en) if (!exempt.has(path)) assert.doesNotMatch(text, japanese, path);
});

test("every check, item, error code and group has its text", () => {
  for (const t of Object.values(texts)) {
    assert.deepEqual(Object.keys(t.checks), [...checkIds, ...signatureCheckIds]);
    assert.deepEqual(Object.keys(t.items).sort(), [...basicItemNames].sort());
    assert.deepEqual(Object.keys(t.errors).sort(), Object.keys(errorGroups).sort());
    assert.deepEqual(Object.keys(t.errorGroups).sort(), [...errorGroupNames].sort());
  }
  assert.deepEqual([...new Set(Object.values(errorGroups))].sort(), [...errorGroupNames].sort());
});

test("every group of a signature's and of a verification's errors has its text, and a code that leads to it", () => {
  for (const { refusal } of Object.values(texts)) {
    assert.deepEqual(Object.keys(refusal.signingGroups).sort(), [...signingGroupNames].sort());
    assert.deepEqual(Object.keys(refusal.verificationGroups).sort(), [...verificationGroupNames].sort());
  }
  assert.deepEqual([...new Set(allCodes.map(signingGroup))].sort(), [...signingGroupNames].sort());
  assert.deepEqual([...new Set(allCodes.map(verificationGroup))].sort(), [...verificationGroupNames].sort());
  assert.equal(new Set(allCodes).size, allCodes.length);
});
