// Sealed values are JWEs: jose reads what honnin writes, honnin reads what jose writes, and nothing else is read.
import assert from "node:assert/strict";
import { hkdfSync } from "node:crypto";
import { test } from "node:test";
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from "jose";
import { sealer } from "../../../src/relying-party/storage/sealed.js";

const secret = "a secret of more than thirty-two characters";
const purpose = "a purpose";

/** The key and its ID, derived without the code under test. */
function derived(from = secret): { key: Uint8Array; kid: string } {
  const bits = Buffer.from(hkdfSync("sha256", from, "", purpose, 38));
  return { key: bits.subarray(0, 32), kid: bits.subarray(32).toString("base64url") };
}

function byJose(value: unknown, header: object = {}, { key, kid } = derived()): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid, ...header })
    .encrypt(key);
}

test("jose opens a sealed value, which has a new IV each time", async () => {
  const value = { name: "山田　花子", list: [1, null, "x"] };
  const mine = sealer([secret], purpose);
  const [one, two] = [await mine.seal(value), await mine.seal(value)];
  const { key, kid } = derived();
  assert.deepEqual(decodeProtectedHeader(one), { alg: "dir", enc: "A256GCM", kid });
  const { plaintext } = await compactDecrypt(one, key);
  assert.deepEqual(JSON.parse(new TextDecoder().decode(plaintext)), value);
  assert.notEqual(one.split(".")[2], two.split(".")[2]);
  assert.deepEqual(await mine.open(one), value);
  assert.deepEqual(await mine.open(two), value);
});

test("what jose sealed is opened, with any of the secrets, for this purpose only", async () => {
  const sealed = await byJose({ a: 1 });
  assert.deepEqual(await sealer([secret], purpose).open(sealed), { a: 1 });
  assert.deepEqual(await sealer(["another secret of enough characters", secret], purpose).open(sealed), {
    a: 1,
  });
  assert.equal(await sealer(["another secret of enough characters"], purpose).open(sealed), undefined);
  assert.equal(await sealer([secret], "another purpose").open(sealed), undefined);
  // A key ID without its key.
  const foreign = { key: derived("another secret of enough characters").key, kid: derived().kid };
  assert.equal(await sealer([secret], purpose).open(await byJose({ a: 1 }, {}, foreign)), undefined);
});

test("other headers are not read, even with the right key", async () => {
  const mine = sealer([secret], purpose);
  for (const header of [{ zip: "DEF" }, { cty: "json" }, { kid: undefined }, { enc: "A128CBC-HS256" }]) {
    const sealed = await byJose({ a: 1 }, header).catch(() => undefined);
    if (sealed !== undefined) assert.equal(await mine.open(sealed), undefined, JSON.stringify(header));
  }
});

/** A sealed value with this character behind its header. */
async function sealedWith({ seal }: ReturnType<typeof sealer>, character: string): Promise<string> {
  for (;;) {
    const [header = "", ...rest] = (await seal({ a: "some text to encrypt" })).split(".");
    if (rest.join("").includes(character)) return [header, ...rest].join(".");
  }
}

test("a value has one encoding: no bit, no boundary and no segment can change", async () => {
  const mine = sealer([secret], purpose);
  const sealed = await mine.seal({ a: "some text to encrypt" });
  const parts = sealed.split(".");
  const bytes = (at: number) => Buffer.from(parts[at] ?? "", "base64url");
  const changed = (at: number, text: string) => parts.map((part, n) => (n === at ? text : part)).join(".");
  for (const at of [0, 2, 3, 4]) {
    for (const [byte, bit] of [
      [0, 1],
      [bytes(at).length - 1, 128],
    ] as const) {
      const flipped = bytes(at);
      flipped.writeUInt8(flipped.readUInt8(byte) ^ bit, byte);
      assert.equal(await mine.open(changed(at, flipped.toString("base64url"))), undefined);
    }
  }
  // The same bytes, with the boundary between ciphertext and tag moved.
  const [ciphertext, tag] = [bytes(3), bytes(4)];
  for (const by of [-1, 1]) {
    const all = Buffer.concat([ciphertext, tag]);
    const end = ciphertext.length + by;
    const moved = [all.subarray(0, end), all.subarray(end)].map((part) => part.toString("base64url"));
    assert.equal(await mine.open([...parts.slice(0, 3), ...moved].join(".")), undefined);
  }
  // Bits that a decoder does not read, white space that it passes over, and the other alphabet.
  const last = parts[4]?.at(-1) ?? "";
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const unread = alphabet[alphabet.indexOf(last) ^ 1] ?? "";
  assert.deepEqual(Buffer.from((parts[4] ?? "").slice(0, -1) + unread, "base64url"), bytes(4));
  const withDash = await sealedWith(mine, "-");
  const at = withDash.indexOf(".");
  for (const text of [
    changed(4, (parts[4] ?? "").slice(0, -1) + unread),
    changed(3, ` ${parts[3]}`),
    changed(3, `${parts[3]}\n`),
    withDash.slice(0, at) + withDash.slice(at).replace("-", "+"),
    changed(1, "AAAA"),
    `${sealed}.`,
    parts.slice(0, 4).join("."),
    `${sealed}=`,
    changed(2, ""),
    changed(4, ""),
    "",
    "....",
  ]) {
    assert.equal(await mine.open(text), undefined, text);
  }
  assert.equal(await sealer([secret], purpose, sealed.length - 1).open(sealed), undefined);
});
