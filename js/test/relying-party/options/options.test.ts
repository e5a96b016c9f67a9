import assert from "node:assert/strict";
import { test } from "node:test";
import { exportJWK, generateKeyPair } from "jose";
import { memoryStore, type RelyingPartyOptions, relyingParty } from "../../../src/relying-party/index.js";
import { codeOf } from "../browser.js";
import { secret, site, useWorld } from "../setup.js";

const world = await useWorld();

test("a non-extractable CryptoKey of the platform does", async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  assert.equal(privateKey.extractable, false);
  const registered = world.provider.clientKeys;
  world.provider.clientKeys = [await exportJWK(publicKey)];
  try {
    const { browser } = world.party({ clientKey: privateKey });
    assert.equal((await browser.send(await world.begin(browser))).status, 303);
    assert.deepEqual(world.provider.complaints, []);
  } finally {
    world.provider.clientKeys = registered;
  }
});

test("keys may be given instead of fetched", async () => {
  const certs = await (await fetch(world.provider.environment.jwksUri)).text();
  world.provider.misbehave.certs = (_, response) => void response.writeHead(500).end();
  try {
    for (const keys of [
      certs,
      JSON.parse(certs),
      { get: async () => certs, refresh: async () => undefined },
    ]) {
      const { browser } = world.party({ keys });
      assert.equal((await browser.send(await world.begin(browser))).status, 303);
    }
  } finally {
    world.provider.misbehave = {};
  }
});

test("the keys are fetched once for all logins, and requests go through the given fetch", async () => {
  const urls: string[] = [];
  const { browser } = world.party({
    scope: "openid name",
    fetch: (url, init) => {
      urls.push(url);
      return fetch(url, init);
    },
  });
  await browser.send(await world.begin(browser));
  await browser.send(await world.begin(browser));
  const { tokenEndpoint, jwksUri, userinfoEndpoint } = world.provider.environment;
  assert.deepEqual(urls, [tokenEndpoint, jwksUri, userinfoEndpoint, tokenEndpoint, userinfoEndpoint]);
});

test("construction does no I/O, uses no randomness and no cryptography: edge runtimes forbid it at import", () => {
  const forbidden = () => assert.fail("not while modules load");
  const { getRandomValues } = crypto;
  const realFetch = globalThis.fetch;
  const realTimeout = globalThis.setTimeout;
  const subtle = Object.getPrototypeOf(crypto.subtle) as SubtleCrypto;
  const { importKey, digest, deriveBits } = subtle;
  try {
    crypto.getRandomValues = forbidden;
    globalThis.fetch = forbidden;
    globalThis.setTimeout = forbidden as never;
    Object.assign(subtle, { importKey: forbidden, digest: forbidden, deriveBits: forbidden });
    relyingParty(world.options());
  } finally {
    crypto.getRandomValues = getRandomValues;
    globalThis.fetch = realFetch;
    globalThis.setTimeout = realTimeout;
    Object.assign(subtle, { importKey, digest, deriveBits });
  }
});

const wrong: [string, object, string?][] = [
  ["clientId", { clientId: "" }],
  ["clientId", { clientId: "a-b" }],
  ["clientId", { clientId: undefined }],
  ["client key", { clientKey: { kty: "oct" } }, "client-key-invalid"],
  ["client key", { clientKeyAlgorithm: "RS256" }, "client-key-invalid"],
  ["environment", { environment: undefined }],
  ["environment", { environment: "production" }],
  ["environment.issuer", { environment: { issuer: "x" } }],
  ["redirectUri", { redirectUri: undefined }],
  ["redirectUri", { redirectUri: "/auth/callback" }],
  ["redirectUri", { redirectUri: "http://shop.example/auth/callback" }],
  ["redirectUri", { redirectUri: "https://shop.example/auth/callback?x=1" }],
  ["redirectUri", { redirectUri: "https://shop.example/auth/callback#x" }],
  ["redirectUri", { redirectUri: "https://user:pass@shop.example/auth/callback" }],
  ["redirectUri", { redirectUri: `https://shop.example/${"x".repeat(255)}` }],
  ["redirectUri", { redirectUri: "https://shop.example/auth/login" }],
  ["redirectUri", { redirectUri: "https://shop.example/auth/logout" }],
  ["redirectUri", { redirectUri: "jp.example.app:/callback" }],
  ["scope", { scope: "name" }],
  ["scope", { scope: "openid email" }],
  ["scope", { scope: ["openid", "sign"] }],
  ["scope", { scope: [] }],
  ["scope", { scope: 5 }],
  ["requiredScopes", { scope: "openid", requiredScopes: ["name"] }],
  ["requiredScopes", { requiredScopes: 5 }],
  ["acrValues", { acrValues: [], requiredAcrValues: ["aal3"] }],
  ["acrValues", { acrValues: "", requiredAcrValues: ["aal3"] }],
  ["acrValues", { acrValues: ["高"], requiredAcrValues: ["aal3"] }],
  ["requiredAcrValues", { acrValues: ["aal3"] }],
  ["requiredAcrValues", { acrValues: ["aal3"], requiredAcrValues: [] }],
  ["requiredAcrValues", { requiredAcrValues: [] }],
  ["requireIss", { requireIss: "yes" }],
  ["allowEmulator", { allowEmulator: 1 }],
  ["idTokenAlgorithms", { idTokenAlgorithms: [] }],
  ["idTokenAlgorithms", { idTokenAlgorithms: ["none"] }],
  ["idTokenAlgorithms", { idTokenAlgorithms: "ES256" }],
  ["clientAssertionAudience", { clientAssertionAudience: "https://op.example" }],
  ["sessionIdleLimit", { sessionIdleLimit: 59 }],
  ["sessionIdleLimit", { sessionLifetime: 600, sessionIdleLimit: 601 }],
  ["isRevoked", { isRevoked: true }],
  ["store", { store: {} }],
  ["store", { store: { get: () => undefined } }],
  ["clockTolerence", Object.create({ clockTolerence: 5 })],
  // What nobody drew at random.
  ["cookieSecret", { cookieSecret: "a".repeat(32) }],
  ["cookieSecret", { cookieSecret: "changeme".repeat(4) }],
  ["cookieSecret", { cookieSecret: "0".repeat(64) }],
  ["cookieSecret", { cookieSecret: " ".repeat(32) }],
  ["cookieSecret", { cookieSecret: [secret, "1234567".repeat(8)] }],
  ["cookieSecret", { cookieSecret: undefined }],
  ["cookieSecret", { cookieSecret: "x".repeat(31) }],
  ["cookieSecret", { cookieSecret: [] }],
  ["cookieSecret", { cookieSecret: [secret, "short"] }],
  ["cookieSecret", { cookieSecret: `${secret}\ud800` }],
  ["cookieSecret", { cookieSecret: Array.from({ length: 9 }, () => secret) }],
  ["sessionLifetime", { sessionLifetime: 59 }],
  ["sessionLifetime", { sessionLifetime: 34_560_001 }],
  ["sessionLifetime", { sessionLifetime: 90.5 }],
  ["sessionLifetime", { sessionLifetime: "3600" }],
  ["timeout", { timeout: 0 }],
  ["timeout", { timeout: 61 }],
  ["timeout", { timeout: Number.NaN }],
  ["maxBytes", { maxBytes: 0 }],
  ["clockTolerance", { clockTolerance: -1 }],
  ["clockTolerance", { clockTolerance: 601 }],
  ["clockTolerance", { clockTolerance: 0.5 }],
  ["keys", { keys: 5 }],
  ["keys", { keys: null }],
  ["keys", { keys: {} }],
  ["keys", { keys: "nonsense" }],
  ["keys", { keys: "{}" }],
  ["keys", { keys: { get: () => "" } }],
  ["onLogin", { onLogin: undefined }],
  ["onLogin", { onLogin: {} }],
  ["onLogout", { onLogout: "x" }],
  ["onError", { onError: 1 }],
  ["fetch", { fetch: {} }],
  ["now", { now: "5" }],
  ["now", { now: -1 }],
  ["now", { now: 1_795_143_600_000 }],
  ["onlogin", { onlogin: () => {} }],
];
test("wrong options are refused at once, each by its name and without its value", () => {
  for (const [name, overrides, code = "options-invalid"] of wrong) {
    assert.throws(
      () =>
        relyingParty(
          Object.assign(Object.create(Object.getPrototypeOf(overrides)), world.options(), overrides),
        ),
      (error: Error & { code: string }) => {
        assert.equal(error.code, code, `${JSON.stringify(overrides)}: ${error.message}`);
        assert.ok(error.message.includes(name), `${name}: ${error.message}`);
        assert.ok(!error.message.includes(secret));
        return true;
      },
      JSON.stringify(overrides),
    );
  }
  assert.throws(() => relyingParty(undefined as never), { code: "options-invalid" });
});

test("a clock that is not one is options-invalid, and no session lasts by it", async () => {
  const { browser } = world.party();
  await browser.send(await world.begin(browser));
  for (const now of [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -1,
    Date.now(),
    new Date(Number.NaN),
    undefined as never,
  ]) {
    const { party } = world.party({ now: () => now });
    assert.equal(await codeOf(await party.fetch(new Request(`${site}/auth/login`))), "options-invalid");
    assert.equal(
      await party.session(new Request(site, { headers: { cookie: browser.cookieHeader } })),
      undefined,
    );
  }
});

test("options that stand at their bounds do", () => {
  const right: Partial<RelyingPartyOptions>[] = [
    { cookieSecret: "abcdefgh".repeat(4) },
    { cookieSecret: Array.from({ length: 8 }, () => secret) },
    { sessionLifetime: 60 },
    { sessionLifetime: 34_560_000 },
    { timeout: 60, maxBytes: 1, clockTolerance: 0 },
    { scope: ["openid", "name", "address", "birthdate", "gender"], requiredScopes: ["openid", "name"] },
    { scope: "openid", acrValues: "aal3 crl", requiredAcrValues: "not-checked" },
    { acrValues: "aal3 crl", requiredAcrValues: ["aal3"] },
    { requiredAcrValues: ["aal3"] },
    { requireIss: true, idTokenAlgorithms: ["RS256", "ES256"], clientAssertionAudience: "issuer" },
    { sessionLifetime: 3_600, sessionIdleLimit: 3_600 },
    { isRevoked: () => false, store: memoryStore() },
    { redirectUri: "http://[::1]:3000/cb" },
    { redirectUri: "http://127.0.0.1:3000/auth/" },
    { redirectUri: "https://shop.example/" },
  ];
  for (const overrides of right) relyingParty(world.options(overrides));
});

test("a JWK whose members do not belong together shows as client-key-invalid at the callback", async () => {
  const { browser } = world.party({ clientKey: { ...world.clientKey, x: world.clientKey.y } });
  const response = await browser.send(await world.begin(browser));
  assert.equal(response.status, 500);
  assert.equal(await codeOf(response), "client-key-invalid");
  assert.equal(site.startsWith("http:"), true);
});
