import assert from "node:assert/strict";
import { test } from "node:test";
import { parseStrictObject } from "../src/strict-json.js";

const parse = (text: string) => parseStrictObject(new TextEncoder().encode(text));

const objects: [string, boolean][] = [
  ['{"a":1,"b":[{"a":1},{"a":2}]}', true],
  [String.raw`{"a\\":1,"a\\\\":2,"a\"":3,"a":4}`, true],
  [String.raw`{"a":"\"a\":{,","b":"}\\","c":"\\\"}"}`, true],
  ['{"a":{"b":1},"b":{"b":1}}', true],
  ['{"":"","a":[[],{}]}', true],
  ['{"a":1,"a":1}', false],
  ['{"a":1, "b":{} , "\\u0061" : 2}', false],
  [String.raw`{"a\\":"\\","a\u005c":2}`, false],
  ['{"x":[{"a":1,"b":"]","a":2}]}', false],
  ['{"":1,"":2}', false],
  ['{"__proto__":1,"__proto__":2}', false],
  ["[]", false],
  ["null", false],
  ['\ufeff{"a":1}', false],
];
for (const [text, isTaken] of objects) {
  test(`${JSON.stringify(text)} is ${isTaken ? "taken" : "refused"}`, () => {
    assert.deepEqual(parse(text), isTaken ? JSON.parse(text) : undefined);
  });
}

test("texts may be as long as the platform lets them be, and what stands behind them is looked at", () => {
  const long = "A".repeat(20_000_000);
  assert.equal(parse(`{"a":"${long}"}`)?.a, long);
  assert.equal(parse(`{"a":"${long}","a":1}`), undefined);
  assert.ok(parse(`{"a":"${String.raw`\"`.repeat(1_000_000)}"}`));
});
