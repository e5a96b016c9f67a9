// A key that is not in this process: what signs with it is a function of the site.
import assert from "node:assert/strict";
import { createSign, sign as signWithNode } from "node:crypto";
import { test } from "node:test";
import { newEcKeyPair, newRsaKeyPair } from "@honnin/synthetic-jpki";
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from "jose";
import {
  type ClientOptions,
  type ClientSigner,
  clientAssertion,
  clientKeySet,
  type PrivateJwk,
  type PublicJwk,
} from "../../../src/relying-party/index.js";
import { derToRaw } from "../../../src/relying-party/service/der-to-raw.js";
import { Browser, codeOf } from "../browser.js";
import { useWorld } from "../setup.js";

const world = await useWorld();
const base = { clientId: "client0123456789", audience: "https://op.example/token" };
const ec = newEcKeyPair("P-256");
const rsa = newRsaKeyPair(2_048);
const publicOf = (pair: typeof ec) => pair.publicKey.export({ format: "jwk" }) as PublicJwk;

/** As a KMS signs: OpenSSL, with the form that it is asked for. */
function ecSigner(signatureFormat: "raw" | "der", more: Partial<ClientSigner> = {}): ClientSigner {
  const dsaEncoding = signatureFormat === "der" ? "der" : "ieee-p1363";
  return {
    algorithm: "ES256",
    keyId: "kms",
    signatureFormat,
    sign: async (data) => signWithNode("sha256", data, { key: ec.privateKey, dsaEncoding }),
    ...more,
  };
}

const rsaSigner: ClientSigner = {
  algorithm: "RS256",
  sign: (data) => createSign("sha256").update(data).sign(rsa.privateKey),
};
const pssSigner: ClientSigner = {
  algorithm: "PS256",
  sign: (data) => signWithNode("sha256", data, { key: rsa.privateKey, padding: 6, saltLength: 32 }),
};

const failure = (options: Partial<ClientOptions> & Pick<ClientOptions, "clientKey">, timeout?: number) =>
  clientAssertion({ ...base, ...options, ...(timeout === undefined ? {} : { timeout }) }).then(
    () => assert.fail("signed"),
    ({ code, message, cause }: Error & { code: string }) => ({ code, message, cause }),
  );

test("each algorithm and form becomes a JWS that verifies, with and without the public key", async () => {
  const signers: [ClientSigner, typeof ec][] = [
    ...(["raw", "der"] as const).flatMap((form): [ClientSigner, typeof ec][] => [
      [ecSigner(form), ec],
      [ecSigner(form, { publicKey: publicOf(ec) }), ec],
    ]),
    [rsaSigner, rsa],
    [pssSigner, rsa],
    [{ ...pssSigner, publicKey: publicOf(rsa) }, rsa],
  ];
  for (const [clientKey, pair] of signers) {
    // Often enough for halves of a DER signature that have 31, 32 and 33 bytes.
    for (let round = 0; round < (pair === ec ? 200 : 1); round += 1) {
      const jwt = await clientAssertion({ ...base, clientKey });
      const { protectedHeader, payload } = await jwtVerify(jwt, pair.publicKey);
      const { algorithm: alg, keyId: kid } = clientKey;
      assert.deepEqual(protectedHeader, kid === undefined ? { alg } : { alg, kid });
      assert.equal(payload.sub, base.clientId);
    }
  }
});

test("bytes may be of any kind, and part of a larger buffer; what is given to sign is a copy", async () => {
  for (const wrap of [
    (bytes: Uint8Array) =>
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
    (bytes: Uint8Array) => new Uint8Array([9, ...bytes, 9]).subarray(1, -1),
  ]) {
    const { sign } = ecSigner("raw");
    const clientKey = ecSigner("raw", {
      async sign(data, signal) {
        const signature = (await sign(data, signal)) as Uint8Array;
        data.fill(0);
        return wrap(signature);
      },
    });
    await jwtVerify(await clientAssertion({ ...base, clientKey }), ec.publicKey);
  }
});

test("a signer that overwrites what it gets changes neither what is sent nor what is verified", async () => {
  const { sign } = ecSigner("raw");
  const clientKey = ecSigner("raw", {
    publicKey: publicOf(ec),
    async sign(data, signal) {
      const signature = await sign(data, signal);
      data.fill(0);
      return signature;
    },
  });
  await jwtVerify(await clientAssertion({ ...base, clientKey }), ec.publicKey);
});

test("a signer may be an object of a class", async () => {
  class Kms implements ClientSigner {
    readonly algorithm = "ES256";
    readonly signatureFormat = "raw";
    readonly #sign = ecSigner("raw").sign;
    sign(data: Uint8Array, signal: AbortSignal) {
      return this.#sign(data, signal);
    }
  }
  await jwtVerify(await clientAssertion({ ...base, clientKey: new Kms() }), ec.publicKey);
});

test("of a public key, only what is public of the key itself is used", async () => {
  const publicKey = { ...publicOf(ec), use: "enc", key_ops: ["sign"], alg: "ES512", ext: false };
  const clientKey = ecSigner("der", { publicKey });
  await jwtVerify(await clientAssertion({ ...base, clientKey }), ec.publicKey);
});

test("clientKeyId goes before keyId, and clientKeyAlgorithm must agree", async () => {
  const jwt = await clientAssertion({ ...base, clientKey: ecSigner("der"), clientKeyId: "other" });
  assert.equal((await jwtVerify(jwt, ec.publicKey)).protectedHeader.kid, "other");
  const { code } = await failure({ clientKey: ecSigner("der"), clientKeyAlgorithm: "RS256" });
  assert.equal(code, "client-key-invalid");
});

test("the form of a signer is checked at the start", async () => {
  const jwk = (await exportJWK(
    (
      await generateKeyPair("ES256", { extractable: true })
    ).privateKey,
  )) as PublicJwk;
  const { signatureFormat: _, ...withoutForm } = ecSigner("der");
  const wrong: [string, object][] = [
    ["no algorithm", { sign: rsaSigner.sign }],
    ["another algorithm", { ...rsaSigner, algorithm: "HS256" }],
    ["no form for ES256", withoutForm],
    ["an unknown form", { ...ecSigner("der"), signatureFormat: "asn1" }],
    ["a form for RSA", { ...rsaSigner, signatureFormat: "der" }],
    ["an ID that is no text", { ...rsaSigner, keyId: 5 }],
    ["a private key as the public one", ecSigner("der", { publicKey: jwk })],
    ["a public key of another type", ecSigner("der", { publicKey: publicOf(rsa) })],
    ["a public key without members", ecSigner("der", { publicKey: { kty: "EC" } })],
    ["a public key that is null", { ...ecSigner("der"), publicKey: null }],
    ["sign is no function", { ...rsaSigner, sign: "sign" }],
    ["an empty list", []],
    ["nine keys", Array.from({ length: 9 }, () => rsaSigner)],
    ["a bad second key", [rsaSigner, withoutForm]],
    ["a list in a list", [[rsaSigner]]],
  ];
  for (const [name, clientKey] of wrong) {
    const options = world.options({ clientKey: clientKey as ClientSigner });
    const { relyingParty } = await import("../../../src/relying-party/index.js");
    assert.throws(() => relyingParty(options), { code: "client-key-invalid" }, name);
  }
});

test("a signer that throws, hangs or returns something else is client-signer-failed", async () => {
  const thrown = new Error("AccessDeniedException");
  const fails: [RegExp, Partial<ClientSigner>][] = [
    [/failed\. See cause/, { sign: () => Promise.reject(thrown) }],
    [
      /failed\. See cause/,
      {
        sign() {
          throw thrown;
        },
      },
    ],
    [/other than a Uint8Array/, { sign: async () => undefined as unknown as Uint8Array }],
    [/other than a Uint8Array/, { sign: async () => "MEUCIQ" as unknown as Uint8Array }],
    [/other than a Uint8Array/, { sign: async () => new Uint16Array(64) as unknown as Uint8Array }],
    [/returned 0 bytes instead of 64/, { sign: async () => new Uint8Array() }],
    [/returned 65 bytes instead of 64/, { sign: async () => new Uint8Array(65) }],
    [/instead of 64.*signatureFormat/, { sign: ecSigner("der").sign }],
    [/not DER/, { signatureFormat: "der", sign: ecSigner("raw").sign }],
    [/returned 100000000 bytes/, { sign: async () => new ArrayBuffer(100_000_000) }],
    [
      /not valid under its publicKey/,
      { publicKey: publicOf(ec), sign: async () => new Uint8Array(64).fill(1) },
    ],
  ];
  for (const [says, more] of fails) {
    const { code, message, cause } = await failure({ clientKey: ecSigner("raw", more) });
    assert.equal(code, "client-signer-failed");
    assert.match(message, says);
    assert.equal(cause, says.source.startsWith("failed") ? thrown : undefined);
  }
  const forged = { ...rsaSigner, publicKey: publicOf(rsa), sign: () => new Uint8Array(256).fill(1) };
  assert.match((await failure({ clientKey: forged })).message, /not valid under its publicKey/);
  const short = await failure({ clientKey: { ...rsaSigner, sign: ecSigner("raw").sign } });
  assert.match(short.message, /returned 64 bytes instead of 256 to 1024/);
});

test("the time limit applies to a signer that ignores its signal", async () => {
  let signal: AbortSignal | undefined;
  const clientKey = ecSigner("raw", {
    sign: (_, given) => {
      signal = given;
      return new Promise(() => {});
    },
  });
  const { code, message } = await failure({ clientKey }, 0.02);
  assert.equal(code, "client-signer-failed");
  assert.match(message, /within 0\.02 s/);
  assert.equal(signal?.aborted, true);
  for (const timeout of [0, 86_401])
    assert.equal((await failure({ clientKey: ecSigner("raw") }, timeout)).code, "options-invalid");
});

test("after the signature, the time limit does nothing more", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let signal: AbortSignal | undefined;
  const { sign } = ecSigner("raw");
  const clientKey = ecSigner("raw", {
    sign(data, given) {
      signal = given;
      return sign(data, given);
    },
  });
  await clientAssertion({ ...base, clientKey });
  t.mock.timers.tick(86_400_000);
  assert.equal(signal?.aborted, false);
});

test("of several keys, up to eight, algorithm and ID among the options are those of the first", async () => {
  const keys = Array.from({ length: 8 }, (_, at) =>
    ecSigner("raw", { keyId: `key-${at}`, publicKey: publicOf(ec) }),
  );
  const options = { clientKey: keys, clientKeyId: "first", clientKeyAlgorithm: "ES256" } as const;
  const set = await clientKeySet(options);
  assert.deepEqual(
    set.keys.map(({ kid }) => kid),
    ["first", ...keys.slice(1).map(({ keyId }) => keyId)],
  );
  assert.equal(
    (await jwtVerify(await clientAssertion({ ...base, ...options }), ec.publicKey)).protectedHeader.kid,
    "first",
  );
  const mixed = [
    ecSigner("raw", { publicKey: publicOf(ec) }),
    { ...rsaSigner, keyId: "r", publicKey: publicOf(rsa) },
  ];
  const algorithms = (await clientKeySet({ clientKey: mixed, clientKeyAlgorithm: "ES256" })).keys;
  assert.deepEqual(
    algorithms.map(({ alg }) => alg),
    ["ES256", "RS256"],
  );
});

test("a login with a signer; if it fails, the page says to wait, and the code is not sent", async () => {
  let works = true;
  const { provider } = world;
  const before = provider.clientKeys;
  provider.clientKeys = [...before, { ...publicOf(ec), kid: "kms" }];
  const { sign } = ecSigner("der");
  const clientKey = ecSigner("der", {
    sign: (data, signal) => (works ? sign(data, signal) : Promise.reject(new Error("no permission"))),
  });
  const errors: unknown[] = [];
  const { party } = world.party({
    clientKey: [clientKey, world.clientKey],
    onError: (error) => void errors.push(error),
  });
  const browser = new Browser(party);
  assert.equal((await browser.send(await world.begin(browser))).status, 303);
  works = false;
  const requests = provider.tokenRequests.length;
  const page = await browser.send(await world.begin(browser));
  assert.equal(page.status, 503);
  assert.equal(page.headers.get("retry-after"), "30");
  assert.equal(await codeOf(page), "client-signer-failed");
  assert.equal(provider.tokenRequests.length, requests);
  assert.match(String((errors[0] as Error).cause), /no permission/);
  provider.clientKeys = before;
});

test("DER: only the one encoding of two positive integers of at most 32 bytes", () => {
  const der = (r: number[], s: number[]) => {
    const content = [2, r.length, ...r, 2, s.length, ...s];
    return new Uint8Array([0x30, content.length, ...content]);
  };
  const raw = derToRaw(der([1], [0, 0x80]));
  assert.deepEqual([raw?.length, raw?.[31], raw?.[63]], [64, 1, 0x80]);
  const full = Array.from({ length: 32 }, () => 0xff);
  assert.equal(
    derToRaw(der([0, ...full], [0, ...full]))?.every((byte) => byte === 0xff),
    true,
  );
  const wrong: [string, Uint8Array][] = [
    ["zero", der([0], [1])],
    ["negative", der([0x80], [1])],
    ["a zero in front", der([0, 1], [1])],
    ["33 bytes", der([1, ...full], [1])],
    ["no bytes", der([], [1])],
    ["a byte behind", new Uint8Array([...der([1], [1]), 0])],
    ["a byte inside", new Uint8Array([0x30, 7, 2, 1, 1, 2, 1, 1, 0])],
    ["cut", der([1], [1]).subarray(0, -1)],
    ["long form of the length", new Uint8Array([0x30, 0x81, 6, 2, 1, 1, 2, 1, 1])],
    ["one integer", new Uint8Array([0x30, 3, 2, 1, 1])],
    ["not a sequence", new Uint8Array([0x31, 6, 2, 1, 1, 2, 1, 1])],
    ["not an integer", new Uint8Array([0x30, 6, 3, 1, 1, 2, 1, 1])],
    ["empty", new Uint8Array()],
  ];
  for (const [name, bytes] of wrong) assert.equal(derToRaw(bytes), undefined, name);
});

test("the JWK Set has all keys and only public members, and verifies what the first signs", async () => {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: "new" } as unknown as PrivateJwk;
  const rsaJwk = { ...rsa.privateKey.export({ format: "jwk" }), kid: "old" } as unknown as PrivateJwk;
  const clientKey = [jwk, ecSigner("der", { publicKey: publicOf(ec) }), rsaJwk];
  const set = await clientKeySet({ clientKey });
  assert.deepEqual(
    set.keys.map((key) => Object.keys(key).sort()),
    [
      ["alg", "crv", "kid", "kty", "use", "x", "y"],
      ["alg", "crv", "kid", "kty", "use", "x", "y"],
      ["alg", "e", "kid", "kty", "n", "use"],
    ],
  );
  assert.deepEqual(
    set.keys.map(({ kid, alg }) => [kid, alg]),
    [
      ["new", "ES256"],
      ["kms", "ES256"],
      ["old", "RS256"],
    ],
  );
  const registered = createLocalJWKSet(set as Parameters<typeof createLocalJWKSet>[0]);
  const jwt = await clientAssertion({ ...base, clientKey });
  assert.equal((await jwtVerify(jwt, registered)).protectedHeader.kid, "new");
  const exported = await clientKeySet({ clientKey: privateKey, clientKeyId: "k" });
  const { kid: _, d: __, ...members } = jwk;
  assert.deepEqual(exported.keys, [{ ...members, use: "sig", alg: "ES256", kid: "k" }]);
});

test("a JWK Set that would lack a key, or confuse two, is refused", async () => {
  const { privateKey } = await generateKeyPair("ES256");
  const { kid: _, ...nameless } = world.clientKey;
  for (const clientKey of [
    privateKey,
    ecSigner("der"),
    [nameless as PrivateJwk, ecSigner("der", { publicKey: publicOf(ec), keyId: undefined })],
    [world.clientKey, world.clientKey],
    [],
  ])
    await assert.rejects(clientKeySet({ clientKey }), { code: "client-key-invalid" });
});
