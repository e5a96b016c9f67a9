// What an anchor's certificate says of paths, and anchors that cannot be read, through the npm package.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as asn1js from "asn1js";
import { verifyCertificate } from "honnin";
import * as pkijs from "pkijs";
import { codeOf } from "./support.js";

const now = Date.UTC(2026, 10, 20) / 1000;
const day = 86_400_000;
const algorithm = { name: "ECDSA", namedCurve: "P-256" };
const newKeys = () => crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
const rootKeys = await newKeys();
const leafKeys = await newKeys();

const extension = (
  extnID: string,
  critical: boolean,
  value: { toSchema(): { toBER(sizeOnly: boolean): ArrayBuffer } },
) => new pkijs.Extension({ extnID, critical, extnValue: value.toSchema().toBER(false) });
const dns = (value: string) => new pkijs.GeneralName({ type: 2, value });

async function certificate(fields: {
  readonly serial: number;
  readonly subject: string;
  readonly key: CryptoKey;
  readonly extensions: pkijs.Extension[];
}): Promise<Uint8Array> {
  const name = (value: string) =>
    new pkijs.AttributeTypeAndValue({ type: "2.5.4.3", value: new asn1js.Utf8String({ value }) });
  const made = new pkijs.Certificate({
    version: 2,
    serialNumber: new asn1js.Integer({ value: fields.serial }),
    extensions: fields.extensions,
  });
  made.issuer.typesAndValues.push(name("Root"));
  made.subject.typesAndValues.push(name(fields.subject));
  made.notBefore.value = new Date(now * 1000 - day);
  made.notAfter.value = new Date(now * 1000 + day);
  await made.subjectPublicKeyInfo.importKey(fields.key);
  await made.sign(rootKeys.privateKey, "SHA-256");
  return new Uint8Array(made.toSchema(false).toBER(false));
}

const root = (...extensions: pkijs.Extension[]) =>
  certificate({
    serial: 1,
    subject: "Root",
    key: rootKeys.publicKey,
    extensions: [extension("2.5.29.19", true, new pkijs.BasicConstraints({ cA: true })), ...extensions],
  });
const leaf = await certificate({
  serial: 2,
  subject: "Leaf",
  key: leafKeys.publicKey,
  extensions: [extension("2.5.29.17", false, new pkijs.GeneralNames({ names: [dns("www.other.test")] }))],
});
const constraints = new pkijs.NameConstraints({
  permittedSubtrees: [new pkijs.GeneralSubtree({ base: dns("example.test") })],
});

test("constraints in an anchor's certificate apply, unless they are to be ignored", async () => {
  const anchors = await root(extension("2.5.29.30", true, constraints));
  const verify = (more: object) => verifyCertificate(leaf, { anchors, now, ...more });
  assert.equal(await codeOf(() => verify({})), "name-constraints-violated");
  assert.equal(await codeOf(() => verify({ anchorConstraints: "apply" })), "name-constraints-violated");
  assert.deepEqual((await verify({ anchorConstraints: "ignore" })).warnings, []);
  assert.equal(await codeOf(() => verify({ anchorConstraints: "none" })), "options-invalid");
});

test("an anchor that cannot be read is skipped and named; none left is an error", async () => {
  const good = await root();
  const odd = good.slice(0, -1);
  const found = await verifyCertificate(leaf, { anchors: [odd, good, odd], now });
  assert.deepEqual(found.warnings, ["anchor-unreadable:1", "anchor-unreadable:3"]);
  assert.equal(await codeOf(() => verifyCertificate(leaf, { anchors: [odd], now })), "certificate-malformed");
});
