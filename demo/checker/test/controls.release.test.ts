// The site that checks nothing, with every signature.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isFault, signingRows } from "../src/index.js";
import { trustingSite } from "./sites/controls.js";
import { setUp } from "./sites/support.js";

test("a site that checks nothing gets every signature wrong, unless the person gives up", async () => {
  const bench = await setUp(trustingSite);
  try {
    const result = await bench.check({ only: signingRows.map(({ id }) => id) });
    assert.equal(result.problem, undefined);
    const givenUp = ["sign-cancelled", "sign-pin-locked"];
    for (const { row, verdict } of result.rows)
      assert.equal(verdict, givenUp.includes(row.id) ? "refused" : "accepted", row.id);
    assert.equal(result.rows.length, signingRows.length);
    // What nothing is wrong with is no fault, whoever accepts it.
    const cope = signingRows.filter(({ level }) => level === "cope").length;
    assert.equal(
      result.rows.filter((one) => isFault(one, true)).length,
      signingRows.length - givenUp.length - cope,
    );
  } finally {
    await bench.close();
  }
});
