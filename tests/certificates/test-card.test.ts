// A real test card's certificate and the authorities that J-LIS issues for test cards, through the npm package.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { certificatePem } from "@honnin/synthetic-jpki";
import { type CertificateOptions, type HonninError, inspect, readHolder, verifyCertificate } from "honnin";
import { vectors } from "../support/vectors.ts";

const { folder, skip } = vectors("jpki-test");
const file = (name: string) => new Uint8Array(readFileSync(join(folder, `${name}.cer`)));
/** 2026-01-01T00:00:00Z. */
const now = 1_767_225_600;
const options = (anchor: string, change: object = {}): CertificateOptions => ({
  anchors: [file(anchor)],
  profile: "jpki-sign",
  cards: "test",
  now,
  ...change,
});
const codeOf = (certificate: Uint8Array | string, given: CertificateOptions) =>
  verifyCertificate(certificate, given).then(
    () => "valid",
    (error: HonninError) => error.code,
  );

test("verifies against its own generation, which is named", { skip }, async () => {
  const { path, anchor, revocation, profile, policies, warnings, report } = await verifyCertificate(
    file("sign"),
    options("signca-test-2024"),
  );
  assert.deepEqual(profile, {
    name: "jpki-sign-test",
    hierarchy: "sign",
    cards: "test",
    authority: "signca-test-2024",
    generation: "2024",
  });
  assert.equal(path.length, 1);
  assert.deepEqual(revocation, { status: "not-checked" });
  assert.deepEqual(path[0]?.revocation, { status: "not-checked" });
  assert.equal(anchor.sha256, "8126df7dd2db230bd8ee48caa40fc3417dde3607050ed34973d8d3cf267fe723");
  assert.match(path[0]?.subject ?? "", /^CN=[0-9A-Z]{28},L=Kiyose-shi,L=Tokyo-to,C=JP$/);
  assert.deepEqual(policies, ["1.2.392.200149.8.5.1.0.20"]);
  assert.deepEqual(warnings, []);
  assert.ok(report.steps.every((step) => step.status === "passed" || step.id === "revocation"));
  assert.ok(report.steps.some((step) => step.id === "profile-policy"));
});

test("in PEM, and among the anchors of all generations", { skip }, async () => {
  const anchors = `The test authorities\n${certificatePem(file("signca-test-2019"), file("signca-test-2024"))}`;
  assert.equal(await codeOf(certificatePem(file("sign")), options("signca-test-2024", { anchors })), "valid");
  // A PEM file that was read as bytes.
  assert.equal(
    await codeOf(
      new TextEncoder().encode(certificatePem(file("sign"))),
      options("signca-test-2024", { anchors: [anchors] }),
    ),
    "valid",
  );
});

const refusals: readonly (readonly [string, string, object, string])[] = [
  ["the other generation of the same name", "signca-test-2019", {}, "issuer-not-found"],
  ["the other hierarchy's authority", "authca-test-2023", {}, "anchor-missing"],
  ["the other hierarchy", "authca-test-2023", { profile: "jpki-auth" }, "hierarchy-mismatch"],
  ["production", "signca-test-2024", { cards: "production" }, "environment-mismatch"],
  ["production, which is the default", "signca-test-2024", { cards: undefined }, "environment-mismatch"],
  ["a time before it", "signca-test-2024", { now: 1_761_528_956 }, "certificate-not-yet-valid"],
  ["a time behind it", "signca-test-2024", { now: 1_897_570_800 }, "certificate-expired"],
  [
    "revocation required",
    "signca-test-2024",
    { revocation: { require: "certificate" } },
    "revocation-unknown",
  ],
];
for (const [name, anchor, change, code] of refusals) {
  test(`refused: ${name}`, { skip }, async () => {
    assert.equal(await codeOf(file("sign"), options(anchor, change)), code);
  });
}

test("refused with any of its bits flipped (a sample; natively all are tried)", { skip }, async () => {
  const leaf = file("sign");
  const given = options("signca-test-2024");
  for (let bit = 7; bit < leaf.length * 8; bit += 61) {
    const flipped = leaf.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.notEqual(await codeOf(flipped, given), "valid", `bit ${bit}`);
  }
});

test("the holder", { skip }, async () => {
  assert.deepEqual(await readHolder(file("sign")), {
    name: { raw: "黒桐　幹也", mask: "00000", substituted: [] },
    address: {
      raw: "東京都清瀬市観布子南１２－７－２０２",
      mask: "0".repeat(18),
      substituted: [],
    },
    birthDate: { raw: "319800217", era: "showa", year: 1980, month: 2, day: 17, date: "1980-02-17" },
    gender: { raw: "1", parsed: "male" },
    others: [],
    warnings: [],
  });
  await assert.rejects(readHolder(file("signca-test-2024")), { code: "holder-missing" });
});

test("nothing of the holder stands in an error or a report", { skip }, async () => {
  const secret = /黒桐|幹也|清瀬|観布子|319800217|Kiyose|202510161726000013413221003A/;
  const said = [];
  for (const [, anchor, change] of refusals) {
    const error = await verifyCertificate(file("sign"), options(anchor, change)).catch((e: HonninError) => e);
    said.push(JSON.stringify([(error as HonninError).message, error.report]));
  }
  const good = await verifyCertificate(file("sign"), options("signca-test-2024"));
  said.push(JSON.stringify(good.report));
  assert.doesNotMatch(said.join("\n"), secret);
});

test("inspect describes it, says that nothing was verified, and marks what is personal", {
  skip,
}, async () => {
  for (const input of [
    file("sign"),
    certificatePem(file("sign")),
    Buffer.from(file("sign")).toString("base64"),
  ]) {
    const { kind, verified, note, fields } = await inspect(input);
    assert.equal(kind, "certificate");
    assert.equal(verified, false);
    assert.match(note, /Nothing was verified/);
    const shown = JSON.stringify(fields, (_, value) => (value?.personal === true ? undefined : value));
    assert.doesNotMatch(shown, /黒桐|清瀬|319800217/);
  }
});
