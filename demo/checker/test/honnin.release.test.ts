// honnin's own relying party refuses everything that can be refused, also what takes it long.
import assert from "node:assert/strict";
import { test } from "node:test";
import { exitCodeOf, loginRows, signingRows } from "../src/index.js";
import { honninSite } from "./sites/honnin.js";
import { setUp } from "./sites/support.js";

test("every wrong login and signature is refused, and a late result is not", async () => {
  const bench = await setUp(honninSite);
  try {
    const result = await bench.check({ requestSeconds: 60 });
    assert.equal(result.problem, undefined);
    const right = (id: string) => (id === "sign-result-late" ? "accepted" : "refused");
    assert.deepEqual(
      Object.fromEntries(result.rows.map(({ row, verdict }) => [row.id, verdict])),
      Object.fromEntries([...loginRows, ...signingRows].map(({ id }) => [id, right(id)])),
    );
    assert.equal(exitCodeOf(result, true), 0);
  } finally {
    await bench.close();
  }
});
