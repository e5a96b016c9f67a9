// The caller's rules of what is current hold for the package as well, and what is made by them verifies without them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cardSign, digest, type Leaf, signerOf } from "@honnin/synthetic-jpki";
import {
  createSignedPackage,
  type RevocationOptions,
  readSignedPackage,
  verifyCertificate,
  verifySignedPackage,
} from "honnin";
import { verifySignatureResult } from "honnin/relying-party";
import {
  crlOf,
  date,
  documentBytes,
  hour,
  jpki,
  now,
  ocspOf,
  person,
  rules,
  today,
  year,
} from "./support.ts";

const hash = digest("sha256", documentBytes);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const revoked = { status: "revoked", revokedAt: date(now - 30 * hour), reason: "certificateHold" } as const;
const listed = { entries: [{ serial: today.serial, date: date(now - 9 * hour), reason: "superseded" }] };
const answer = (at: number, end?: number, more: object = {}) =>
  ocspOf(today, now + at, { nextUpdate: end === undefined ? undefined : date(now + end), ...more });

/** What a signature is answered with, by a site with these rules. */
const verify = (revocation: RevocationOptions, more: object = {}, leaf = today) =>
  verifySignatureResult({
    ...rules(today),
    revocation,
    transaction: {
      id: "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
      digest: base64(hash),
      hash: "sha256",
      form: "digest-info",
      scheme: "rsa-pkcs1-sha256",
      startedAt: now,
    },
    document: { name: "委任状.txt" },
    signature: cardSign(leaf, hash, "digest-info"),
    certificate: leaf.certificate,
    ...more,
  });

/** A leaf below an authority that the root certified. */
async function belowSubordinate(): Promise<{ leaf: Leaf; subordinate: Leaf }> {
  const subordinate = await jpki.issueSignCertificate(person, {
    extensions: (template) => {
      const first = template[0] ?? assert.fail();
      const Value = first.extnValue.constructor as new (bytes: Uint8Array) => typeof first.extnValue;
      const critical = (extnID: string, value: readonly number[]) =>
        Object.assign(Object.create(Object.getPrototypeOf(first)) as typeof first, {
          extnID,
          critical: true,
          extnValue: new Value(Uint8Array.from(value)),
        });
      const keyIdentifiers = template.filter(({ extnID }) => /^2\.5\.29\.(14|35)$/.test(extnID));
      // keyCertSign and cRLSign; cA.
      return [
        ...keyIdentifiers,
        critical("2.5.29.15", [3, 2, 1, 6]),
        critical("2.5.29.19", [0x30, 3, 1, 1, 0xff]),
      ];
    },
  });
  const { authority, subject, ...rest } = subordinate;
  const { hierarchy } = authority;
  const issuer = { hierarchy, generation: "none", name: subject, signer: signerOf(rest.key), ...rest };
  return { subordinate, leaf: await jpki.issueSignCertificate(person, { authority: issuer }) };
}

/** What the package says to somebody who has no rules, ten years later; null: it has no evidence. */
async function later(text: string): Promise<number | null> {
  const options = { ...rules(today, now + 10 * year), digest: hash };
  if ((await readSignedPackage(text)).evidence.time === null) {
    await assert.rejects(verifySignedPackage(text, options), { code: "revocation-unknown" });
    return null;
  }
  const { revocation, asOf, asOfSource } = await verifySignedPackage(text, options);
  assert.deepEqual([revocation, asOfSource], [{ status: "good" }, "evidence"]);
  return asOf - now;
}

const good = await answer(-10, hour);
const open = await answer(-600);
/** Rules that make it good, and the time of what is kept, from now. */
const kept: readonly (readonly [string, RevocationOptions, number])[] = [
  ["an answer without an end, young enough", { ocspResponses: open, ocspMaxAge: hour }, -600],
  ["the same, fetched", { fetchEvidence: () => ({ ocspResponses: open }), ocspMaxAge: hour }, -600],
  ["a clock that is ahead", { ocspResponses: await answer(400, 4_000), clockTolerance: 600 }, 400],
  ["an answer that just ended", { ocspResponses: await answer(-4_000, -400), clockTolerance: 600 }, -4_000],
  [
    "a list that just ended",
    { crls: crlOf(today, now - hour, { nextUpdate: date(now - 400) }), clockTolerance: 600 },
    -hour,
  ],
  [
    "a list, and an answer that is too old",
    { ocspResponses: await answer(-hour, hour), crls: crlOf(today, now - 2 * hour), ocspMaxAge: 600 },
    -2 * hour,
  ],
  [
    "an answer, and a revocation that is over",
    { ocspResponses: [await answer(-25 * hour, -20 * hour, revoked), good] },
    -10,
  ],
  [
    "an answer, and a revocation that is too old",
    { ocspResponses: [await answer(-hour, hour, revoked), good], ocspMaxAge: 600 },
    -10,
  ],
  [
    "an answer, and a revocation of tomorrow",
    { ocspResponses: [await answer(25 * hour, 26 * hour, revoked), good] },
    -10,
  ],
  [
    "an answer, and a list that is too old",
    { ocspResponses: good, crls: crlOf(today, now - 2 * hour, listed), crlMaxAge: hour },
    -10,
  ],
  [
    "a list, and a revocation without the nonce",
    {
      ocspResponses: await answer(-10, hour, revoked),
      ocspNonce: Uint8Array.of(1, 2, 3, 4),
      crls: crlOf(today, now - hour),
    },
    -hour,
  ],
];

for (const [name, given, time] of kept) {
  test(`${name}: good, and so is the package`, async () => {
    const result = await verify({ require: "certificate", ...given });
    assert.equal(result.revocation.status, "good");
    assert.equal(result.asOf, now + time);
    assert.equal(await later(result.package), time);
  });
}

test("under the usual rules the same evidence settles nothing", async () => {
  for (const [name, { ocspMaxAge, clockTolerance, ...given }] of kept.slice(0, 5)) {
    const result = await verify(given);
    assert.equal(result.revocation.status, "unknown", name);
    assert.equal(await later(result.package), null, name);
  }
});

test("a revocation that is only reported leaves the package without evidence", async () => {
  for (const evidence of [
    { crls: crlOf(today, now - hour, listed) },
    { ocspResponses: await answer(-10, hour, revoked) },
    { ocspResponses: good, crls: crlOf(today, now - hour, listed) },
  ]) {
    const result = await verify({ ...evidence, reportOnly: true });
    assert.equal(result.revocation.status, "revoked");
    assert.equal(result.asOf, null);
    assert.equal(await later(result.package), null);
    const { claims } = await readSignedPackage(result.package);
    const steps = claims.report.steps.filter(({ id }) => id === "revocation");
    assert.deepEqual(
      steps.map(({ status }) => status),
      ["failed"],
    );
    await assert.rejects(verify(evidence), { code: "certificate-revoked" });
  }
});

test("nor has it any where the revocation of an authority is only reported", async () => {
  const { leaf, subordinate } = await belowSubordinate();
  const general = { profile: undefined, cards: undefined, organization: undefined };
  const more = { ...general, intermediates: subordinate.certificate };
  const revocation = {
    entries: [{ serial: subordinate.serial, date: date(now - 9 * hour), reason: "cACompromise" }],
  };
  const [own, above, names] = [crlOf(leaf), crlOf(subordinate), crlOf(subordinate, now - hour, revocation)];
  const found = async (crls: readonly Uint8Array[]) => {
    const result = await verify({ crls, reportOnly: true }, more, leaf);
    const statuses = result.path.map(({ revocation }) => revocation.status);
    return [statuses, result.asOf];
  };
  assert.deepEqual(await found([own, above]), [["good", "good"], now - 2 * hour]);
  assert.deepEqual(await found([own, names]), [["good", "revoked"], null]);
});

test("what cannot be verified at its own time is not kept", async () => {
  // From before the certificate was issued.
  const { notBefore } = (await verifyCertificate(today.certificate, rules(today))).path[0] ?? assert.fail();
  const crls = crlOf(today, notBefore - hour, { nextUpdate: date(now + hour) });
  const result = await verify({ crls });
  assert.equal(result.revocation.status, "good");
  assert.equal(await later(result.package), null);
});

test("a package takes rules of what is current, and no others", async () => {
  const make = (revocation: object) =>
    createSignedPackage({
      ...rules(today),
      document: { name: "" },
      digest: hash,
      scheme: "rsa-pkcs1-sha256",
      form: "digest-info",
      signature: cardSign(today, hash, "digest-info"),
      certificate: today.certificate,
      ocspResponses: open,
      revocation,
    } as never);
  assert.equal(await later(await make({ ocspMaxAge: hour })), -600);
  assert.equal(await later(await make({ ocspMaxAge: undefined })), null);
  for (const wrong of [
    { require: "nothing" },
    { reportOnly: true },
    { crls: crlOf(today) },
    { ocspMaxAge: "1" },
    { clockTolerance: 0.5 },
    { ocspNonce: "text" },
    { maxAge: 1 },
    [],
    null,
  ]) {
    await assert.rejects(
      make(wrong as never),
      { name: "HonninError", code: "options-invalid" },
      JSON.stringify(wrong)?.slice(0, 40),
    );
  }
});
