// verifySignature: whose key, which form, data or digest; and what the result says of the path.
import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { test } from "node:test";
import { cardSign, certificatePem, digest, pem, samplePerson, signedData } from "@honnin/synthetic-jpki";
import { type PublicJwk, type SignatureScheme, verifySignature, verifySignedData } from "honnin";
import { card, codeOf, jpki, now, sign } from "./support.ts";

const data = new TextEncoder().encode("document");
const hash = digest("sha256", data);
const signature = cardSign(sign, hash, "digest-info");
const certificate = sign.certificate;
const scheme = "rsa-pkcs1-sha256";

const x509 = certificatePem(certificate);
const key = createPublicKey(x509);
const spki = new Uint8Array(key.export({ type: "spki", format: "der" }));
const jwk = key.export({ format: "jwk" }) as PublicJwk;

test("with a certificate, its path is verified too", async () => {
  const result = await verifySignature({ ...card(), data, signature, certificate, scheme });
  assert.equal(result.path.length, 1);
  assert.equal(result.scheme, scheme);
  assert.equal(result.profile?.hierarchy, "sign");
  const ids = result.report.steps.map(({ id }) => id);
  assert.ok(ids.indexOf("signature") < ids.indexOf("certificate-signature"));
  const expired = { ...card(), data, signature, certificate, scheme, now: now + 10 * 365 * 86_400 } as const;
  assert.equal(await codeOf(() => verifySignature(expired)), "certificate-expired");
  const anchorless = { data, signature, certificate, scheme, now } as never;
  assert.equal(await codeOf(() => verifySignature(anchorless)), "options-invalid");
});

test("without a path only where the caller says so, and the result says it", async () => {
  const result = await verifySignature({ data, signature, certificate, scheme, path: "not-checked" });
  assert.equal(result.path, "not-checked");
  assert.deepEqual(result.revocation, { status: "not-checked" });
  assert.ok(result.report.steps.some(({ id, status }) => id === "path" && status === "skipped"));
  for (const path of ["checked", true, null]) {
    const given = { data, signature, certificate, scheme, path } as never;
    assert.equal(await codeOf(() => verifySignature(given)), "options-invalid");
  }
  const both = { ...card(), data, signature, certificate, scheme, path: "not-checked" } as never;
  assert.equal(await codeOf(() => verifySignature(both)), "options-invalid");
});

test("a key as SPKI in DER and PEM, and as JWK", async () => {
  for (const publicKey of [spki, pem("PUBLIC KEY", spki), jwk, { ...jwk, alg: "RS256", use: "sig" }]) {
    const { path, report } = await verifySignature({ data, signature, publicKey, scheme });
    assert.equal(path, "not-checked");
    assert.deepEqual(
      report.steps.map(({ id, status }) => [id, status]),
      [
        ["signature", "passed"],
        ["path", "skipped"],
      ],
    );
  }
  const refused: readonly (readonly [unknown, string])[] = [
    [{ ...jwk, alg: "PS256" }, "key-unsuitable"],
    [{ ...jwk, use: "enc" }, "key-unsuitable"],
    [{ ...jwk, kty: "EC" }, "key-unsuitable"],
    [{ ...jwk, d: "AQAB" }, "key-set-contains-secret"],
    [{ kty: "oct", k: "AQAB" }, "key-set-contains-secret"],
    [{ ...jwk, n: undefined }, "key-malformed"],
    [{ ...jwk, n: "AQAB" }, "key-size-unsupported"],
    [{}, "key-unsuitable"],
    [certificate, "key-malformed"],
    [x509, "key-malformed"],
    ["", "key-malformed"],
    [1, "options-invalid"],
    [null, "options-invalid"],
    [[spki], "options-invalid"],
  ];
  for (const [publicKey, code] of refused) {
    const given = { data, signature, publicKey, scheme } as never;
    assert.equal(await codeOf(() => verifySignature(given)), code, JSON.stringify(publicKey)?.slice(0, 80));
  }
  // What the card makes of a bare digest has no name in JOSE: a key that is named for RS256 is not for it.
  const bare = cardSign(sign, hash, "bare");
  const given = { data, signature: bare, scheme: "rsa-pkcs1-bare" } as const;
  assert.equal(await codeOf(() => verifySignature({ ...given, publicKey: jwk })), "valid");
  const named = { ...jwk, alg: "RS256" };
  assert.equal(await codeOf(() => verifySignature({ ...given, publicKey: named })), "key-unsuitable");
});

test("the scheme is never guessed", async () => {
  const forms = [
    ["rsa-pkcs1-sha256", "digest-info"],
    ["rsa-pkcs1-bare", "bare"],
    ["rsa-pss-sha256", "pss"],
  ] as const;
  for (const [made, form] of forms) {
    const signed = cardSign(sign, hash, form);
    for (const [stated] of forms) {
      const code = await codeOf(() =>
        verifySignature({ digest: hash, signature: signed, publicKey: spki, scheme: stated }),
      );
      assert.equal(code, made === stated ? "valid" : "signature-mismatch", `${made} as ${stated}`);
    }
  }
  for (const stated of [undefined, "rsa", "RSA-PKCS1-SHA256", "rsa-pkcs1-md5", "constructor", 1]) {
    const given = { data, signature, publicKey: spki, scheme: stated } as never;
    const expected = typeof stated === "string" ? "algorithm-unsupported" : "options-invalid";
    assert.equal(await codeOf(() => verifySignature(given)), expected, String(stated));
  }
});

test("P-384, as DER and as r‖s, by the caller's word", async () => {
  const leaf = await jpki.issueSignCertificate(samplePerson, { authority: jpki.sign.nextCard });
  const digest384 = digest("sha384", data);
  const signatures = {
    der: cardSign(leaf, digest384, "der-ecdsa"),
    raw: cardSign(leaf, digest384, "raw-ecdsa"),
  };
  const check = (made: "der" | "raw", ecdsaForm: "der" | "raw" | undefined) =>
    codeOf(() =>
      verifySignature({
        data,
        signature: signatures[made],
        certificate: leaf.certificate,
        scheme: "ecdsa-p384-sha384",
        ecdsaForm,
        path: "not-checked",
      }),
    );
  assert.equal(await check("der", undefined), "valid");
  assert.equal(await check("der", "der"), "valid");
  assert.equal(await check("raw", "raw"), "valid");
  assert.equal(await check("raw", undefined), "signature-mismatch");
  assert.equal(await check("der", "raw"), "signature-mismatch");
  const withRsa = { data, signature, publicKey: spki, scheme, ecdsaForm: "der" } as const;
  assert.equal(await codeOf(() => verifySignature(withRsa)), "options-invalid");
});

test("data and digest end alike, however long the data and whoever computes it", async () => {
  const schemes: readonly (readonly [
    SignatureScheme,
    "sha256" | "sha512",
    "digest-info" | "bare" | "pss",
  ])[] = [
    ["rsa-pkcs1-sha256", "sha256", "digest-info"],
    ["rsa-pkcs1-sha512", "sha512", "digest-info"],
    ["rsa-pkcs1-bare", "sha256", "bare"],
    ["rsa-pss-sha512", "sha512", "pss"],
  ];
  for (const length of [0, 1, 65_535, 65_536, 1_000_000]) {
    const long = new Uint8Array(length).fill(0x61);
    for (const [stated, name, form] of schemes) {
      const signed = cardSign(sign, digest(name, long), form);
      const common = { signature: signed, publicKey: spki, scheme: stated, now };
      const byData = await verifySignature({ ...common, data: long });
      assert.deepEqual(await verifySignature({ ...common, digest: digest(name, long) }), byData);
      const wrong = { ...common, data: new Uint8Array(length + 1) };
      assert.equal(await codeOf(() => verifySignature(wrong)), "signature-mismatch");
      const without = Object.getOwnPropertyDescriptor(globalThis, "crypto") as PropertyDescriptor;
      Object.defineProperty(globalThis, "crypto", { value: undefined, configurable: true });
      try {
        assert.deepEqual(await verifySignature({ ...common, data: long }), byData);
      } finally {
        Object.defineProperty(globalThis, "crypto", without);
      }
    }
  }
  const short = { digest: hash.slice(1), signature, publicKey: spki, scheme } as const;
  assert.equal(await codeOf(() => verifySignature(short)), "options-invalid");
  const both = { digest: hash, data, signature, publicKey: spki, scheme } as never;
  assert.equal(await codeOf(() => verifySignature(both)), "options-invalid");
  const neither = { signature, publicKey: spki, scheme } as never;
  assert.equal(await codeOf(() => verifySignature(neither)), "options-invalid");
});

test("detached messages with short and long content; enclosed content comes back", async () => {
  for (const length of [0, 1, 100_000]) {
    const content = new Uint8Array(length).fill(0x62);
    for (const hashName of ["sha256", "sha384", "sha512"] as const) {
      const detached = signedData({ content, detached: true, signers: [{ leaf: sign, hash: hashName }] });
      const result = await verifySignedData(detached, { ...card(), content });
      assert.equal(result.content, null);
      assert.equal(result.signers[0]?.path.length, 1);
      const other = { ...card(), content: new Uint8Array(length + 1) };
      assert.equal(await codeOf(() => verifySignedData(detached, other)), "message-digest-mismatch");
      assert.equal(await codeOf(() => verifySignedData(detached, card())), "content-missing");
    }
    for (const indefinite of [false, true]) {
      const enclosed = signedData({ content, indefinite, signers: [{ leaf: sign }] });
      for (const given of [enclosed, pem("CMS", enclosed)]) {
        const result = await verifySignedData(given, card());
        assert.deepEqual(result.content, content);
        assert.equal(result.contentType, "1.2.840.113549.1.7.1");
        assert.equal(result.signers[0]?.claimedSigningTime ?? null, result.signers[0]?.claimedSigningTime);
      }
      const other = { ...card(), content: new Uint8Array(length + 1) };
      assert.equal(await codeOf(() => verifySignedData(enclosed, other)), "content-mismatch");
    }
  }
});

test("a key that may not sign documents", async () => {
  const authority = jpki.sign.current;
  const given = {
    data,
    signature: cardSign(authority, hash, "digest-info"),
    certificate: authority.certificate,
    scheme,
    path: "not-checked",
  } as const;
  assert.equal(await codeOf(() => verifySignature(given)), "key-usage-missing");
});
