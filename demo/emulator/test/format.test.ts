import assert from "node:assert/strict";
import { test } from "node:test";
import { formatItem } from "../src/pages/format.js";

test("birth dates for people, unknown months and days included", () => {
  const both = (value: string) => [
    formatItem("birthdate", value, "ja"),
    formatItem("birthdate", value, "en"),
  ];
  assert.deepEqual(both("19800217"), ["1980年2月17日", "1980-02-17"]);
  assert.deepEqual(both("19550300"), ["1955年3月（日は不明）", "1955-03 (day unknown)"]);
  assert.deepEqual(both("19400000"), ["1940年（月日は不明）", "1940 (month and day unknown)"]);
});

test("gender codes for people", () => {
  assert.deepEqual(
    ["1", "2", "3", "9"].map((code) => formatItem("gender", code, "en")),
    ["Male", "Female", "Other or unknown", "9"],
  );
  assert.equal(formatItem("name", "本人　太郎", "en"), "本人　太郎");
});
