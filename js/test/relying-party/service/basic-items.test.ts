import assert from "node:assert/strict";
import { test } from "node:test";
import { readBasicItems } from "../../../src/relying-party/service/basic-items.js";

const birthdates: [string, object | undefined][] = [
  ["19800217", { year: 1980, month: 2, day: 17 }],
  ["1980-02-17", { year: 1980, month: 2, day: 17 }],
  ["20000229", { year: 2000, month: 2, day: 29 }],
  ["19000228", { year: 1900, month: 2, day: 28 }],
  ["19800200", { year: 1980, month: 2 }],
  ["1980-02-00", { year: 1980, month: 2 }],
  ["19800000", { year: 1980 }],
  ["19800017", { year: 1980, day: 17 }],
  ["19000229", undefined],
  ["20230229", undefined],
  ["19800230", undefined],
  ["19800431", undefined],
  ["19801301", undefined],
  ["19800132", undefined],
  ["00000101", undefined],
  ["1980021", undefined],
  ["198002170", undefined],
  ["1980-0217", undefined],
  ["1980/02/17", undefined],
  ["１９８００２１７", undefined],
  ["319800217", undefined],
  [" 19800217", undefined],
  ["19800217\n", undefined],
  ["", undefined],
];

test("birthdates: parsed where there is such a date, raw always", () => {
  for (const [raw, parsed] of birthdates) {
    const { birthdate } = readBasicItems({ birthdate: raw });
    assert.equal(birthdate?.raw, raw);
    assert.deepEqual(birthdate.parsed, parsed, raw);
  }
});

test("genders: three codes known, others handed on", () => {
  assert.deepEqual(readBasicItems({ gender: "1" }).gender, { raw: "1", parsed: "male" });
  assert.deepEqual(readBasicItems({ gender: "2" }).gender, { raw: "2", parsed: "female" });
  assert.deepEqual(readBasicItems({ gender: "3" }).gender, { raw: "3", parsed: "other" });
  for (const raw of ["4", "9", "", "male", "constructor", "__proto__"]) {
    assert.deepEqual(readBasicItems({ gender: raw }).gender, { raw });
  }
});

test("address: a text as it is", () => {
  const raw = "東京都千代田区霞が関１－１　𠮷野ビル";
  assert.deepEqual(readBasicItems({ address: raw }).address, { raw, text: raw });
});

test("address: an object by its formatted text, else by its parts; unknown members are left out", () => {
  assert.deepEqual(readBasicItems({ address: { formatted: "東京都港区1-1", region: "東京都" } }).address, {
    raw: { formatted: "東京都港区1-1", region: "東京都" },
    text: "東京都港区1-1",
  });
  const parts = {
    street_address: "霞が関1-1",
    locality: "千代田区",
    region: "東京都",
    postal_code: "100-0013",
    country: "日本",
  };
  assert.deepEqual(readBasicItems({ address: { ...parts, planet: "Earth" } }).address, {
    raw: parts,
    text: "100-0013 東京都 千代田区 霞が関1-1 日本",
  });
  assert.deepEqual(readBasicItems({ address: {} }).address, { raw: {}, text: "" });
});

test("texts are not normalised", () => {
  const name = "か\u3099　髙橋\u{e0100}";
  assert.equal(readBasicItems({ name }).name, name);
});

test("missing and null items stay missing, ungranted ones are left out", () => {
  assert.deepEqual(readBasicItems({ name: null, address: undefined }), {});
  const all = { name: "a", address: "b", birthdate: "19800217", gender: "1" };
  assert.deepEqual(readBasicItems(all, ["openid", "name"]), { name: "a" });
  assert.deepEqual(readBasicItems(all, []), {});
  assert.deepEqual(Object.keys(readBasicItems(all)), ["name", "address", "birthdate", "gender"]);
});

test("an answer that is no object is refused", () => {
  for (const answer of [null, undefined, "秘密", 1, true, [], [{ name: "秘密" }]]) {
    assert.throws(
      () => readBasicItems(answer as never),
      (error: { code: string; message: string }) =>
        error.code === "response-malformed" && !error.message.includes("秘"),
    );
  }
});

test("bounds count characters; wrong types and absurd lengths are refused without being quoted", () => {
  assert.equal(readBasicItems({ address: "𠮷".repeat(2_000) }).address?.text.length, 4_000);
  const wrong = [
    { name: 1 },
    { name: ["秘密"] },
    { name: "秘密".repeat(501) },
    { address: "𠮷".repeat(2_001) },
    { address: ["秘密"] },
    { address: { formatted: 5 } },
    { address: { region: "秘".repeat(2_001) } },
    { address: { region: "秘".repeat(1_500), locality: "密".repeat(1_500) } },
    { birthdate: -19800217 },
    { birthdate: 1980.5 },
    { birthdate: [19800217] },
    { birthdate: "1".repeat(65) },
    { gender: true },
    { gender: 1e300 },
    { gender: "1".repeat(65) },
  ];
  for (const members of wrong) {
    assert.throws(
      () => readBasicItems(members),
      (error: { code: string; message: string }) =>
        error.code === "response-malformed" && !/秘|密|𠮷|1980/.test(error.message),
      JSON.stringify(members).slice(0, 60),
    );
  }
});

test("digits that were written as numbers are the same digits", () => {
  assert.deepEqual(readBasicItems({ birthdate: 19800217, gender: 2 }), {
    birthdate: { raw: "19800217", parsed: { year: 1980, month: 2, day: 17 } },
    gender: { raw: "2", parsed: "female" },
  });
});
