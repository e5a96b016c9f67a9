import assert from "node:assert/strict";
import { test } from "node:test";
import { type HonninError, readSignedPackage, verifySignedPackage } from "honnin";
import {
  type SignatureTransaction,
  type SigningMethod,
  type VerifySignatureResultOptions,
  verifySignatureResult,
} from "../../../src/relying-party/index.js";
import {
  anchors,
  base64,
  crlOf,
  digestOf,
  documentBytes,
  next,
  now,
  revoked,
  rules,
  sign,
  today,
  unknownPolicy,
} from "../signing/cards.js";

const prefix = {
  sha256: "3031300d060960864801650304020105000420",
  sha384: "3041300d060960864801650304020205000430",
};

function transactionOf(
  method: Required<Pick<SigningMethod, "form" | "scheme">> & Pick<SigningMethod, "ecdsaForm">,
) {
  const hash = method.scheme === "ecdsa-p384-sha384" ? "sha384" : "sha256";
  const digest = digestOf(hash);
  const transaction = {
    id: "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    digest: base64(digest),
    hash,
    ...method,
    startedAt: now,
  } as SignatureTransaction;
  const handed = method.form === "bare" ? digest : Buffer.concat([Buffer.from(prefix[hash], "hex"), digest]);
  return { transaction, handed };
}

const usual = transactionOf({ form: "digest-info", scheme: "rsa-pkcs1-sha256" });
const document = { name: "委任状.txt", mediaType: "text/plain", size: documentBytes.length };

function verify(more: object = {}, leaf = today) {
  return verifySignatureResult({
    transaction: usual.transaction,
    document,
    signature: sign(leaf, usual.handed),
    certificate: leaf.certificate,
    ...rules(leaf),
    now,
    ...more,
  } as VerifySignatureResultOptions);
}

test("both forms and both cards: one result with one report, and a package that verifies by itself", async () => {
  for (const [method, leaf] of [
    [{ form: "digest-info", scheme: "rsa-pkcs1-sha256" }, today],
    [{ form: "bare", scheme: "rsa-pkcs1-bare" }, today],
    [{ form: "digest-info", scheme: "ecdsa-p384-sha384", ecdsaForm: "der" }, next],
    [{ form: "bare", scheme: "ecdsa-p384-sha384", ecdsaForm: "raw" }, next],
  ] as const) {
    const { transaction, handed } = transactionOf(method);
    const signature = sign(leaf, handed, transaction.ecdsaForm);
    const result = await verify(
      { transaction, signature, document: { ...document, data: documentBytes } },
      leaf,
    );
    assert.equal(result.scheme, method.scheme);
    assert.equal(result.revocation.status, "good");
    assert.equal(result.profile?.hierarchy, "sign");
    assert.equal(result.asOf, now - 3_600);
    assert.equal(result.report.steps.find(({ id }) => id === "signature")?.status, "passed");
    const made = await readSignedPackage(result.package);
    assert.deepEqual(made.document, document);
    assert.deepEqual(made.signature.value, new Uint8Array(signature));
    assert.equal(made.signature.form, method.form);
    assert.equal(made.claims.transaction, transaction.id);
    assert.equal(made.claims.createdAt, now);
    assert.deepEqual(made.claims.report, result.report);
    const { revocation: _revocation, ...path } = rules(leaf);
    const later = await verifySignedPackage(result.package, {
      ...path,
      document: documentBytes,
      now: now + 400_000_000,
    } as Parameters<typeof verifySignedPackage>[1]);
    assert.equal(later.revocation.status, "good");
    assert.equal(later.asOf, result.asOf);
  }
});

test("evidence that was fetched about the signer goes into the package; that about others does not", async () => {
  const asked: string[] = [];
  const fetchEvidence = async ({ certificate }: { certificate: Uint8Array }) => {
    asked.push(base64(certificate));
    return { crls: crlOf(today) };
  };
  const result = await verify({ revocation: { fetchEvidence, require: "certificate" } });
  assert.deepEqual([...new Set(asked)], [base64(today.certificate)]);
  const made = await readSignedPackage(result.package);
  assert.deepEqual(made.evidence, {
    time: now - 3_600,
    crls: [new Uint8Array(crlOf(today))],
    ocspResponses: [],
  });
});

test("without evidence the package has none, and the result says not-checked", async () => {
  const result = await verify({ revocation: undefined });
  assert.equal(result.revocation.status, "not-checked");
  assert.equal(result.asOf, null);
  assert.equal((await readSignedPackage(result.package)).evidence.time, null);
});

test("evidence that settled nothing when it was verified does not settle it in the package", async () => {
  // An hour old, and the caller wants it to be newer.
  for (const [crlMaxAge, status, asOf] of [
    [3_000, "unknown", null],
    [3_600, "good", now - 3_600],
  ] as const) {
    const result = await verify({ revocation: { crls: crlOf(today), crlMaxAge, clockTolerance: 0 } });
    assert.equal(result.revocation.status, status);
    assert.equal(result.asOf, asOf);
    const { evidence } = await readSignedPackage(result.package);
    assert.equal(evidence.crls.length, asOf === null ? 0 : 1);
  }
});

test("with very many lists at hand, the one that was fetched is found", async () => {
  const crls = Array.from({ length: 100 }, () => crlOf(next));
  const result = await verify({
    revocation: { crls, fetchEvidence: () => ({ crls: crlOf(today) }), require: "certificate" },
    limits: { signatures: 10_000 },
  });
  assert.equal(result.asOf, now - 3_600);
});

const { handed } = usual;
const otherDigest = digestOf("sha256", new TextEncoder().encode("another"));
const refusals: [string, string, object, typeof today?][] = [
  [
    "over another hash",
    "signature-mismatch",
    { signature: sign(today, Buffer.concat([Buffer.from(prefix.sha256, "hex"), otherDigest])) },
  ],
  ["bare where DigestInfo was handed over", "signature-mismatch", { signature: sign(today, digestOf()) }],
  [
    "DigestInfo where the bare hash was handed over",
    "signature-mismatch",
    { transaction: transactionOf({ form: "bare", scheme: "rsa-pkcs1-bare" }).transaction },
  ],
  ["by another card", "signature-mismatch", { signature: sign(revoked, handed) }],
  [
    "altered",
    "signature-mismatch",
    { signature: sign(today, handed).map((byte, at) => (at === 9 ? byte ^ 1 : byte)) },
  ],
  ["with a certificate that is none", "certificate-malformed", { certificate: new Uint8Array([0x30, 0]) }],
  ["by a revoked card", "certificate-revoked", {}, revoked],
  ["under an unknown policy", "policy-unsupported", {}, unknownPolicy],
  ["in production", "environment-mismatch", { cards: "production", organization: undefined }],
  [
    "with RSA where the next card was asked for",
    "key-unsuitable",
    { ...transactionOf({ form: "bare", scheme: "ecdsa-p384-sha384", ecdsaForm: "der" }), handed: undefined },
  ],
  ["too late", "certificate-expired", { now: now + 20 * 31_557_600 }],
  ["without evidence that is required", "revocation-unknown", { revocation: { require: "certificate" } }],
  [
    "over another document",
    "document-mismatch",
    { document: { ...document, data: documentBytes.slice(1), size: undefined } },
  ],
  [
    "over a document of another size",
    "document-mismatch",
    { document: { ...document, size: 1, data: documentBytes } },
  ],
];
for (const [name, code, more, leaf] of refusals) {
  test(`a signature ${name} is ${code}`, async () => {
    await assert.rejects(verify(more, leaf), (error: HonninError) => {
      assert.equal(error.code, code, error.message);
      assert.doesNotMatch(JSON.stringify([error.message, error.report]), /見本|委任状|19850723/);
      return true;
    });
  });
}

const { transaction } = usual;
const wrong: [string, object][] = [
  ["no transaction", { transaction: undefined }],
  ["a transaction without its scheme's hash", { transaction: { ...transaction, hash: "sha384" } }],
  ["a digest of another length", { transaction: { ...transaction, digest: "AAAA" } }],
  [
    "a digest that is not canonical",
    { transaction: { ...transaction, digest: `${transaction.digest.slice(0, -2)}B=` } },
  ],
  ["an id that is no UUID", { transaction: { ...transaction, id: "1" } }],
  ["no time", { transaction: { ...transaction, startedAt: Number.NaN } }],
  ["a time in milliseconds", { transaction: { ...transaction, startedAt: now * 1000 } }],
  ["a time of now in milliseconds", { now: now * 1000 }],
  ["an unknown form", { transaction: { ...transaction, form: "x" } }],
  ["no document", { document: undefined }],
  ["a name with a line break", { document: { name: "a\nb" } }],
  ["a name that turns the direction of writing", { document: { name: "a\u202efdp.exe" } }],
  ["an empty name", { document: { name: "" } }],
  ["a long name", { document: { name: "あ".repeat(256) } }],
  ["half a character", { document: { name: "\ud83d" } }],
  ["a media type that is none", { document: { name: "a", mediaType: "pdf" } }],
  ["a size that is none", { document: { name: "a", size: -1 } }],
  ["half a byte", { document: { name: "a", size: 1.5 } }],
  ["a signature in base64", { signature: "AAAA" }],
  ["no certificate", { certificate: undefined }],
  ["a path that is not to be checked", { path: "not-checked" }],
  ["a scheme besides the transaction's", { scheme: "rsa-pkcs1-bare" }],
  ["a digest besides the transaction's", { digest: otherDigest }],
  ["data besides the transaction's digest", { data: documentBytes }],
  ["no anchors", { anchors: undefined }],
  ["an unknown option", { anchor: anchors }],
];
for (const [name, more] of wrong) {
  test(`${name} is options-invalid`, async () => {
    await assert.rejects(verify(more), { code: "options-invalid" });
  });
}

test("names are counted in characters", async () => {
  assert.ok(await verify({ document: { name: "😀".repeat(255) } }));
});
