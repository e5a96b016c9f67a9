// readSignedPackage: what is read strictly, and that nothing is verified. What packages prove is in tests/signed-package.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createSignedPackage,
  readSignedPackage,
  type SignedPackage,
  type SignedPackageJson,
  verifySignedPackage,
} from "honnin";
import { codeOf, refusalOf } from "./support/refusal.ts";

const base64 = (length: number, fill = 1) => Buffer.alloc(length, fill).toString("base64");

/** In form, and nothing else: none of its bytes are what they should be. */
const made: SignedPackageJson = {
  format: "honnin-signed-package",
  version: 1,
  document: { name: "契約書 \u{1f58b}.pdf", mediaType: "application/pdf", size: 2 ** 33 },
  digest: { algorithm: "sha256", value: base64(32) },
  signature: { scheme: "rsa-pkcs1-sha256", form: "digest-info", value: base64(256) },
  certificate: base64(900),
  evidence: { time: 1_795_140_000, crls: [base64(500)], ocspResponses: [base64(700), base64(701)] },
  timestamps: [base64(3)],
  claims: {
    createdAt: 1_795_143_600,
    profile: null,
    environment: "test",
    transaction: "8b1f4f0e-6f5e-4a6c-9a53-6d6f3c1d2b10",
    report: { steps: [{ id: "signature", status: "passed", reference: "RFC 8017 §8.2.2", detail: "" }] },
  },
};
/** The same as it is read: bytes in place of base64, and `cards` for the format's `environment`. */
const bytesOf = (length: number, fill = 1) => new Uint8Array(length).fill(fill);
const { environment: cards, ...claims } = made.claims;
const decoded: SignedPackage = {
  ...made,
  digest: { algorithm: "sha256", value: bytesOf(32) },
  signature: { scheme: "rsa-pkcs1-sha256", form: "digest-info", value: bytesOf(256) },
  certificate: bytesOf(900),
  evidence: { time: 1_795_140_000, crls: [bytesOf(500)], ocspResponses: [bytesOf(700), bytesOf(701)] },
  timestamps: [bytesOf(3)],
  claims: { ...claims, cards },
};
const text = JSON.stringify(made, null, 2);
const read = (given: unknown, options?: unknown) => readSignedPackage(given as string, options as never);

test("text, UTF-8 and its spaces give the same package, unverified", async () => {
  const bytes = new TextEncoder().encode(text);
  for (const given of [text, `${text}\n`, ` ${JSON.stringify(made)}\r\n`, bytes, bytes.slice().buffer]) {
    assert.deepEqual(await read(given), decoded);
  }
});

test("bytes are taken as they are when it is called", async () => {
  const bytes = new TextEncoder().encode(text);
  const reading = read(bytes);
  bytes.fill(0);
  assert.deepEqual(await reading, decoded);
});

test("what is no package", async () => {
  const changed = (more: object) => JSON.stringify({ ...made, ...more });
  const wrong: readonly (readonly [string, unknown, string])[] = [
    ["empty", "", "package-malformed"],
    ["no JSON", "{", "package-malformed"],
    ["not UTF-8", Uint8Array.of(0x7b, 0xff, 0x7d), "package-malformed"],
    ["a byte order mark", `\ufeff${text}`, "package-malformed"],
    ["two members of a name", text.replace('"format"', '"version": 1, "format"'), "package-malformed"],
    ["__proto__", text.replace('"format"', '"__proto__": {}, "format"'), "package-malformed"],
    ["a member too many", changed({ note: "" }), "package-malformed"],
    ["a member too few", changed({ timestamps: undefined }), "package-malformed"],
    ["base64url", changed({ certificate: base64(900, 0xff).replaceAll("/", "_") }), "package-malformed"],
    ["base64 in lines", changed({ certificate: base64(900).replace(/.{64}/g, "$&\n") }), "package-malformed"],
    ["another format", changed({ format: "signed-package" }), "package-malformed"],
    ["a later version", JSON.stringify({ format: made.format, version: 2 }), "package-version-unsupported"],
    ["an unknown scheme", text.replace("rsa-pkcs1-sha256", "rsa-pkcs1-md5"), "algorithm-unsupported"],
    ["a size that is not whole", text.replace(String(2 ** 33), "1.5"), "package-malformed"],
    ["a number in another form", text.replace(String(2 ** 33), "1e9"), "package-malformed"],
  ];
  for (const [name, given, code] of wrong) {
    const refusal = await refusalOf(() => read(given));
    assert.equal(refusal.code, code, name);
    assert.deepEqual(
      refusal.report?.steps.map(({ id, status }) => [id, status]),
      [["package", "failed"]],
    );
  }
});

test("other types, and bounds", async () => {
  for (const given of [undefined, null, 1, {}, [], made, new Uint16Array(3), new SharedArrayBuffer(2)]) {
    assert.equal(await codeOf(() => read(given)), "options-invalid", String(given));
  }
  const limits = (inputBytes: number) => ({ limits: { inputBytes } });
  const length = new TextEncoder().encode(text).length;
  assert.deepEqual(await read(text, limits(length)), decoded);
  assert.equal(await codeOf(() => read(text, limits(length - 1))), "input-too-large");
  for (const options of [null, 1, { limit: 1 }, { now: 1 }, { limits: { inputBytes: "1" } }]) {
    assert.equal(await codeOf(() => read(text, options)), "options-invalid", JSON.stringify(options));
  }
});

test("nothing of it is ever taken for verified", async () => {
  const digest = new Uint8Array(32).fill(1);
  const options = { anchors: [], now: 1_795_143_600, digest };
  assert.equal(await codeOf(() => verifySignedPackage(text, options)), "certificate-malformed");
  const other = { ...options, digest: new Uint8Array(32) };
  assert.equal(await codeOf(() => verifySignedPackage(text, other)), "document-mismatch");
  const given = {
    anchors: [],
    document: made.document,
    digest,
    scheme: "rsa-pkcs1-sha256",
    form: "digest-info",
    signature: new Uint8Array(256),
    certificate: new Uint8Array(900),
  } as const;
  assert.equal(await codeOf(() => createSignedPackage(given)), "certificate-malformed");
  // The format's word, and no time.
  for (const wrong of [{ environment: "test" }, { createdAt: 1_795_143_600_000 }, { createdAt: "today" }]) {
    const refused = codeOf(() => createSignedPackage({ ...given, claims: wrong as never }));
    assert.equal(await refused, "options-invalid", JSON.stringify(wrong));
  }
});
