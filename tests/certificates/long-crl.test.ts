// Long CRLs, which the platform hashes: the outcome is the same if it cannot.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type Leaf, makeHugeCrl, samplePerson, serialOfEntry } from "@honnin/synthetic-jpki";
import { type RevocationOptions, verifyCertificate } from "honnin";
import { card, codeOf, jpki, now } from "./support.ts";

const time = new Date(now * 1000);
const count = 5_000;
const crl = makeHugeCrl({
  issuer: jpki.sign.current,
  thisUpdate: time,
  nextUpdate: new Date(time.getTime() + 86_400_000),
  count,
});

const leafWith = (serial: number) => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, serial);
  return jpki.issueSignCertificate(samplePerson, { serial: bytes });
};
const good = await leafWith(serialOfEntry(count));
const revoked = await leafWith(serialOfEntry(count - 1));

/** The CRL without the last revocation. */
const changed = new Uint8Array(crl);
const entry = Buffer.from(crl).lastIndexOf(revoked.serial);
changed[entry + 3] = (changed[entry + 3] ?? 0) ^ 1;

/** The ending for a certificate, with other options. */
const ending = (leaf: Leaf, revocation: RevocationOptions) =>
  codeOf(() => verifyCertificate(leaf.certificate, card("sign", { require: "certificate", ...revocation })));

/** The two ways of hashing: Node's own function, and WebCrypto, which other platforms have only. */
const ways = {
  Node: (t: TestContext, fails?: Error | number) => {
    const node = process.getBuiltinModule("node:crypto");
    const createHash = node.createHash.bind(node);
    return t.mock.method(node, "createHash", (name: string) => {
      if (fails instanceof Error) throw fails;
      return fails === undefined ? createHash(name) : createHash("sha1");
    });
  },
  WebCrypto: (t: TestContext, fails?: Error | number) => {
    t.mock.method(process, "getBuiltinModule", () => undefined);
    const digest = crypto.subtle.digest.bind(crypto.subtle);
    return t.mock.method(crypto.subtle, "digest", async (name: string, bytes: BufferSource) => {
      if (fails instanceof Error) throw fails;
      return fails === undefined ? digest(name, bytes) : new ArrayBuffer(fails);
    });
  },
};

test("where Node's functions are there and always throw, WebCrypto hashes", async (t) => {
  t.mock.method(process, "getBuiltinModule", () => {
    throw new Error("not supported in this runtime");
  });
  const { mock } = t.mock.method(crypto.subtle, "digest");
  assert.equal(await ending(good, { crls: crl }), "valid");
  assert.equal(mock.callCount(), 1);
});

for (const [name, hashing] of Object.entries(ways)) {
  async function allEnd(t: TestContext, calls: number, fails?: Error | number) {
    assert.ok(crl.length > 65_536);
    const { mock } = hashing(t, fails);
    assert.equal(await ending(good, { crls: crl }), "valid");
    assert.equal(await ending(revoked, { crls: crl }), "certificate-revoked");
    assert.equal(await ending(revoked, { crls: changed }), "crl-signature-mismatch");
    assert.equal(await ending(good, { crls: [changed, crl] }), "valid");
    assert.equal(mock.callCount(), calls);
  }

  test(`the platform hashes a long CRL: ${name}`, (t) => allEnd(t, 5));

  test(`${name}: a platform that fails is not needed`, (t) => allEnd(t, 5, new Error("busy")));

  test(`${name}: a digest of another length is not one`, (t) => allEnd(t, 5, 20));

  test(`${name}: a CRL that is fetched is hashed once`, async (t) => {
    const { mock } = hashing(t);
    assert.equal(await ending(revoked, { fetchEvidence: () => ({ crls: crl }) }), "certificate-revoked");
    assert.equal(await ending(good, { crls: changed, fetchEvidence: () => ({ crls: [crl] }) }), "valid");
    assert.equal(mock.callCount(), 3);
  });

  test(`${name}: later changes of the caller's bytes have no effect`, async (t) => {
    hashing(t);
    const bytes = new Uint8Array(crl);
    const call = ending(revoked, { crls: bytes });
    bytes.set(changed);
    assert.equal(await call, "certificate-revoked");
  });
}

test("no platform is needed", async (t) => {
  t.mock.method(process, "getBuiltinModule", () => undefined);
  const { subtle } = crypto;
  Object.defineProperty(crypto, "subtle", { value: undefined, configurable: true });
  t.after(() => Object.defineProperty(crypto, "subtle", { value: subtle, configurable: true }));
  assert.equal(await ending(good, { crls: crl }), "valid");
  assert.equal(await ending(revoked, { crls: changed }), "crl-signature-mismatch");
});

test("a digest takes no room from the input, nor from what is fetched later", async () => {
  const fetchEvidence = () => ({ crls: [crl] });
  for (const [revocation, lists] of [
    [{ crls: crl }, 1],
    [{ crls: changed, fetchEvidence }, 2],
  ] as const) {
    const options = card("sign", { ...revocation, require: "certificate" });
    const { anchors } = options as { readonly anchors: readonly Uint8Array[] };
    const others = anchors.reduce((sum, { length }) => sum + length, good.certificate.length);
    const limits = { inputBytes: others + lists * crl.length };
    const result = await verifyCertificate(good.certificate, { ...options, limits });
    assert.equal(result.revocation.status, "good");
  }
});

test("digests are no option", async () => {
  const internal = { crls: crl, digests: [] } as never;
  assert.equal(await ending(good, internal), "options-invalid");
});
