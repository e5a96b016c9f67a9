// What was handed on is not handed on again because the site could not take the answer.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Signing } from "../../../src/relying-party/index.js";
import { codeOf } from "../browser.js";

import { openSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

/** A site whose `onSigned` fails at first. */
function failingSite(forward: (call: number) => unknown) {
  const state = { calls: 0, fails: true };
  const taken: Signing[] = [];
  const opened = openSite(world, {
    open: undefined,
    forward: async () => {
      state.calls += 1;
      return forward(state.calls);
    },
    onSigned: (signing) => {
      if (state.fails) throw new Error("the database is out");
      taken.push(signing);
    },
  });
  return { ...opened, state, taken };
}

function forwardedOf([signing]: Signing[]): unknown {
  assert.ok(signing?.verification === "not-checked");
  return signing.forwarded;
}

const cycle: Record<string, unknown> = {};
cycle.self = cycle;
cycle.again = [cycle, cycle];

const answers: [string, unknown, number][] = [
  ["an object", { accepted: true, ids: ["一", 2, null], nested: { none: null } }, 1],
  ["nothing", undefined, 1],
  ["null", null, 1],
  ["a text as long as can be kept", "x".repeat(65_534), 1],
  ["a longer text", "x".repeat(65_535), 2],
  ["a date", new Date(0), 2],
  ["a map", new Map([["a", 1]]), 2],
  ["a big integer", 1n, 2],
  ["a list with a gap", [1, undefined], 2],
  ["bytes", { bytes: new Uint8Array(3) }, 2],
  ["no number", [Number.NaN], 2],
  ["a cycle", cycle, 2],
  ["a function", { toJSON: () => "x" }, 2],
];
for (const [name, answer, calls] of answers) {
  test(`forward that returned ${name} is called ${calls === 1 ? "once" : "again"} when onSigned failed`, async () => {
    const opened = failingSite(() => answer);
    assert.equal(await codeOf(await opened.browser.send(await opened.begin())), "internal-error");
    assert.equal(await codeOf(await opened.resume()), "internal-error");
    assert.equal(opened.state.calls, calls);
    opened.state.fails = false;
    opened.state.calls = 0;
    assert.equal((await opened.resume()).status, 303);
    assert.equal(opened.state.calls, calls - 1);
    assert.deepEqual(forwardedOf(opened.taken), answer);
    assert.equal(opened.store.entries.size, 0);
  });
}

test("a forward that failed is called again", async () => {
  const opened = failingSite((call) => {
    if (call === 1) throw new Error("the operator is out");
    return { call };
  });
  opened.state.fails = false;
  assert.equal(await codeOf(await opened.browser.send(await opened.begin())), "internal-error");
  assert.equal((await opened.resume()).status, 303);
  assert.deepEqual(forwardedOf(opened.taken), { call: 2 });
});

test("what was handed on is used though it cannot be kept, and a record that is gone is not made anew", async () => {
  for (const harm of ["set", "clear"] as const) {
    const opened = failingSite((call) => {
      if (harm === "set") opened.store.fail = { set: true };
      else opened.store.all.clear();
      return { call };
    });
    opened.state.fails = false;
    const callback = await opened.begin();
    const done = await opened.browser.send(callback);
    assert.equal(done.status, 303, await done.text());
    assert.deepEqual(forwardedOf(opened.taken), { call: 1 });
    assert.equal(opened.store.entries.size, 0);
    // Started, handed in, authorized, fetched.
    assert.equal(opened.store.history.length, 4);
  }
});
