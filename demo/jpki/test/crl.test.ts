// Revocation lists, as OpenSSL applies them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { children, content, descend } from "../src/asn1/read.js";
import {
  type CrlFields,
  certificatePem,
  distinguishedName,
  type Leaf,
  makeCrl,
  makeHugeCrl,
  municipalityCrl,
  pem,
  samplePerson,
  serialOfEntry,
} from "../src/index.js";
import { freshestCRL } from "../src/x509/extensions.js";
import { at, file, jpki, now, openssl, withOpenssl } from "./support.js";

const { sign, auth } = jpki;
const issuer = sign.current;
const hour = 3_600_000;
const thisUpdate = new Date(now.getTime() - hour);
const leaf = await jpki.issueSignCertificate(samplePerson);
const partition = distinguishedName(municipalityCrl("sign", samplePerson));
const elsewhere = distinguishedName(municipalityCrl("sign", { ...samplePerson, municipality: "Betsu-shi" }));
const revoked = { serial: leaf.serial, date: new Date(now.getTime() - 48 * hour) };

function check(subject: Leaf, crls: Uint8Array[], ...options: string[]) {
  return openssl(
    ...["verify", "-policy_check", "-crl_check", ...at(), ...options],
    ...["-CAfile", file("ca.pem", certificatePem(subject.authority.certificate))],
    ...crls.flatMap((crl, i) => ["-CRLfile", file(`crl${i}.pem`, pem("X509 CRL", crl))]),
    file("leaf.pem", certificatePem(subject.certificate)),
  );
}
const crl = (fields: Partial<CrlFields> = {}) =>
  makeCrl({ issuer, thisUpdate, issuingDistributionPoint: { fullName: partition }, ...fields });

describe("lists of one municipality", withOpenssl, () => {
  test("a leaf that is not on it is good", () => {
    const { ok, text } = check(leaf, [crl()], "-extended_crl");
    assert.ok(ok, text);
  });
  test("a leaf that is on it is revoked", () => {
    const { ok, text } = check(
      leaf,
      [crl({ entries: [{ ...revoked, reason: "affiliationChanged" }] })],
      "-extended_crl",
    );
    assert.equal(ok, false);
    assert.match(text, /error 23 .*certificate revoked/);
  });
  test("another municipality's says nothing", () => {
    const other = crl({ issuingDistributionPoint: { fullName: elsewhere }, entries: [revoked] });
    assert.match(check(leaf, [other], "-extended_crl").text, /error 44 .*[Dd]ifferent CRL scope/);
  });
  test("only some reasons are not all", () => {
    const some = crl({
      issuingDistributionPoint: { fullName: partition, onlySomeReasons: ["keyCompromise"] },
    });
    assert.equal(check(leaf, [some], "-extended_crl").ok, false);
  });
  test("lists for authorities say nothing of a holder", () => {
    const authorities = crl({ issuingDistributionPoint: { fullName: partition, onlyContainsCACerts: true } });
    assert.match(check(leaf, [authorities], "-extended_crl").text, /error 44/);
  });
});

describe("full lists", withOpenssl, () => {
  const full = (fields: Partial<CrlFields> = {}) => makeCrl({ issuer, thisUpdate, ...fields });
  test("good and revoked", () => {
    assert.ok(check(leaf, [full()]).ok);
    for (const reason of ["keyCompromise", "superseded", "cessationOfOperation", "certificateHold"] as const)
      assert.match(check(leaf, [full({ entries: [{ ...revoked, reason }] })]).text, /error 23/);
  });
  test("stale, early and unsigned ones are refused", () => {
    const old = new Date(now.getTime() - 30 * 24 * hour);
    assert.match(check(leaf, [full({ thisUpdate: old })]).text, /error 12 .*expired/);
    assert.match(check(leaf, [full({ thisUpdate: new Date(now.getTime() + hour) })]).text, /error 11/);
    const forged = full({ signer: auth.current.signer });
    assert.match(check(leaf, [forged]).text, /error 8 .*signature/);
  });
  test("the other generation's list is not the issuer's", () => {
    assert.equal(check(leaf, [makeCrl({ issuer: sign.generations[0], thisUpdate })]).ok, false);
  });
  test("a delta list upon its base", () => {
    const base = full({ number: 7, extensions: [freshestCRL([{ fullName: partition }])] });
    const delta = full({ number: 9, baseNumber: 7, entries: [revoked] });
    assert.match(check(leaf, [base, delta], "-extended_crl", "-use_deltas").text, /error 23/);
    assert.ok(check(leaf, [base], "-extended_crl").ok);
  });
  test("the P-384 authority's", async () => {
    const next = await jpki.issueSignCertificate(samplePerson, { authority: sign.nextCard });
    assert.ok(check(next, [makeCrl({ issuer: sign.nextCard, thisUpdate })]).ok);
    const gone = makeCrl({
      issuer: sign.nextCard,
      thisUpdate,
      entries: [{ serial: next.serial, date: now }],
    });
    assert.match(check(next, [gone]).text, /error 23/);
  });
});

test("an indirect list names the issuer of its entries", withOpenssl, async () => {
  const other = await jpki.issueAuthCertificate(samplePerson, {
    distributionPoints: [{ fullName: partition, cRLIssuer: issuer.name }],
  });
  const indirect = crl({
    issuingDistributionPoint: { fullName: partition, indirectCRL: true },
    entries: [{ serial: other.serial, date: now, certificateIssuer: auth.current.name }],
  });
  const { text } = openssl("crl", "-inform", "der", "-in", file("indirect.der", indirect), "-noout", "-text");
  assert.match(text, /Indirect CRL/);
  assert.match(text, /X509v3 Certificate Issuer: critical\s+DirName:.C=JP.O=HONNIN-TEST.OU=JPKI for user/);
});

describe("huge lists", () => {
  const huge = (count: number) =>
    makeHugeCrl({ issuer, thisUpdate, count, issuingDistributionPoint: { fullName: partition } });

  test("are the same as small ones made by the library", () => {
    const small = makeCrl({
      issuer,
      thisUpdate,
      issuingDistributionPoint: { fullName: partition },
      entries: (["keyCompromise", "affiliationChanged", "superseded"] as const).map((reason, i) => ({
        serial: Uint8Array.from(Buffer.from(serialOfEntry(i).toString(16), "hex")),
        date: new Date("2026-01-01T00:00:00Z"),
        reason,
      })),
    });
    assert.deepEqual(huge(3), small);
    assert.deepEqual(huge(0), crl());
  });

  test("a hundred thousand entries, the last one found", withOpenssl, async () => {
    const list = huge(100_000);
    assert.equal(children(descend(list, 0, 5)).length, 100_000);
    const last = serialOfEntry(99_999);
    const issue = (serial: number) =>
      jpki.issueSignCertificate(samplePerson, {
        key: leaf.key,
        serial: Uint8Array.from(Buffer.from(serial.toString(16), "hex")),
      });
    assert.match(check(await issue(last), [list], "-extended_crl").text, /error 23/);
    assert.ok(check(await issue(last - 1), [list], "-extended_crl").ok);
  });

  test("a million entries in seconds", () => {
    const list = huge(1_000_000);
    assert.equal(content(descend(list, 0, 5)).length, 37_000_000);
  });
});
