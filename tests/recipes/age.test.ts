import assert from "node:assert/strict";
import { test } from "node:test";
import { readBasicItems } from "honnin/relying-party";
import { isOfAge } from "../../demo/recipes/age.ts";

for (const [birthdate, now, expected] of [
  ["20081130", "2026-11-30T00:00:00+09:00", true],
  ["20081130", "2026-11-29T23:59:59+09:00", false],
  // Born on 29 February: of age on 1 March of a year without one.
  ["20080229", "2026-02-28T23:59:59+09:00", false],
  ["20080229", "2026-03-01T00:00:00+09:00", true],
  // An unknown day, an unknown month.
  ["20081100", "2026-10-31T12:00:00+09:00", false],
  ["20081100", "2026-11-15T12:00:00+09:00", undefined],
  ["20081100", "2026-12-01T12:00:00+09:00", true],
  ["20080000", "2025-12-31T12:00:00+09:00", false],
  ["20080000", "2026-06-01T12:00:00+09:00", undefined],
  ["20080000", "2026-12-31T12:00:00+09:00", true],
  // No date.
  ["20081340", "2046-01-01T00:00:00+09:00", undefined],
  [undefined, "2046-01-01T00:00:00+09:00", undefined],
] as const) {
  test(`born ${birthdate}, at ${now}: 18 or older is ${expected}`, () => {
    const items = readBasicItems(birthdate === undefined ? {} : { birthdate });
    assert.equal(isOfAge(18, items, new Date(now)), expected);
  });
}
