// A package says no more of the revocation than a verification on the day when it is made.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cardSign, digest, makeDelegatedResponder } from "@honnin/synthetic-jpki";
import {
  createSignedPackage,
  type HonninError,
  readSignedPackage,
  verifyCertificate,
  verifySignedPackage,
} from "honnin";
import { crlOf, date, documentBytes, hour, jpki, next, now, ocspOf, rules, today, year } from "./support.ts";

const day = 24 * hour;
const hash = digest("sha256", documentBytes);
const revoked = { status: "revoked", revokedAt: date(now - 9 * hour), reason: "superseded" } as const;
const listed = { entries: [{ serial: today.serial, date: date(now - 9 * hour), reason: "superseded" }] };
const delegate = {
  key: await jpki.makeKey("responder"),
  serial: new Uint8Array([0x56]),
  notBefore: date(now - year),
  notAfter: date(now + year),
};
const responder = makeDelegatedResponder(today.authority, delegate);
/** One whose own revocation is looked for. */
const checked = makeDelegatedResponder(today.authority, { ...delegate, noCheck: false });
const ofResponder = {
  entries: [{ serial: delegate.serial, date: date(now - 9 * hour), reason: "keyCompromise" }],
  issuingDistributionPoint: { onlySomeReasons: ["keyCompromise"] },
};
const withForeign = { responder, certificates: [responder.certificate, next.certificate] };

interface Piece {
  readonly crl?: Uint8Array;
  readonly ocsp?: Uint8Array;
}
type Outcome = "good" | "none" | "revoked";

const pieces: Readonly<Record<string, Piece>> = {
  "a good answer": { ocsp: await ocspOf(today) },
  "a good answer of yesterday": { ocsp: await ocspOf(today, now - day) },
  "a good answer of tomorrow": { ocsp: await ocspOf(today, now + day) },
  "a good answer with a foreign certificate": { ocsp: await ocspOf(today, now - hour, withForeign) },
  "a good answer by a responder that may be revoked": {
    ocsp: await ocspOf(today, now - hour, { responder: checked, certificates: [checked.certificate] }),
  },
  "a list for some reasons that names the responder": { crl: crlOf(today, now - hour, ofResponder) },
  "an answer of now without an end": { ocsp: await ocspOf(today, now, { nextUpdate: undefined }) },
  "no answer": { ocsp: await ocspOf(today, now - hour, { status: "unknown" }) },
  "a revocation": { ocsp: await ocspOf(today, now - 2 * hour, revoked) },
  "a revocation with a foreign certificate": {
    ocsp: await ocspOf(today, now - 2 * hour, { ...revoked, ...withForeign }),
  },
  "a revocation of yesterday": { ocsp: await ocspOf(today, now - day, revoked) },
  "a revocation of tomorrow": { ocsp: await ocspOf(today, now + day, revoked) },
  "a list": { crl: crlOf(today, now - 8 * hour) },
  "a list of last month": { crl: crlOf(today, now - 30 * day) },
  "a delta that names it": { crl: crlOf(today, now - hour, { ...listed, number: 8, baseNumber: 7 }) },
  "a list that names it": { crl: crlOf(today, now - hour, listed) },
  "an older list that names it": { crl: crlOf(today, now - 9 * hour, listed) },
  "a list of last month that names it": { crl: crlOf(today, now - 30 * day, listed) },
  "a list of another authority": { crl: crlOf(next) },
};
const names = Object.keys(pieces);

function evidenceOf(chosen: readonly string[]) {
  const each = chosen.map((name) => pieces[name] as Piece);
  return {
    crls: each.flatMap(({ crl }) => crl ?? []),
    ocspResponses: each.flatMap(({ ocsp }) => ocsp ?? []),
  };
}

/** What a verification says now. */
async function live(chosen: readonly string[]): Promise<Outcome> {
  try {
    const revocation = evidenceOf(chosen);
    const found = await verifyCertificate(today.certificate, { ...rules(today), revocation } as never);
    assert.notEqual(found.revocation.status, "revoked");
    return found.revocation.status === "good" ? "good" : "none";
  } catch (error) {
    assert.equal((error as HonninError).code, "certificate-revoked", String(error));
    return "revoked";
  }
}

/** What the package says that is made now, to somebody who reads it ten years later. */
async function packaged(chosen: readonly string[]): Promise<Outcome> {
  let text: string;
  try {
    text = await createSignedPackage({
      ...rules(today),
      document: { name: "" },
      digest: hash,
      scheme: "rsa-pkcs1-sha256",
      form: "digest-info",
      signature: cardSign(today, hash, "digest-info"),
      certificate: today.certificate,
      ...evidenceOf(chosen),
    });
  } catch (error) {
    assert.equal((error as HonninError).code, "certificate-revoked", String(error));
    return "revoked";
  }
  const { evidence } = await readSignedPackage(text);
  const later = { ...rules(today, now + 10 * year), digest: hash };
  if (evidence.time !== null) {
    const { revocation, asOf } = await verifySignedPackage(text, later);
    assert.deepEqual([revocation, asOf], [{ status: "good" }, evidence.time]);
    return "good";
  }
  await assert.rejects(verifySignedPackage(text, later), { code: "revocation-unknown" });
  return "none";
}

test("each piece alone", async () => {
  const expected: Readonly<Record<string, readonly [Outcome, Outcome]>> = {
    "a good answer": ["good", "good"],
    "a good answer of yesterday": ["none", "none"],
    "a good answer of tomorrow": ["none", "none"],
    // Nobody would notice a change in that certificate, so that it cannot be packed.
    "a good answer with a foreign certificate": ["good", "none"],
    "a good answer by a responder that may be revoked": ["good", "good"],
    "a list for some reasons that names the responder": ["none", "none"],
    "an answer of now without an end": ["none", "none"],
    "no answer": ["none", "none"],
    "a revocation": ["revoked", "revoked"],
    "a revocation of yesterday": ["none", "none"],
    "a revocation of tomorrow": ["none", "none"],
    "a revocation with a foreign certificate": ["revoked", "revoked"],
    "a list": ["good", "good"],
    "a list of last month": ["none", "none"],
    "a delta that names it": ["none", "none"],
    "a list that names it": ["revoked", "revoked"],
    "an older list that names it": ["revoked", "revoked"],
    "a list of last month that names it": ["none", "none"],
    "a list of another authority": ["none", "none"],
  };
  for (const name of names) {
    assert.deepEqual([await live([name]), await packaged([name])], expected[name], name);
  }
});

test("any two or three: never better than a verification says, and revoked just where it says so", async () => {
  const tally = new Map<string, number>();
  for (const [a, first] of names.entries()) {
    for (const [b, second] of names.entries()) {
      for (const chosen of a < b
        ? [[second, first], ...names.slice(b + 1).map((third) => [third, first, second])]
        : []) {
        const [now, then] = [await live(chosen), await packaged(chosen)];
        const what = `${chosen.join(", ")}: ${now}, and the package ${then}`;
        assert.ok(then === now || (now === "good" && then === "none"), what);
        tally.set(`${now} ${then}`, (tally.get(`${now} ${then}`) ?? 0) + 1);
      }
    }
  }
  for (const reached of ["good good", "none none", "revoked revoked", "good none"]) {
    assert.ok(tally.has(reached), reached);
  }
  // The list and its delta, which alone say nothing of it.
  const together = ["a list", "a delta that names it", "a good answer"];
  assert.deepEqual([await live(together), await packaged(together)], ["revoked", "revoked"]);
});
