// Sites with other libraries, with a few rows each: what was recorded is still so. libraries.release.test.ts has all rows.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { loginRows } from "../src/index.js";
import { pageFile, pageOf } from "./checked-libraries-page.js";
import { authjsSite } from "./sites/authjs.js";
import { catalogue, readRecorded } from "./sites/catalogue.js";
import { setUp } from "./sites/support.js";

const only = [
  "wrong-audience",
  "forged-signature",
  "userinfo-other-sub",
  "response-wrong-state",
  "token-fail",
];

describe("what was recorded of other libraries", async () => {
  const { entries } = await readRecorded();

  test("is of every site, with every row", () => {
    assert.deepEqual(
      entries.map(({ id }) => id),
      catalogue.map(({ id }) => id),
    );
    for (const { verdicts } of entries)
      assert.deepEqual(Object.keys(verdicts).sort(), loginRows.map(({ id }) => id).sort());
  });

  for (const id of ["oauth4webapi", "openid-client", "authjs"]) {
    test(`is still so: ${id}`, async () => {
      const entry = catalogue.find((one) => one.id === id);
      const recorded = entries.find((one) => one.id === id);
      assert.ok(entry !== undefined && recorded !== undefined);
      assert.equal(await entry.version(), recorded.version);
      const bench = await setUp(entry.make);
      try {
        const { rows, problem } = await bench.check({ only, requestSeconds: 15 });
        assert.equal(problem, undefined);
        for (const { row, verdict } of rows) assert.equal(verdict, recorded.verdicts[row.id], row.id);
        assert.equal(rows.length, only.length);
      } finally {
        await bench.close();
      }
    });
  }
});

test("the pages about them are those that the record makes", async () => {
  const recorded = await readRecorded();
  for (const language of ["ja", "en"] as const)
    assert.equal(readFileSync(pageFile(language), "utf8"), pageOf(recorded, language));
});

test("the state of Auth.js is longer than the service accepts", async () => {
  const bench = await setUp((settings) => authjsSite(settings, { fits: false }));
  try {
    const { problem } = await bench.check({ only });
    assert.equal(problem?.code, "request-refused");
    assert.match(problem?.about ?? "", /state/);
  } finally {
    await bench.close();
  }
});
