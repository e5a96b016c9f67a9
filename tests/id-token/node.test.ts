import assert from "node:assert/strict";
import { test } from "node:test";
import { verifyIdToken } from "honnin";
import { cases } from "./cases.ts";
import { differences, judge } from "./judge.ts";

test(`Node judges all ${cases.length} ID tokens of the table as it says`, async () => {
  assert.ok(cases.length >= 60);
  assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length, "names are unique");
  assert.deepEqual(differences(await judge(verifyIdToken, cases), cases), []);
});

test("the comparison notices a wrong verdict and a wrong step", () => {
  const table = [
    {
      name: "x",
      token: "",
      keys: "",
      options: {} as never,
      expected: "valid",
      steps: { signature: "passed" },
    },
  ];
  const verdicts = [{ name: "x", actual: "nonce-mismatch", steps: { signature: "skipped" } }];
  assert.deepEqual(differences(verdicts, table), [
    "x: nonce-mismatch instead of valid",
    "x: step signature skipped instead of passed",
  ]);
  assert.deepEqual(differences([], table), ["x: not judged", "x: step signature absent instead of passed"]);
});
