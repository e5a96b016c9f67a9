import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWK, jwtVerify } from "jose";
import * as oauth from "oauth4webapi";
import type { ClientKeyAlgorithm } from "../../../src/relying-party/service/client-algorithms.js";
import {
  type ClientAssertionOptions,
  clientAssertion,
} from "../../../src/relying-party/service/client-assertion.js";
import { requestClientCredentialsToken } from "../../../src/relying-party/service/client-credentials.js";
import type { PrivateJwk } from "../../../src/relying-party/service/client-key.js";
import { Provider } from "../op.js";

const algorithms: ClientKeyAlgorithm[] = ["RS256", "PS256", "ES256"];
const audience = "https://op.example/token";
const clientId = "client0123456789";

interface Pair {
  privateKey: CryptoKey;
  nonExtractable: CryptoKey;
  publicKey: CryptoKey;
  jwk: PrivateJwk;
  publicJwk: JWK;
}
const pairs = new Map<ClientKeyAlgorithm, Pair>();
let provider: Provider;

before(async () => {
  provider = await Provider.start();
  for (const algorithm of algorithms) {
    const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
    const jwk = (await exportJWK(privateKey)) as unknown as PrivateJwk;
    const nonExtractable = await crypto.subtle.importKey(
      "jwk",
      { ...jwk } as JsonWebKey,
      privateKey.algorithm as RsaHashedImportParams,
      false,
      ["sign"],
    );
    pairs.set(algorithm, {
      privateKey,
      nonExtractable,
      publicKey,
      jwk,
      publicJwk: await exportJWK(publicKey),
    });
  }
});
after(() => provider.stop());

function pair(algorithm: ClientKeyAlgorithm): Pair {
  const found = pairs.get(algorithm);
  assert.ok(found);
  return found;
}

test("each algorithm, as JWK and as CryptoKey, signs what the token endpoint wants", async () => {
  for (const algorithm of algorithms) {
    const { jwk, privateKey, nonExtractable, publicKey } = pair(algorithm);
    const keys: Partial<ClientAssertionOptions>[] = [
      { clientKey: { ...jwk, alg: algorithm } },
      { clientKey: jwk, clientKeyAlgorithm: algorithm },
      { clientKey: privateKey },
      { clientKey: nonExtractable },
      { clientKey: nonExtractable, clientKeyAlgorithm: algorithm },
    ];
    const jtis = new Set<unknown>();
    for (const key of keys) {
      const jwt = await clientAssertion({ clientId, audience, now: 1_000_000, clientKey: jwk, ...key });
      const { payload, protectedHeader } = await jwtVerify(jwt, publicKey, {
        algorithms: [algorithm],
        currentDate: new Date(1_000_000_000),
      });
      assert.deepEqual(protectedHeader, { alg: algorithm });
      const { jti, ...claims } = payload;
      assert.deepEqual(claims, {
        iss: clientId,
        sub: clientId,
        aud: audience,
        iat: 1_000_000,
        exp: 1_000_300,
      });
      assert.match(String(jti), /^[A-Za-z0-9_-]{43}$/);
      jtis.add(jti);
    }
    assert.equal(jtis.size, keys.length);
  }
});

test("the algorithm comes from the key; an RSA JWK that does not say signs RS256", async () => {
  const header = async (
    options: Partial<ClientAssertionOptions> & Pick<ClientAssertionOptions, "clientKey">,
  ) =>
    JSON.parse(
      atob((await clientAssertion({ clientId, audience, ...options })).split(".")[0] ?? ""),
    ) as object;
  assert.deepEqual(await header({ clientKey: pair("ES256").jwk }), { alg: "ES256" });
  assert.deepEqual(await header({ clientKey: pair("RS256").jwk }), { alg: "RS256" });
  assert.deepEqual(await header({ clientKey: pair("PS256").nonExtractable }), { alg: "PS256" });
  assert.deepEqual(await header({ clientKey: { ...pair("ES256").jwk, kid: "a" } }), {
    alg: "ES256",
    kid: "a",
  });
  assert.deepEqual(await header({ clientKey: { ...pair("ES256").jwk, kid: "a" }, clientKeyId: "b" }), {
    alg: "ES256",
    kid: "b",
  });
  assert.deepEqual(await header({ clientKey: pair("ES256").nonExtractable, clientKeyId: "b" }), {
    alg: "ES256",
    kid: "b",
  });
});

test("members of a JWK about its use do not stand in the way", async () => {
  const { jwk, publicKey } = pair("ES256");
  for (const more of [
    { ext: true },
    { ext: false },
    { use: "sig" },
    { key_ops: ["sign"] },
    { key_ops: ["sign", "verify"] },
  ]) {
    await jwtVerify(await clientAssertion({ clientId, audience, clientKey: { ...jwk, ...more } }), publicKey);
  }
});

test("an RSA key is not longer for the zeros in front of its modulus", async () => {
  const algorithm = {
    ...{ name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
    ...{ modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) },
  };
  const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const jwk = (await exportJWK(privateKey)) as unknown as PrivateJwk & { n: string };
  const bytes = Buffer.concat([Buffer.alloc(128), Buffer.from(jwk.n, "base64url")]);
  const clientKey = { ...jwk, n: bytes.toString("base64url") };
  await assert.rejects(clientAssertion({ clientId, audience, clientKey }), { code: "client-key-invalid" });
});

test("keys that cannot be the client's are refused, and never quoted", async () => {
  const { jwk, publicJwk, publicKey, nonExtractable } = pair("ES256");
  const rsa = pair("RS256").jwk;
  const p384 = await generateKeyPair("ES384", { extractable: true });
  const rs384 = await generateKeyPair("RS384");
  const small = await crypto.subtle.generateKey(
    {
      name: "RSASSA-PKCS1-v1_5",
      modulusLength: 1024,
      publicExponent: new Uint8Array([1, 0, 1]),
      hash: "SHA-256",
    },
    true,
    ["sign", "verify"],
  );
  const hmac = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const ecdh = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  const other = (await exportJWK((await generateKeyPair("ES256", { extractable: true })).privateKey)) as {
    x: string;
  };
  const wrong: [string, object][] = [
    ["public JWK", { clientKey: publicJwk }],
    ["public CryptoKey", { clientKey: publicKey }],
    ["HMAC", { clientKey: hmac }],
    ["ECDH", { clientKey: ecdh.privateKey }],
    ["P-384 CryptoKey", { clientKey: p384.privateKey }],
    ["P-384 JWK", { clientKey: await exportJWK(p384.privateKey) }],
    ["SHA-384", { clientKey: rs384.privateKey }],
    ["RSA 1024 CryptoKey", { clientKey: small.privateKey }],
    ["RSA 1024 JWK", { clientKey: await exportJWK(small.privateKey) }],
    ["JWK Set", { clientKey: { keys: [jwk] } }],
    ["symmetric", { clientKey: { kty: "oct", k: "c2VjcmV0" } }],
    ["text", { clientKey: JSON.stringify(jwk) }],
    ["null", { clientKey: null }],
    ["missing", {}],
    ["RSA without primes", { clientKey: { kty: "RSA", n: rsa.n, e: rsa.e, d: rsa.d } }],
    ["more primes", { clientKey: { ...rsa, oth: [] } }],
    ["standard base64", { clientKey: { ...jwk, d: `${String(jwk.d).slice(0, -1)}+` } }],
    ["not a text", { clientKey: { ...jwk, d: 5 } }],
    ["for encryption", { clientKey: { ...jwk, use: "enc" } }],
    ["for verification", { clientKey: { ...jwk, key_ops: ["verify"] } }],
    ["EC as RS256", { clientKey: jwk, clientKeyAlgorithm: "RS256" }],
    ["EC with alg PS256", { clientKey: { ...jwk, alg: "PS256" } }],
    ["RSA as ES256", { clientKey: rsa, clientKeyAlgorithm: "ES256" }],
    ["RSA with alg ES256", { clientKey: { ...rsa, alg: "ES256" } }],
    ["alg against option", { clientKey: { ...rsa, alg: "RS256" }, clientKeyAlgorithm: "PS256" }],
    ["alg HS256", { clientKey: { ...jwk, alg: "HS256" } }],
    ["option HS256", { clientKey: jwk, clientKeyAlgorithm: "HS256" }],
    ["CryptoKey against option", { clientKey: nonExtractable, clientKeyAlgorithm: "RS256" }],
    ["id too long", { clientKey: jwk, clientKeyId: "x".repeat(256) }],
    ["halves of two keys", { clientKey: { ...jwk, x: other.x } }],
  ];
  for (const [name, options] of wrong) {
    await assert.rejects(
      clientAssertion({ clientId, audience, ...options } as ClientAssertionOptions),
      (error: Error & { code: string }) => {
        assert.equal(error.code, "client-key-invalid", name);
        assert.ok(!error.message.includes(String(jwk.d)) && !error.message.includes(String(rsa.d)), name);
        assert.equal(error.cause, undefined, name);
        return true;
      },
      name,
    );
  }
});

test("other options are held to their bounds", async () => {
  const base = { clientId, audience, clientKey: pair("ES256").jwk };
  const wrong = [
    { clientId: "" },
    { clientId: "a b" },
    { clientId: "x".repeat(256) },
    { audience: "" },
    { lifetime: 0 },
    { lifetime: 3_601 },
    { lifetime: 1.5 },
    { now: Number.NaN },
  ];
  for (const options of wrong) {
    await assert.rejects(
      clientAssertion({ ...base, ...options }),
      { code: "options-invalid" },
      JSON.stringify(options),
    );
  }
});

test("the provider that takes oauth4webapi's assertion takes ours by the same checks", async () => {
  const { environment } = provider;
  for (const algorithm of algorithms) {
    const { nonExtractable, publicJwk } = pair(algorithm);
    provider.clientKeys = [{ ...publicJwk, alg: algorithm, kid: "k" }];
    provider.tokenRequests.length = 0;
    const theirs = await oauth.clientCredentialsGrantRequest(
      { issuer: environment.issuer, token_endpoint: environment.tokenEndpoint },
      { client_id: provider.clientId },
      oauth.PrivateKeyJwt(
        { key: nonExtractable, kid: "k" },
        {
          [oauth.modifyAssertion]: (_, payload) => {
            payload.aud = environment.tokenEndpoint;
          },
        },
      ),
      {},
      { [oauth.allowInsecureRequests]: true },
    );
    assert.equal(theirs.status, 200);
    await requestClientCredentialsToken({
      environment,
      clientId: provider.clientId,
      clientKey: nonExtractable,
      clientKeyId: "k",
    });
    const [reference, own] = provider.tokenRequests;
    assert.deepEqual(own?.header, reference?.header);
    assert.deepEqual([...(own?.form.keys() ?? [])].sort(), [...(reference?.form.keys() ?? [])].sort());
    const named = (claims: object | undefined) =>
      Object.keys(claims ?? {})
        .filter((name) => name !== "nbf")
        .sort();
    assert.deepEqual(named(own?.assertion), named(reference?.assertion));
  }
  assert.deepEqual(provider.complaints, []);
});

test("a JWK Set of the public keys, as registered, verifies by kid", async () => {
  const { jwk, publicJwk } = pair("ES256");
  const registered = createLocalJWKSet({
    keys: [
      { ...pair("RS256").publicJwk, kid: "old" },
      { ...publicJwk, kid: "new" },
    ],
  });
  const jwt = await clientAssertion({ clientId, audience, clientKey: { ...jwk, kid: "new" } });
  assert.equal((await jwtVerify(jwt, registered)).payload.sub, clientId);
});
