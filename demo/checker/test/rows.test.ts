import assert from "node:assert/strict";
import { test } from "node:test";
import { misbehaviours, signingMisbehaviours } from "@honnin/emulator";
import { loginStandards, signingStandards } from "../src/check/standard.js";
import { loginRows, signingRows } from "../src/index.js";

test("every misbehaviour of the emulator has its standard, and there is no other", () => {
  const idsOf = (some: readonly { readonly id: string }[]) => some.map(({ id }) => id).sort();
  assert.deepEqual(Object.keys(loginStandards).sort(), idsOf(misbehaviours));
  assert.deepEqual(Object.keys(signingStandards).sort(), idsOf(signingMisbehaviours));
});

test("every row names a section, and says why if it is left to the site", () => {
  for (const { id, level, sections, remark } of [...loginRows, ...signingRows]) {
    assert.ok(sections.length > 0 && sections.every((section) => /\d|署名API/.test(section)), id);
    if (level === "may") assert.ok(remark !== undefined && remark.ja !== "" && remark.en !== "", id);
  }
});
