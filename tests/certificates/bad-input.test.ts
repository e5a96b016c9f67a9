// Whatever is handed over ends in a HonninError with its code, and bytes are those of the moment of the call.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cardSign, certificatePem, digest, signedData } from "@honnin/synthetic-jpki";
import {
  type CertificateOptions,
  inspect,
  readHolder,
  SignedDataError,
  verifyCertificate,
  verifySignature,
  verifySignedData,
} from "honnin";
import { card, codeOf, jpki, now, sign } from "./support.ts";

const leaf = new Uint8Array(sign.certificate);
const content = new TextEncoder().encode("document");
const signature = cardSign(sign, digest("sha256", content), "digest-info");
const message = signedData({ content, signers: [{ leaf: sign }] });
const certificateCode = (certificate: unknown, options: unknown = card()) =>
  codeOf(() => verifyCertificate(certificate as Uint8Array, options as CertificateOptions));
const withOption = (change: object) => certificateCode(leaf, { ...card(), ...change });

test("what is valid without the faults below", async () => {
  assert.equal(await certificateCode(leaf), "valid");
  assert.equal(await certificateCode(leaf.buffer), "valid");
});

test("truncated anywhere: malformed", async () => {
  for (let length = 0; length < leaf.length; length += 13) {
    assert.equal(await certificateCode(leaf.slice(0, length)), "certificate-malformed", `${length} bytes`);
    assert.equal(await codeOf(() => readHolder(leaf.slice(0, length))), "certificate-malformed");
  }
  for (let length = 0; length < message.length; length += 37) {
    const code = await codeOf(() => verifySignedData(message.slice(0, length), card()));
    assert.equal(code, "cms-malformed", `${length} bytes`);
  }
});

test("of another type", async () => {
  const strange: readonly unknown[] = [
    undefined,
    null,
    0,
    true,
    {},
    [],
    [0, 100],
    { text: [0, 100] },
    Symbol("x"),
    () => leaf,
    new DataView(leaf.buffer),
    new Uint16Array(4),
    new Uint8ClampedArray(4),
    [...leaf],
    new Date(),
  ];
  for (const value of strange) {
    const name = typeof value === "symbol" ? "symbol" : `${Object.prototype.toString.call(value)}`;
    assert.equal(await certificateCode(value), "options-invalid", name);
    assert.equal(await codeOf(() => verifySignedData(value as Uint8Array, card())), "options-invalid", name);
    assert.equal(await codeOf(() => readHolder(value as Uint8Array)), "options-invalid", name);
    assert.equal(await codeOf(() => inspect(value as Uint8Array)), "options-invalid", name);
    for (const member of ["data", "signature", "certificate"]) {
      const given = { ...card(), data: content, signature, certificate: leaf, scheme: "rsa-pkcs1-sha256" };
      const code = await codeOf(() => verifySignature({ ...given, [member]: value } as never));
      assert.equal(code, "options-invalid", `${member}: ${name}`);
    }
    if (Array.isArray(value) && value.length === 0) continue;
    if (value === undefined) continue;
    assert.equal(await withOption({ intermediates: [value] }), "options-invalid", name);
    assert.equal(await withOption({ revocation: { crls: [value] } }), "options-invalid", name);
  }
});

test("texts where bytes belong", async () => {
  for (const member of ["data", "signature", "digest"]) {
    const { data, ...rest } = {
      ...card(),
      data: content,
      signature,
      certificate: leaf,
      scheme: "rsa-pkcs1-sha256",
    };
    const given = member === "digest" ? rest : { ...rest, data };
    const code = await codeOf(() => verifySignature({ ...given, [member]: "text" } as never));
    assert.equal(code, "options-invalid", member);
  }
});

test("options that are wrong", async () => {
  const wrong: readonly object[] = [
    { anchors: undefined },
    { profile: "jpki" },
    { profile: 1 },
    { profile: { name: "x" } },
    {
      profile: {
        name: "x",
        hierarchy: "sign",
        organization: "x",
        policies: ["x"],
        keyUsage: [],
        schemes: [],
      },
    },
    { cards: "sandbox" },
    { organization: 1 },
    { policies: "1.2.3" },
    { policies: ["1"] },
    { policies: ["1.2.x"] },
    { now: -1 },
    { now: now * 1000 },
    { now: Number.NaN },
    { now: 2 ** 32 },
    { now: "1" },
    { limits: 1 },
    { limits: { signatures: -1 } },
    { limits: { signature: 1 } },
    { limits: { inputBytes: Number.NaN } },
    { limits: { inputBytes: "1" } },
    { revocation: [] },
    { revocation: { require: "all" } },
    { revocation: { crl: [] } },
    { revocation: { reportOnly: 1 } },
    { revocation: { ocspNonce: "x" } },
    { anchor: [] },
    { purpose: "1.3.6.1.5.5.7.3.2" },
    { explicitPolicy: true },
    { keyUsage: ["digitalSignature"] },
    { allowSha1: true },
    { __proto__x: 1 },
    { certificate: leaf },
  ];
  for (const change of wrong)
    assert.equal(await withOption(change), "options-invalid", JSON.stringify(change));
  for (const options of [undefined, null, 1, "x", [], Symbol("x")]) {
    assert.equal(await certificateCode(leaf, options ?? null), "options-invalid");
  }
  const general = { anchors: [], now };
  for (const change of [
    { keyUsage: [] },
    { keyUsage: ["sign"] },
    { purpose: "clientAuth" },
    { purpose: "1.2.3", extendedKeyUsage: "1.2.3" },
    { nameConstraints: new Uint8Array([0x30, 0]) },
    { organization: "x" },
    { cards: "test" },
    { explicitPolicy: 1 },
  ]) {
    assert.equal(
      await certificateCode(leaf, { ...general, ...change }),
      "options-invalid",
      JSON.stringify(change),
    );
  }
});

test("options that cannot be read", async () => {
  const cyclic: Record<string, unknown> = { ...card() };
  cyclic.profile = { cyclic };
  const throwing = {
    ...card(),
    get limits() {
      throw new Error("no");
    },
  };
  const proxy = new Proxy(
    { ...card() },
    {
      ownKeys() {
        throw new Error("no");
      },
    },
  );
  const hostile = [new Proxy([], { get: () => assert.fail("was read") })];
  for (const options of [cyclic, throwing, proxy, { ...card(), anchors: hostile }, { ...card(), now: 1n }]) {
    assert.equal(await certificateCode(leaf, options), "options-invalid");
  }
});

test("buffers that are detached, shrunk or shared", async () => {
  const gone = leaf.slice();
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  assert.equal(await certificateCode(gone), "options-invalid");
  assert.equal(await certificateCode(gone.buffer), "options-invalid");
  assert.equal(await withOption({ anchors: [gone] }), "options-invalid");

  type Resizable = ArrayBuffer & { resize(length: number): void };
  const Constructor = ArrayBuffer as unknown as new (
    length: number,
    options: { maxByteLength: number },
  ) => Resizable;
  const resizable = new Constructor(leaf.length, { maxByteLength: 4096 });
  new Uint8Array(resizable).set(leaf);
  assert.equal(await certificateCode(resizable), "valid");
  const whole = new Uint8Array(resizable, 0, leaf.length);
  assert.equal(await certificateCode(whole), "valid");
  resizable.resize(100);
  assert.equal(await certificateCode(resizable), "certificate-malformed");
  assert.equal(await certificateCode(whole), "options-invalid");

  const shared = new Uint8Array(new SharedArrayBuffer(leaf.length));
  shared.set(leaf);
  assert.equal(await certificateCode(shared), "options-invalid");
  assert.equal(await certificateCode(shared.buffer), "options-invalid");
  const given = { data: shared, signature, publicKey: leaf, scheme: "rsa-pkcs1-sha256" } as never;
  assert.equal(await codeOf(() => verifySignature(given)), "options-invalid");
});

test("the bytes are those of the moment of the call", async () => {
  const certificate = leaf.slice();
  const data = new Uint8Array(100_000).fill(7);
  const signed = cardSign(sign, digest("sha256", data), "digest-info");
  const verified = verifyCertificate(certificate, card());
  const checked = verifySignature({
    ...card(),
    data,
    signature: signed,
    certificate,
    scheme: "rsa-pkcs1-sha256",
  });
  certificate.fill(0);
  data.fill(0);
  signed.fill(0);
  await Promise.all([verified, checked]);
});

test("PEM that is none, of another kind, or of several certificates", async () => {
  const good = certificatePem(leaf);
  const cases: readonly (readonly [string, string])[] = [
    [good, "valid"],
    [`some text\r\n${good.replaceAll("\n", "\r\n")}\r\nmore`, "valid"],
    ["", "certificate-malformed"],
    ["-----BEGIN CERTIFICATE-----", "certificate-malformed"],
    [good.replace("END CERTIFICATE", "END X"), "certificate-malformed"],
    [good.replaceAll("CERTIFICATE", "PRIVATE KEY"), "certificate-malformed"],
    [good.replace("\nM", "\n*"), "certificate-malformed"],
    [good.replace("=", ""), good.includes("=") ? "certificate-malformed" : "valid"],
    ["\ud800".repeat(10), "certificate-malformed"],
    [Buffer.from(leaf).toString("base64"), "certificate-malformed"],
    [good + good, "options-invalid"],
  ];
  for (const [text, code] of cases) assert.equal(await certificateCode(text), code, text.slice(0, 60));
  assert.equal(await withOption({ anchors: "" }), "certificate-malformed");
  assert.equal(await withOption({ revocation: { crls: good } }), "crl-malformed");
  assert.equal(await withOption({ anchors: [] }), "anchor-missing");
});

test("too large, before it is copied into the module", async () => {
  const large = new Uint8Array(67_108_865);
  assert.equal(await certificateCode(large), "input-too-large");
  assert.equal(await withOption({ intermediates: [large.subarray(1), leaf] }), "input-too-large");
  assert.equal(await withOption({ limits: { inputBytes: 100 } }), "input-too-large");
  assert.equal(await withOption({ limits: { certificateBytes: 100 } }), "certificate-malformed");
  assert.equal(await codeOf(() => inspect(large)), "input-too-large");
  // Data whose digest the platform computes do not go to the module at all.
  const signed = cardSign(sign, digest("sha256", large), "digest-info");
  const given = {
    ...card(),
    data: large,
    signature: signed,
    certificate: leaf,
    scheme: "rsa-pkcs1-sha256",
  } as const;
  assert.equal(await codeOf(() => verifySignature(given)), "valid");
});

test("budgets", async () => {
  const many = Array.from({ length: 11 }, () => leaf);
  assert.equal(
    await withOption({ intermediates: many, limits: { intermediates: 10 } }),
    "path-budget-exhausted",
  );
  assert.equal(await withOption({ limits: { signatures: 0 } }), "path-budget-exhausted");
});

test("garbage, seeded: always a code, never an exception of another kind", async () => {
  let state = 42;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const authority = jpki.sign.current.certificate;
  for (let round = 0; round < 400; round += 1) {
    const from = [leaf, authority, message, signature][random(4)] ?? leaf;
    const bytes = new Uint8Array(from);
    for (let change = 0; change < 1 + random(8); change += 1) bytes[random(bytes.length)] = random(256);
    for (const call of [
      () => verifyCertificate(bytes, card()),
      () => verifyCertificate(leaf, { ...card(), anchors: [bytes], intermediates: [bytes] }),
      () => verifyCertificate(leaf, card("sign", { crls: bytes, ocspResponses: bytes })),
      () => verifySignedData(bytes, card()),
      () => readHolder(bytes),
      () => inspect(bytes),
      () => verifySignature({ data: bytes, signature: bytes, publicKey: bytes, scheme: "rsa-pss-sha256" }),
    ]) {
      assert.match(await codeOf(call), /^[a-z0-9-]+$/);
    }
  }
});

test("a message with a bad signer: a HonninError that says how each fared", async () => {
  const forged = signedData({
    content,
    signers: [{ leaf: sign }, { leaf: sign, key: jpki.auth.current.key }],
  });
  const error = await verifySignedData(forged, card()).catch((refusal: unknown) => refusal);
  assert.ok(error instanceof SignedDataError);
  assert.equal(error.name, "HonninError");
  assert.equal(error.code, "signature-mismatch");
  const fared = error.signers.map((signer) => ("code" in signer ? signer.code : signer.scheme));
  assert.deepEqual(fared, ["rsa-pkcs1-sha256", "signature-mismatch"]);
});
