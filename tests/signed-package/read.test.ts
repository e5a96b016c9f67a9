// What is read of a package is what the other functions take.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createSignedPackage,
  inspect,
  readHolder,
  readSignedPackage,
  verifyCertificate,
  verifySignature,
  verifySignedPackage,
} from "honnin";
import {
  crlOf,
  documentBytes,
  makePackage,
  now,
  person,
  rules,
  today,
  type Way,
  ways,
  year,
} from "./support.ts";

const [way] = ways as [Way];
const later = rules(today, now + 10 * year);

test("the certificate goes to verifyCertificate, readHolder and inspect", async () => {
  const { certificate } = await readSignedPackage(JSON.stringify(await makePackage(way, "both")));
  assert.deepEqual(certificate, new Uint8Array(today.certificate));
  assert.equal((await verifyCertificate(certificate, rules(today))).profile?.cards, "test");
  assert.equal((await readHolder(certificate)).name.raw, person.name);
  const inspection = await inspect(certificate);
  assert.deepEqual([inspection.kind, inspection.encoding], ["certificate", "der"]);
});

test("the evidence is good for verifyCertificate at the time that the package was verified for", async () => {
  for (const kind of ["ocsp", "crl", "both"] as const) {
    const text = JSON.stringify(await makePackage(way, kind));
    const { package: read, asOf } = await verifySignedPackage(text, { ...later, document: documentBytes });
    const { crls, ocspResponses } = read.evidence;
    assert.deepEqual([crls.length, ocspResponses.length], [kind === "ocsp" ? 0 : 1, kind === "crl" ? 0 : 1]);
    const { revocation } = await verifyCertificate(read.certificate, {
      ...later,
      now: asOf,
      revocation: { crls, ocspResponses, require: "certificate", clockTolerance: 0 },
    });
    assert.deepEqual(revocation, { status: "good" });
    const kinds = await Promise.all(
      [...crls, ...ocspResponses].map(async (der) => (await inspect(der)).kind),
    );
    const expected = { ocsp: ["ocsp-response"], crl: ["crl"], both: ["crl", "ocsp-response"] };
    assert.deepEqual(kinds, expected[kind]);
  }
});

test("digest and signature go to verifySignature", async () => {
  for (const each of ways) {
    const text = JSON.stringify(await makePackage(each, "crl"));
    const { digest, signature, certificate } = await readSignedPackage(text);
    const { scheme } = await verifySignature({
      digest: digest.value,
      signature: signature.value,
      scheme: signature.scheme,
      ecdsaForm: signature.ecdsaForm,
      certificate,
      path: "not-checked",
    });
    assert.equal(scheme, each.scheme, each.name);
  }
});

test("a package that was read can be made anew, as it was", async () => {
  for (const each of ways) {
    const settings = rules(each.leaf);
    const first = JSON.stringify(await makePackage(each, "crl"));
    const { package: read, scheme } = await verifySignedPackage(first, {
      ...settings,
      document: documentBytes,
    });
    const again = await createSignedPackage({
      ...settings,
      document: read.document,
      digest: read.digest.value,
      scheme,
      form: read.signature.form,
      ecdsaForm: read.signature.ecdsaForm,
      signature: read.signature.value,
      certificate: read.certificate,
      crls: read.evidence.crls,
      ocspResponses: read.evidence.ocspResponses,
      timestamps: read.timestamps,
      claims: read.claims,
    });
    assert.deepEqual(JSON.parse(again), JSON.parse(first), each.name);
  }
});

test("bytes that are read are the caller's own", async () => {
  const text = JSON.stringify(await makePackage(way, "crl"));
  const one = await readSignedPackage(text);
  one.certificate.fill(0);
  const crl = new Uint8Array(crlOf(today));
  assert.deepEqual((await readSignedPackage(text)).certificate, new Uint8Array(today.certificate));
  assert.deepEqual(one.evidence.crls, [crl]);
});
