// What the card makes, as OpenSSL and Node check it.
import assert from "node:assert/strict";
import { constants, publicDecrypt, verify } from "node:crypto";
import { describe, test } from "node:test";
import { cardSign, digest, type Leaf, pem, samplePerson } from "../src/index.js";
import { file, jpki, openssl, withOpenssl } from "./support.js";

const rsa = await jpki.issueSignCertificate(samplePerson);
const ec = await jpki.issueSignCertificate(samplePerson, { authority: jpki.sign.nextCard });
const message = new TextEncoder().encode("本人が署名する文書");

function pkeyutl(leaf: Leaf, hashed: Uint8Array, signature: Uint8Array, ...options: string[]): boolean {
  return openssl(
    ...["pkeyutl", "-verify", "-pubin", "-inkey", file("key.pem", pem("PUBLIC KEY", leaf.key.spki))],
    ...["-in", file("hash", hashed), "-sigfile", file("signature", signature)],
    ...options.flatMap((option) => ["-pkeyopt", option]),
  ).ok;
}

describe("RSA", () => {
  for (const hash of ["sha256", "sha384", "sha512"] as const) {
    test(`digest-info, ${hash}`, withOpenssl, () => {
      const hashed = digest(hash, message);
      const signature = cardSign(rsa, hashed, "digest-info");
      assert.ok(pkeyutl(rsa, hashed, signature, `digest:${hash}`));
      assert.ok(verify(hash, message, rsa.key.publicKey, signature));
      // Without the DigestInfo it is another scheme.
      assert.equal(pkeyutl(rsa, hashed, signature), false);
    });
    test(`pss, ${hash}`, withOpenssl, () => {
      const hashed = digest(hash, message);
      const signature = cardSign(rsa, hashed, "pss");
      const options = ["rsa_padding_mode:pss", `digest:${hash}`];
      assert.ok(pkeyutl(rsa, hashed, signature, ...options, "rsa_pss_saltlen:digest"));
      assert.equal(pkeyutl(rsa, hashed, signature, ...options, "rsa_pss_saltlen:20"), false);
    });
  }
  test("bare: the block holds the 32 bytes alone", withOpenssl, () => {
    const hashed = digest("sha256", message);
    const signature = cardSign(rsa, hashed, "bare");
    assert.ok(pkeyutl(rsa, hashed, signature, "rsa_padding_mode:pkcs1"));
    assert.equal(pkeyutl(rsa, hashed, signature, "digest:sha256"), false);
    assert.equal(verify("sha256", message, rsa.key.publicKey, signature), false);
    const block = publicDecrypt({ key: rsa.key.publicKey, padding: constants.RSA_NO_PADDING }, signature);
    assert.equal(block.toString("hex"), `0001${"ff".repeat(221)}00${Buffer.from(hashed).toString("hex")}`);
  });
  test("SHA-1 only by its own name", () => {
    const hashed = digest("sha1", message);
    assert.ok(verify("sha1", message, rsa.key.publicKey, cardSign(rsa, hashed, "sha1-digest-info")));
    assert.throws(() => cardSign(rsa, hashed, "digest-info"), RangeError);
    assert.throws(() => cardSign(rsa, digest("sha256", message), "sha1-digest-info"), RangeError);
  });
});

describe("ECDSA P-384", () => {
  const hashed = digest("sha384", message);
  test("der and raw are one signature", withOpenssl, () => {
    const der = cardSign(ec, hashed, "der-ecdsa");
    const raw = cardSign(ec, hashed, "raw-ecdsa");
    assert.equal(raw.length, 96);
    assert.ok(pkeyutl(ec, hashed, der));
    assert.ok(verify("sha384", message, ec.key.publicKey, der));
    assert.ok(verify("sha384", message, { key: ec.key.publicKey, dsaEncoding: "ieee-p1363" }, raw));
    assert.equal(verify("sha384", message, { key: ec.key.publicKey, dsaEncoding: "ieee-p1363" }, der), false);
  });
  test("a hundred messages, some with short r or s", () => {
    for (let i = 0; i < 100; i++) {
      const text = Buffer.from(`message ${i}`);
      assert.ok(verify("sha384", text, ec.key.publicKey, cardSign(ec, digest("sha384", text), "der-ecdsa")));
    }
  });
  test("digests longer and shorter than the order", () => {
    for (const hash of ["sha512", "sha256"] as const)
      assert.ok(verify(hash, message, ec.key.publicKey, cardSign(ec, digest(hash, message), "der-ecdsa")));
  });
  test("an RSA form is refused", () => {
    assert.throws(() => cardSign(rsa, hashed, "raw-ecdsa"), TypeError);
    assert.throws(() => cardSign(ec, hashed, "bare"));
  });
});

test("P-256 and other RSA keys can be made as well", async () => {
  const p256 = { key: await jpki.makeKey("p256", "p256") };
  assert.ok(
    verify("sha256", message, p256.key.publicKey, cardSign(p256, digest("sha256", message), "der-ecdsa")),
  );
  const three = await jpki.makeKey("e=3", "rsa", { bits: 3072, exponent: 3n });
  assert.equal(three.publicKey.asymmetricKeyDetails?.publicExponent, 3n);
  assert.equal(three.publicKey.asymmetricKeyDetails?.modulusLength, 3072);
  assert.ok(
    verify(
      "sha256",
      message,
      three.publicKey,
      cardSign({ key: three }, digest("sha256", message), "digest-info"),
    ),
  );
});
