import assert from "node:assert/strict";
import { test } from "node:test";
import { endOfJapanDay, japanTime } from "../src/japan-time.ts";
import { texts } from "../src/texts/index.ts";

const seconds = (text: string) => Date.parse(text) / 1000;

test("a moment by the clocks of Japan", () => {
  assert.deepEqual(japanTime(seconds("2026-12-31T15:00:00Z")), {
    ...{ year: 2027, month: 1, day: 1, hour: 0, minute: 0, second: 0 },
  });
  assert.deepEqual(japanTime(seconds("2030-02-17T14:59:59Z")), {
    ...{ year: 2030, month: 2, day: 17, hour: 23, minute: 59, second: 59 },
  });
  assert.equal(japanTime(Number.MAX_SAFE_INTEGER).year, 275760);
});

test("in words", () => {
  const time = japanTime(seconds("2026-11-25T00:04:05Z"));
  assert.equal(texts.ja.dateTime(time), "2026年11月25日 09:04:05（日本時間）");
  assert.equal(texts.en.dateTime(time), "25 November 2026, 09:04:05 (Japan)");
});

test("the end of a day", () => {
  assert.equal(endOfJapanDay("2031-11-25"), seconds("2031-11-25T14:59:59Z"));
  for (const text of ["", "2031-11", "2031-13-01", "2031-02-30", "x", "2031-11-25T00:00:00Z"])
    assert.equal(endOfJapanDay(text), undefined, text);
});
