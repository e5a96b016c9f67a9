// SignedData in its many forms, as OpenSSL verifies them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { messageDigestAttribute } from "../src/cms/attributes.js";
import {
  certificatePem,
  digest,
  type SignedDataFields,
  type SignerFields,
  samplePerson,
  signedData,
  signedPdf,
} from "../src/index.js";
import { at, file, jpki, now, openssl, withOpenssl } from "./support.js";

const { sign } = jpki;
const leaf = await jpki.issueSignCertificate(samplePerson);
const older = await jpki.issueSignCertificate(samplePerson, { authority: sign.generations[0] });
const next = await jpki.issueSignCertificate(samplePerson, { authority: sign.nextCard });
const content = new TextEncoder().encode("署名する文書\n");

function verify(cms: Uint8Array, data: Uint8Array | undefined = undefined) {
  const { ok, text, stdout } = openssl(
    ...["cms", "-verify", "-binary", "-inform", "der", "-in", file("cms.der", cms), ...at()],
    ...["-policy_check", "-purpose", "any", "-CAfile"],
    file("anchors.pem", certificatePem(...[...sign.generations, sign.nextCard].map((a) => a.certificate))),
    ...["-certfile", file("more.pem", certificatePem(leaf.certificate))],
    ...(data === undefined ? [] : ["-content", file("content", data)]),
  );
  return { ok, text, stdout };
}
const cms = (signer: Partial<SignerFields> = {}, more: Partial<SignedDataFields> = {}) =>
  signedData({ signers: [{ leaf, ...signer }], content, ...more });

const right: Record<string, Uint8Array> = {
  "the usual": cms(),
  "signer by key identifier": cms({ sid: "key-identifier" }),
  "no signed attributes": cms({ signedAttributes: false }),
  rsaEncryption: cms({ rsaName: "rsaEncryption" }),
  "digest parameters absent": cms({ digestParameters: "absent" }),
  "SHA-512": cms({ hash: "sha512" }),
  "RSASSA-PSS": cms({ scheme: "rsa-pss-sha256" }),
  "signing time": cms({ signingTime: now }),
  "algorithm protection": cms({ algorithmProtection: true, signingTime: now }),
  "leaf and authority": cms({}, { certificates: "leaf-and-ca" }),
  "authority before leaf": cms({}, { certificates: "ca-first" }),
  "no certificates": cms({}, { certificates: "none" }),
  "indefinite lengths": cms({}, { indefinite: true }),
  "zeros behind it": cms({}, { trailingZeros: 512 }),
  "P-384": cms({ leaf: next }),
  "the older generation": cms({ leaf: older }),
  "two signers": signedData({ signers: [{ leaf }, { leaf: next, sid: "key-identifier" }], content }),
};
const detached: Record<string, Uint8Array> = {
  detached: cms({}, { detached: true }),
  "detached, in BER": cms({}, { detached: true, indefinite: true }),
};
const wrong: Record<string, Uint8Array> = {
  "another key": cms({ key: older.key }),
  "another content": cms({ digestOf: new Uint8Array(3) }),
  "one of two signers wrong": signedData({ signers: [{ leaf }, { leaf: older, key: leaf.key }], content }),
  "sorted only after signing": cms({ sentReversed: true, signingTime: now, sorted: false }),
  "no message digest": cms({ attributes: (usual) => usual.slice(0, 1) }),
  "two message digests": cms({
    attributes: (usual) => [...usual, messageDigestAttribute(digest("sha256", new Uint8Array(1)))],
  }),
};

describe("right ones", withOpenssl, () => {
  for (const [name, bytes] of Object.entries(right))
    test(name, () => {
      const { ok, text, stdout } = verify(bytes);
      assert.ok(ok, text);
      assert.deepEqual(new Uint8Array(stdout), content);
    });
  for (const [name, bytes] of Object.entries(detached))
    test(name, () => {
      const { ok, text } = verify(bytes, content);
      assert.ok(ok, text);
      assert.equal(verify(bytes, Uint8Array.of(1)).ok, false);
    });
});

describe("wrong ones", withOpenssl, () => {
  for (const [name, bytes] of Object.entries(wrong)) test(name, () => assert.equal(verify(bytes).ok, false));
});

test("the BER form has indefinite lengths, the other none", () => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 2)).toString("hex");
  assert.equal(hex(cms({}, { indefinite: true })), "3080");
  assert.equal(hex(cms()), "3082");
});

// OpenSSL does not look at the attribute: that it says what it is meant to say is seen here.
test("algorithm protection claims the hash asked for", () => {
  const count = (bytes: Uint8Array, oid: string) => Buffer.from(bytes).toString("hex").split(oid).length - 1;
  const [sha256, sha512] = ["0609608648016503040201", "0609608648016503040203"];
  const honest = cms({ algorithmProtection: true });
  const lying = cms({ algorithmProtection: true, protectedHash: "sha512" });
  assert.deepEqual([count(honest, sha256), count(honest, sha512)], [3, 0]);
  assert.deepEqual([count(lying, sha256), count(lying, sha512)], [2, 1]);
});

describe("PDF", withOpenssl, () => {
  const signPdf = (covered: Uint8Array) =>
    signedData({ signers: [{ leaf }], content: covered, detached: true });
  const parts = (pdf: Uint8Array, which: number) => {
    const text = Buffer.from(pdf).toString("latin1");
    const ranges = [...text.matchAll(/\/ByteRange \[([\d ]+)\]/g)][which]?.[1]
      ?.trim()
      .split(/ +/)
      .map(Number);
    const [a = 0, b = 0, c = 0, d = 0] = ranges ?? [];
    const cmsText = text.slice(a + b + 1, c - 1);
    return {
      covered: Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)]),
      cms: Buffer.from(cmsText, "hex"),
      end: c + d,
    };
  };
  test("one signature over the whole file", () => {
    const pdf = signedPdf({ sign: signPdf });
    const { covered, cms: bytes, end } = parts(pdf, 0);
    assert.equal(end, pdf.length);
    const { ok, text } = verify(bytes, covered);
    assert.ok(ok, text);
  });
  test("a second one by incremental update leaves the first as it was", () => {
    const first = signedPdf({ sign: signPdf });
    const both = signedPdf({ sign: signPdf, after: first });
    assert.deepEqual(both.subarray(0, first.length), first);
    for (const which of [0, 1]) {
      const { covered, cms: bytes, end } = parts(both, which);
      assert.equal(end, which === 0 ? first.length : both.length);
      assert.ok(verify(bytes, covered).ok);
    }
  });
  test("a range that stops early leaves the end of the file free to change", () => {
    const { covered, cms: bytes, end } = parts(signedPdf({ sign: signPdf, byteRange: "stops-early" }), 0);
    assert.ok(verify(bytes, covered).ok);
    assert.ok(end < signedPdf({ sign: signPdf }).length);
  });
});
