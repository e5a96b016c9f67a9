// The pages of error codes list every code, and no other.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  launchCodes,
  networkCodes,
  relyingPartyCodes,
  runtimeCodes,
  verifierCodes,
} from "../../js/src/error-codes.ts";
import { root } from "../support/paths.ts";

const codes: string[] = [
  ...verifierCodes,
  ...runtimeCodes,
  ...networkCodes,
  ...launchCodes,
  ...relyingPartyCodes,
].sort();

test("no code stands in two lists", () => {
  assert.equal(new Set(codes).size, codes.length);
});

for (const page of ["docs/errors.md", "docs/errors.ja.md"]) {
  test(`${page} has a row with cause and remedy for every code`, () => {
    const text = readFileSync(join(root, page), "utf8");
    const rows = [...text.matchAll(/^\| `([a-z0-9-]+)` \| (.+) \| (.+) \|$/gm)];
    assert.deepEqual(rows.map(([, code]) => code).sort(), codes);
  });
}
