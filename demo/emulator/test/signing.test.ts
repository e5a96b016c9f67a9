import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import { sha256, sign, signingClient, unpadded, verifies, withPrefix } from "./signing-support.js";
import { emulator, RelyingParty } from "./support.js";

const shop = signingClient("signShop");
const op = await emulator({ clients: [shop], mode: "test-card" });
const party = await RelyingParty.of(op, shop);
const document = randomBytes(1000);

test("RSA, DigestInfo: the customary signature", async () => {
  const opened = await sign(party, shop, withPrefix("sha256", sha256(document)));
  assert.deepEqual(opened.header, { alg: "RSA-OAEP-256", enc: "A256GCM", kid: "enc-1" });
  assert.equal(opened.certificate.publicKey.asymmetricKeyType, "rsa");
  assert.equal(verifies("sha256", document, opened), true);
  assert.equal(verifies("sha256", randomBytes(1000), opened), false);
});

test("RSA, bare hash: padded as it is, and no customary signature", async () => {
  const opened = await sign(party, shop, sha256(document));
  assert.deepEqual(unpadded(opened), sha256(document));
  assert.equal(verifies("sha256", document, opened), false);
});

test("RSA, SHA-384, in both forms", async () => {
  const hash = createHash("sha384").update(document).digest();
  assert.equal(verifies("sha384", document, await sign(party, shop, withPrefix("sha384", hash))), true);
  assert.deepEqual(unpadded(await sign(party, shop, hash)), hash);
});

test("P-384: ECDSA over the hash, in DER, whatever the form", async () => {
  const hash = createHash("sha384").update(document).digest();
  for (const data of [hash, withPrefix("sha384", hash)]) {
    const opened = await sign(party, shop, data, { card: "next-card" });
    assert.equal(opened.certificate.publicKey.asymmetricKeyDetails?.namedCurve, "secp384r1");
    assert.equal(verifies("sha384", document, opened), true);
  }
});
