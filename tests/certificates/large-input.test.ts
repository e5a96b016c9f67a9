// Inputs of more than a megabyte are copied into an instance of their own, whose memory the next one gets.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type Leaf, makeHugeCrl, samplePerson, serialOfEntry, signedData } from "@honnin/synthetic-jpki";
import { init, type RevocationOptions, verifyCertificate, verifySignedData } from "honnin";
import { card, codeOf, jpki, now, sign } from "./support.ts";

const time = new Date(now * 1000);
const crlOf = (count: number) => {
  const nextUpdate = new Date(time.getTime() + 86_400_000);
  return makeHugeCrl({ issuer: jpki.sign.current, thisUpdate: time, nextUpdate, count });
};
const leafWith = (serial: number) => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, serial);
  return jpki.issueSignCertificate(samplePerson, { serial: bytes });
};

/** The longer list has one more revocation. */
const [shorter, longer] = [crlOf(35_000), crlOf(35_001)];
const [listed, good] = await Promise.all([34_999, 35_001].map((at) => leafWith(serialOfEntry(at))));
const between = await leafWith(serialOfEntry(35_000));
assert.ok(listed && good && shorter.length > 1_048_576);

/** A change in the middle of the list, which only its signature shows. */
const changed = new Uint8Array(shorter);
changed[600_012] = (changed[600_012] ?? 0) ^ 1;

const ending = (leaf: Leaf, revocation: RevocationOptions, more: object = {}): Promise<string> =>
  codeOf(() => {
    const options = card("sign", { require: "certificate", ...revocation });
    return verifyCertificate(leaf.certificate, { ...options, ...more });
  });

/**
 * Counts the instances from now on.
 *
 * @param change what to change of their exports
 */
async function counting(t: TestContext, change?: (exports: WebAssembly.Exports) => object) {
  await init();
  const { Instance } = WebAssembly;
  let made = 0;
  const Counted = new Proxy(Instance, {
    construct(_, [module]) {
      made += 1;
      const { exports } = new Instance(module);
      return { exports: { ...exports, ...change?.(exports) } };
    },
  });
  Object.assign(WebAssembly, { Instance: Counted });
  t.after(() => Object.assign(WebAssembly, { Instance }));
  return () => made;
}

test("the next large input gets the memory of the last, whatever came of it", async (t) => {
  const made = await counting(t);
  assert.equal(await ending(good, { crls: longer }), "valid");
  assert.equal(await ending(listed, { crls: shorter }), "certificate-revoked");
  assert.equal(await ending(between, { crls: shorter }), "valid");
  assert.equal(await ending(between, { crls: longer }), "certificate-revoked");
  assert.equal(await ending(good, { crls: changed }), "crl-signature-mismatch");
  assert.equal(await ending(good, { crls: new Uint8Array(1_200_000) }), "crl-malformed");
  const failing = { crls: shorter, fetchEvidence: () => Promise.reject(new Error("offline")) };
  assert.equal(await ending(good, { ...failing }), "valid");
  // The garbage collector may have taken it.
  assert.ok(made() <= 3, String(made()));
});

test("an instance with a trap is not used again", async (t) => {
  let trap = true;
  const made = await counting(t, ({ verify_certificate }) => ({
    verify_certificate(...given: number[]) {
      if (trap) throw new WebAssembly.RuntimeError("unreachable");
      return (verify_certificate as (...given: number[]) => number)(...given);
    },
  }));
  // Larger than any before it.
  assert.equal(await ending(good, { crls: new Uint8Array(9_000_000) }), "internal-error");
  assert.equal(made(), 1);
  trap = false;
  assert.equal(await ending(good, { crls: longer }), "valid");
  assert.equal(made(), 2);
});

test("calls at the same time do not see each other's input", async (t) => {
  const made = await counting(t);
  t.mock.method(process, "getBuiltinModule", () => undefined);
  const asked = [
    [between, shorter, "valid"],
    [between, longer, "certificate-revoked"],
    [good, changed, "crl-signature-mismatch"],
    [listed, shorter, "certificate-revoked"],
  ] as const;
  for (let round = 0; round < 2; round++) {
    const calls = asked.map(([leaf, crls]) => ending(leaf, { crls }));
    assert.deepEqual(
      await Promise.all(calls),
      asked.map(([, , expected]) => expected),
    );
  }
  assert.ok(made() >= 3, String(made()));
});

test("the caller's bytes may change, shrink or go away while the platform hashes", async (t) => {
  t.mock.method(process, "getBuiltinModule", () => undefined);
  const bytes = new Uint8Array(shorter);
  const first = ending(listed, { crls: bytes });
  bytes.set(changed);
  const second = ending(good, { crls: bytes });
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  assert.deepEqual([await first, await second], ["certificate-revoked", "crl-signature-mismatch"]);
  // Newer than the types of the platform.
  const Resizable = ArrayBuffer as unknown as new (
    length: number,
    options: { maxByteLength: number },
  ) => ArrayBuffer & { resize(length: number): void };
  const resizable = new Resizable(shorter.length, { maxByteLength: shorter.length });
  const view = new Uint8Array(resizable);
  view.set(shorter);
  const third = ending(listed, { crls: view });
  resizable.resize(10);
  assert.equal(await third, "certificate-revoked");
});

test("bytes count as many as there are, not as their class says", async () => {
  const lying = (bytes: Uint8Array) =>
    Object.defineProperties(bytes, { length: { value: 2_000_000 }, byteLength: { value: 2_000_000 } });
  // Behind it, the memory has what was there before.
  assert.equal(await ending(good, { crls: longer }), "valid");
  const cut = lying(shorter.slice(0, -1));
  assert.equal(await ending(good, { crls: cut }), "crl-malformed");
  assert.equal(await ending(good, { crls: lying(shorter.slice()) }), "valid");
  assert.equal(await ending(between, { crls: [lying(new Uint8Array(10)), longer] }), "certificate-revoked");
});

test("several large lists, texts, and what is added behind them", async () => {
  const pem = `-----BEGIN X509 CRL-----\n${Buffer.from(longer)
    .toString("base64")
    .replace(/.{64}/g, "$&\n")}\n-----END X509 CRL-----\n`;
  for (const crls of [[shorter, longer], [longer, shorter, longer], pem, [changed, pem] as never])
    assert.equal(await ending(between, { crls }), "certificate-revoked");
  const fetchEvidence = () => ({ crls: [longer, shorter] });
  assert.equal(await ending(between, { crls: changed, fetchEvidence }), "certificate-revoked");
  // More than there is room for behind the list.
  const intermediates = Array.from({ length: 256 }, () => jpki.sign.current.certificate);
  assert.ok(intermediates.length * jpki.sign.current.certificate.length > 262_144);
  const { anchors, ...rest } = card("sign", { crls: shorter, require: "certificate" });
  const options = { ...rest, anchors, intermediates };
  assert.equal(await codeOf(() => verifyCertificate(listed.certificate, options)), "certificate-revoked");
});

test("neither weak references nor memory for another instance are needed", async (t) => {
  const before = { WeakRef: globalThis.WeakRef, WebAssembly };
  t.after(() => Object.assign(globalThis, before));
  Object.assign(globalThis, { WeakRef: undefined });
  assert.equal(await ending(good, { crls: longer }), "valid");
  assert.equal(await ending(listed, { crls: shorter }), "certificate-revoked");
  function Instance() {
    throw new RangeError("could not allocate memory");
  }
  const limited = Object.create(before.WebAssembly, { Instance: { value: Instance } });
  Object.assign(globalThis, { WebAssembly: limited });
  assert.equal(await ending(good, { crls: longer }), "valid");
  assert.equal(await ending(between, { crls: [shorter, longer] }), "certificate-revoked");
});

test("the content of a large message is its own, whatever is asked at the same time", async () => {
  const contents = [1, 2, 3].map((byte) => new Uint8Array(1_500_000).fill(byte));
  const messages = contents.map((content) => signedData({ content, signers: [{ leaf: sign }] }));
  for (let round = 0; round < 3; round++) {
    const others: Promise<string>[] = messages.map(() => ending(good, { crls: longer }));
    const results = await Promise.all(messages.map((message) => verifySignedData(message, card())));
    assert.deepEqual(
      results.map((result) => result.content),
      contents,
    );
    for (const other of others) assert.equal(await other, "valid");
  }
});

test("many parts behind a large one are not moved each time", async (t) => {
  const made = await counting(t);
  const crls = Array<Uint8Array>(40).fill(shorter);
  assert.equal(await ending(good, { crls }), "valid");
  assert.ok(made() < 12, String(made()));
});

test("a large message leaves its memory to the next one", async (t) => {
  const message = signedData({ content: new Uint8Array(1_500_000), signers: [{ leaf: sign }] });
  const made = await counting(t);
  for (let at = 0; at < 3; at += 1) await codeOf(() => verifySignedData(message, card()));
  assert.ok(made() <= 1, String(made()));
});
