import assert from "node:assert/strict";
import { test } from "node:test";
import type { PartialDate } from "honnin/relying-party";
import { eraYear } from "../src/birth-date.ts";
import { birthDateText } from "../src/person.ts";
import { texts } from "../src/texts/index.ts";

const table: readonly (readonly [PartialDate | undefined, ja: string, en: string])[] = [
  [{ year: 2019, month: 5, day: 1 }, "2019年5月1日（令和元年）", "1 May 2019 (Reiwa 1)"],
  [{ year: 2026, month: 11, day: 23 }, "2026年11月23日（令和8年）", "23 November 2026 (Reiwa 8)"],
  [{ year: 2019, month: 4, day: 30 }, "2019年4月30日（平成31年）", "30 April 2019 (Heisei 31)"],
  [{ year: 1989, month: 1, day: 8 }, "1989年1月8日（平成元年）", "8 January 1989 (Heisei 1)"],
  [{ year: 1989, month: 1, day: 7 }, "1989年1月7日（昭和64年）", "7 January 1989 (Shōwa 64)"],
  [{ year: 1980, month: 2, day: 17 }, "1980年2月17日（昭和55年）", "17 February 1980 (Shōwa 55)"],
  [{ year: 1926, month: 12, day: 25 }, "1926年12月25日（昭和元年）", "25 December 1926 (Shōwa 1)"],
  [{ year: 1926, month: 12, day: 24 }, "1926年12月24日（大正15年）", "24 December 1926 (Taishō 15)"],
  [{ year: 1912, month: 7, day: 30 }, "1912年7月30日（大正元年）", "30 July 1912 (Taishō 1)"],
  [{ year: 1912, month: 7, day: 29 }, "1912年7月29日（明治45年）", "29 July 1912 (Meiji 45)"],
  [{ year: 1873, month: 1, day: 1 }, "1873年1月1日（明治6年）", "1 January 1873 (Meiji 6)"],
  // Before it the months of the two calendars differ.
  [{ year: 1872, month: 12, day: 31 }, "1872年12月31日", "31 December 1872"],
  // The era of an incomplete date may not be certain: 1989 was 昭和64年 for a week.
  [{ year: 1989, month: 1 }, "1989年1月（日は不明）", "January 1989 (day unknown)"],
  [{ year: 1989 }, "1989年（月日は不明）", "1989 (month and day unknown)"],
  [{ year: 1950, day: 5 }, "1950年（月は不明）5日", "day 5 of an unknown month of 1950"],
  [undefined, "日付として読み取れません", "Cannot be read as a date"],
];

for (const [parsed, ja, en] of table) {
  test(`${JSON.stringify(parsed)} is ${ja}`, () => {
    const birthdate = parsed === undefined ? { raw: "?" } : { raw: "?", parsed };
    assert.equal(birthDateText(texts.ja, birthdate), ja);
    assert.equal(birthDateText(texts.en, birthdate), en);
  });
}

test("an incomplete date has no era", () => {
  assert.equal(eraYear({ year: 2020 }), undefined);
  assert.equal(eraYear({ year: 2020, month: 3 }), undefined);
  assert.equal(eraYear({ year: 2020, day: 3 }), undefined);
});
