// What of a CRL the platform hashes, and with which function.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { digestsOfCrls } from "../src/verifier/crl-digests.ts";
import { Parts } from "../src/verifier/parts.ts";

const bytes = (...parts: readonly (number | Uint8Array)[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === "number" ? [part] : [...part])));
const long = (content: Uint8Array) => {
  const length = content.length;
  return bytes(0x30, 0x83, length >> 16, (length >> 8) & 0xff, length & 0xff, content);
};
const oid = (hex: string) => {
  const value = Buffer.from(hex, "hex");
  return bytes(0x06, value.length, value);
};

const tbs = long(new Uint8Array(70_000).fill(7));
const algorithm = (hex: string) => bytes(0x30, oid(hex).length + 2, oid(hex), 5, 0);
const crlOf = (hex: string) => long(bytes(tbs, algorithm(hex), 3, 2, 0, 1));

async function digests(crl: Uint8Array<ArrayBuffer>) {
  const parts = new Parts(undefined);
  // What is before it must not matter.
  parts.add(new Uint8Array(11), "a certificate");
  const found = await digestsOfCrls([parts.add(crl, "crls")], parts);
  return found;
}

for (const [name, hex] of [
  ["sha256", "2a864886f70d01010b"],
  ["sha384", "2a864886f70d01010c"],
  ["sha512", "2a864886f70d01010d"],
  ["sha256", "2a8648ce3d040302"],
  ["sha384", "2a8648ce3d040303"],
  ["sha512", "2a8648ce3d040304"],
] as const)
  test(`${hex} is signed over ${name} of the tbsCertList`, async () => {
    const expected = [[11 + 5, tbs.length], createHash(name).update(tbs).digest("hex")];
    assert.deepEqual(await digests(crlOf(hex)), [expected]);
  });

test("nothing is hashed for another algorithm, or if the bytes are no CRL", async () => {
  const valid = crlOf("2a864886f70d01010b");
  assert.deepEqual(await digests(crlOf("2a864886f70d01010a")), []);
  assert.deepEqual(await digests(crlOf("5f5f70726f746f5f5f")), []);
  // Cut off, the outer length is too long.
  assert.deepEqual(await digests(valid.slice(0, -1)), []);
  assert.deepEqual(await digests(new Uint8Array(100_000)), []);
  // Each byte of the headers, with any value: never an exception.
  const headers = [...Array(10).keys(), ...[...Array(20).keys()].map((at) => 5 + tbs.length + at)];
  for (const at of headers)
    for (const value of [0, 1, 0x30, 0x7f, 0x80, 0x81, 0x84, 0x85, 0xff]) {
      const changed = new Uint8Array(valid);
      changed[at] = value;
      assert.ok((await digests(changed)).length <= 1);
    }
});

test("a short CRL is left to the verifier", async () => {
  const parts = new Parts(undefined);
  assert.deepEqual(await digestsOfCrls([parts.add(new Uint8Array(65_535), "crls")], parts), []);
  assert.deepEqual(await digestsOfCrls([{ text: [0, 100_000] }], parts), []);
});
