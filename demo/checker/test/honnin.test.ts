// honnin's own relying party, with a few rows; honnin.release.test.ts has all of them. `tests/misbehaviours` says with which code it refuses.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { exitCodeOf } from "../src/index.js";
import { honninSite } from "./sites/honnin.js";
import { type Bench, setUp } from "./sites/support.js";

let bench: Bench;
before(async () => {
  bench = await setUp(honninSite);
});
after(() => bench?.close());

test("wrong logins and signatures are refused, and a late result is not", async () => {
  const result = await bench.check({
    only: [
      ...["wrong-nonce", "forged-signature", "userinfo-other-sub", "token-fail", "response-wrong-state"],
      ...[
        "sign-cancelled",
        "sign-revoked",
        "sign-signature-other-hash",
        "sign-jwe-altered-tag",
        "sign-result-late",
      ],
    ],
    requestSeconds: 15,
  });
  assert.equal(result.problem, undefined);
  assert.equal(result.rows.length, 10);
  for (const { row, verdict } of result.rows)
    assert.equal(verdict, row.id === "sign-result-late" ? "accepted" : "refused", row.id);
  assert.equal(exitCodeOf(result, true), 0);
  assert.equal(result.signs.length, 2);
});
