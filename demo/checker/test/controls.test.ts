// The checker is checked: with a site that checks nothing, and with one that refuses everybody.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { exitCodeOf, isFault, loginRows } from "../src/index.js";
import { refusingSite, trustingLibrary, trustingSite } from "./sites/controls.js";
import { siteWith } from "./sites/site.js";
import { type Bench, setUp } from "./sites/support.js";

describe("a site that checks nothing", () => {
  let bench: Bench;
  before(async () => {
    bench = await setUp(trustingSite);
  });
  after(() => bench?.close());

  test("gets every row wrong that a site can get wrong, and only those", async () => {
    const result = await bench.check({ only: loginRows.map(({ id }) => id) });
    assert.equal(result.problem, undefined);
    const verdicts = Object.fromEntries(result.rows.map(({ row, verdict }) => [row.id, verdict]));
    const expected = loginRows.map(({ id, level }) => [id, level === "survive" ? "refused" : "accepted"]);
    assert.deepEqual(verdicts, Object.fromEntries(expected));
    assert.equal(exitCodeOf(result), 1);
    // What the standards leave to the site counts only if that is asked for.
    const faults = (strict: boolean) => result.rows.filter((one) => isFault(one, strict)).length;
    const of = (...levels: string[]) => loginRows.filter(({ level }) => levels.includes(level)).length;
    assert.deepEqual([faults(false), faults(true)], [of("must", "should"), of("must", "should", "may")]);
  });

  test("is recognised as the user says, too", async () => {
    const url = new URL("/", bench.site.origin);
    const only = ["wrong-nonce", "token-fail"];
    const result = await bench.check({ only, signedIn: { url, status: 200, text: "Welcome back" } });
    assert.deepEqual(
      result.rows.map(({ verdict }) => verdict),
      ["accepted", "refused"],
    );
    assert.deepEqual(result.signs, ["/ 200 “Welcome back”"]);
    // Everybody sees the page with this status.
    const wrong = await bench.check({ only, signedIn: { url, status: 200 } });
    assert.equal(wrong.problem?.code, "sight-wrong");
    assert.equal(exitCodeOf(wrong), 2);
  });
});

test("a site that never asks UserInfo does not accept its answers", async () => {
  const bench = await setUp(async (settings) =>
    siteWith(await trustingLibrary(settings, { asksUserinfo: false })),
  );
  try {
    const { rows } = await bench.check({ only: ["wrong-nonce", "userinfo-other-sub"] });
    assert.deepEqual(
      rows.map(({ verdict }) => verdict),
      ["accepted", "not-asked"],
    );
  } finally {
    await bench.close();
  }
});

describe("a site that refuses everybody", () => {
  for (const [status, code] of [
    [403, "login-refused"],
    [200, "indistinguishable"],
  ] as const) {
    test(`is not taken for a good one, whatever status it answers (${status})`, async () => {
      const bench = await setUp((settings) => refusingSite(settings, status));
      try {
        const result = await bench.check();
        assert.equal(result.problem?.code, code);
        assert.ok(result.rows.every(({ verdict }) => verdict === "unchecked"));
        assert.equal(exitCodeOf(result), 2);
      } finally {
        await bench.close();
      }
    });
  }
});
