// Every site of the catalogue with every row, except that those that never answer are waited for only where the time is limited.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loginRows } from "../src/index.js";
import { catalogue, readRecorded } from "./sites/catalogue.js";
import { setUp } from "./sites/support.js";

const recorded = await readRecorded();

for (const { id, make, version, limitsTime, needs } of catalogue) {
  // `npm run test:full` looks for Python, and fails in CI without it. Go is not part of it.
  const missing = needs !== undefined && process.env[needs] === undefined;
  test(id, { skip: missing && `${needs} names no program` }, async () => {
    const entry = recorded.entries.find((one) => one.id === id);
    assert.ok(entry !== undefined);
    assert.equal(await version(), entry.version);
    const only = loginRows.map((row) => row.id).filter((row) => limitsTime || !row.endsWith("-slow"));
    const bench = await setUp(make);
    try {
      const { rows, problem } = await bench.check({ only, requestSeconds: recorded.requestSeconds });
      assert.equal(problem, undefined);
      for (const { row, verdict } of rows) assert.equal(verdict, entry.verdicts[row.id], row.id);
      assert.equal(rows.length, only.length);
    } finally {
      await bench.close();
    }
  });
}
