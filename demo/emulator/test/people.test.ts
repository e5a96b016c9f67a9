// People of one's own: checked, at the start and at run time, on the pages, in tokens and on cards.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkPeople, limits } from "../src/check-people.js";
import { people as fixed } from "../src/people.js";
import { People } from "../src/people-registry.js";
import { Cards, canSign } from "../src/signing/cards.js";
import { emulator, login, newClient, RelyingParty } from "./support.js";

const minor = {
  id: "minor",
  name: "年少　学",
  birthdate: "20150401",
  address: "東京都架空区１番",
  gender: "1",
};

test("a person's data is what a client gets, beside the fixed people", async () => {
  const client = newClient();
  const op = await emulator({ clients: [client], mode: "test-card", people: [minor, { id: "nameless" }] });
  const party = await RelyingParty.of(op, client);
  const { tokens, claims } = await login(party, { person: "minor" });
  const info = await party.userInfo(tokens.access_token, claims.sub);
  const { sub: _, ...items } = info;
  const { id: __, ...data } = minor;
  assert.deepEqual(items, data);
  assert.notEqual((await login(party, { person: "ordinary" })).claims.sub, claims.sub);
  assert.deepEqual(
    op.config.people.map(({ id, title }) => [id, title.ja]),
    [
      ["minor", "年少　学"],
      ["nameless", "nameless"],
    ],
  );

  op.configure({ people: [{ ...minor, id: "other", title: { ja: "別人", en: "Another" } }] });
  await assert.rejects(login(party, { person: "minor" }));
  await assert.rejects(party.userInfo(tokens.access_token, claims.sub), "the person is gone");
});

test("a wrong file is told with the path of the member", () => {
  for (const [input, path, en] of [
    [{ peopel: [] }, "peopel", /Did you mean people\?/],
    [{}, "people", /must be an array/],
    [{ people: [1] }, "people[0]", /must be an object/],
    [[{ name: "a" }], "people[0].id", /letters, digits and hyphens/],
    [[{ id: "a b" }], "people[0].id", /letters, digits and hyphens/],
    [[{ id: "ordinary" }], "people[0].id", /id of a fixed person/],
    [[{ id: "a" }, { id: "b" }, { id: "a" }], "people[2].id", /as in people\[0\]/],
    [[{ id: "a", birthday: "20000101" }], "people[0].birthday", /Did you mean birthdate\?/],
    [[{ id: "a", birthdate: "2000-01-01" }], "people[0].birthdate", /YYYYMMDD/],
    [[{ id: "a", birthdate: 20000101 }], "people[0].birthdate", /YYYYMMDD/],
    [[{ id: "a", birthdate: "20001301" }], "people[0].birthdate", /YYYYMMDD/],
    [[{ id: "a", birthdate: "20150230" }], "people[0].birthdate", /a day that does not exist/],
    [[{ id: "a", birthdate: "19810229" }], "people[0].birthdate", /a day that does not exist/],
    [[{ id: "a", gender: 1 }], "people[0].gender", /must be a string: "1"/],
    [[{ id: "a", name: "" }], "people[0].name", /1 to 200 characters/],
    [[{ id: "a", name: "a\nb" }], "people[0].name", /control characters/],
    [[{ id: "a", name: "\ud800" }], "people[0].name", /control characters/],
    [[{ id: "a", address: "x".repeat(1_001) }], "people[0].address", /1 to 1000 characters/],
    [[{ id: "a", title: { ja: "a" } }], "people[0].title.en", /1 to 100/],
    [[{ id: "a", title: { ja: "a", en: "a", fr: "a" } }], "people[0].title.fr", /unknown/],
    [Array.from({ length: 1_001 }, (_, index) => ({ id: `p${index}` })), "people", /at most 1000/],
  ] as [unknown, string, RegExp][]) {
    assert.throws(
      () => checkPeople(input),
      (error: { code: string; texts: { ja: string; en: string } }) => {
        assert.equal(error.code, "people-invalid");
        assert.ok(error.texts.en.startsWith(`${path} `), error.texts.en);
        assert.ok(error.texts.ja.startsWith(`${path}: `), error.texts.ja);
        assert.match(error.texts.en, en);
        return true;
      },
    );
  }
  for (const birthdate of ["19550300", "19550031", "20000229", "00000229", "00000000", "19801231"])
    assert.equal(checkPeople({ $schema: "x", people: [{ id: "a", birthdate }] }).length, 1, birthdate);
});

test("the schema of the package says the same", () => {
  const file = new URL("../npm/people.schema.json", import.meta.url);
  const { properties } = JSON.parse(readFileSync(file, "utf8"));
  const { maxItems, items } = properties.people;
  assert.equal(maxItems, limits.people);
  assert.deepEqual(Object.keys(items.properties).sort(), [
    "address",
    "birthdate",
    "gender",
    "id",
    "name",
    "title",
  ]);
  const { id, name, address, birthdate, gender, title } = items.properties;
  assert.deepEqual([id.pattern, birthdate.pattern], [limits.id.source, limits.birthdate.source]);
  assert.deepEqual([name.maxLength, address.maxLength], [limits.name, limits.address]);
  assert.deepEqual(gender.enum, limits.gender);
  assert.equal(title.oneOf[0].maxLength, limits.title);
  assert.deepEqual(items.required, ["id"]);
  for (const person of fixed) assert.match(person.id, limits.id);
});

test("a changed person gets another card, and the revoked card of one who is gone stays revoked", async () => {
  const people = new People();
  const cards = await Cards.of(new Date(), people);
  const before = cards.revokedBy(cards.jpki.sign.current).length;
  people.prepareOwn([minor])();
  const [first] = people.own();
  people.prepareOwn([{ ...minor, address: "大阪府架空市２番" }])();
  const [second] = people.own();
  assert.ok(first && second && canSign(first) && canSign(second));
  assert.notEqual(people.numberOf(first), people.numberOf(second));
  assert.equal(cards.revokedBy(cards.jpki.sign.current).length, before + 2);
  people.prepareOwn([minor])();
  assert.equal(people.numberOf(people.own()[0] ?? second), people.numberOf(first));
  const [leaf, other] = await Promise.all([cards.leaf(first, "next-card"), cards.leaf(second, "next-card")]);
  assert.notDeepEqual(leaf.serial, other.serial);
});
