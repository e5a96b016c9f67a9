import assert from "node:assert/strict";
import type { KeyObject } from "node:crypto";
import { test } from "node:test";
import { newEcKeyPair, newRsaKeyPair } from "@honnin/synthetic-jpki";
import { SignJWT, UnsecuredJWT } from "jose";
import { emulator, newClient, RelyingParty } from "./support.js";

const shop = newClient();
const rsa = newRsaKeyPair(2048);
const rsaClient = newClient("rsaShop", { jwks: { keys: [rsa.publicKey.export({ format: "jwk" })] } });
const heldToPs256 = newClient("psShop", { jwks: rsaClient.jwks, tokenEndpointAuthSigningAlg: "PS256" });
const op = await emulator({ clients: [shop, rsaClient, heldToPs256] });
const endpoint = (await RelyingParty.of(op, shop)).server.token_endpoint ?? "";

interface Assertion {
  readonly clientId?: string;
  readonly claims?: Record<string, unknown>;
  readonly alg?: string;
  readonly key?: KeyObject;
  readonly kid?: string;
}

function assertion({
  clientId = shop.clientId,
  claims = {},
  alg = "ES256",
  key = shop.privateKey,
  kid,
}: Assertion) {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    ...{ iss: clientId, sub: clientId, aud: endpoint, jti: crypto.randomUUID(), iat: now, exp: now + 300 },
    ...claims,
  })
    .setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) })
    .sign(key);
}

async function ask(client_assertion: string, changes: Record<string, string> = {}) {
  const response = await fetch(endpoint, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion,
      ...changes,
    }),
  });
  const body = (await response.json()) as { error?: string; access_token?: string };
  return { status: response.status, ...body };
}

test("accepted: ES256, RS256 and PS256, with and without kid", async () => {
  const key = rsa.privateKey;
  for (const options of [
    {},
    { kid: "k1" },
    { clientId: "rsaShop", alg: "RS256", key },
    { clientId: "rsaShop", alg: "PS256", key },
    { clientId: "psShop", alg: "PS256", key },
    { claims: { aud: [endpoint] } },
    { claims: { iat: undefined } },
  ]) {
    const { status, access_token } = await ask(await assertion(options));
    assert.equal(status, 200, JSON.stringify(options));
    assert.equal(access_token?.split(".").length, 3);
  }
  assert.equal((await ask(await assertion({}), { client_id: shop.clientId })).status, 200);
});

const stranger = newEcKeyPair("P-256").privateKey;
const secret = new Uint8Array(32) as unknown as KeyObject;
const past = Math.floor(Date.now() / 1000) - 600;
const wrong: [string, Assertion][] = [
  ["somebody else's key", { key: stranger }],
  ["an unknown kid", { kid: "k2" }],
  ["HS256", { alg: "HS256", key: secret }],
  ["an algorithm that the client is not held to", { clientId: "psShop", alg: "RS256", key: rsa.privateKey }],
  ["aud is the issuer", { claims: { aud: op.issuer } }],
  ["aud is elsewhere", { claims: { aud: "https://other.example/token" } }],
  ["no aud", { claims: { aud: undefined } }],
  ["iss is another client", { claims: { iss: "rsaShop" } }],
  ["sub is an unknown client", { claims: { sub: "nobody" } }],
  ["no jti", { claims: { jti: undefined } }],
  ["no exp", { claims: { exp: undefined } }],
  ["expired", { claims: { exp: past } }],
  ["not yet valid", { claims: { nbf: past + 1200 } }],
];

for (const [name, options] of wrong) {
  test(`refused: ${name}`, async () => {
    const { status, error } = await ask(await assertion(options));
    assert.deepEqual([status, error], [401, "invalid_client"]);
  });
}

test("refused: alg none, no assertion, a secret, a wrong type, a client_id of somebody else", async () => {
  const none = new UnsecuredJWT({
    iss: shop.clientId,
    sub: shop.clientId,
    aud: endpoint,
    jti: "1",
    exp: past + 1200,
  });
  assert.equal((await ask(none.encode())).status, 401);
  assert.ok((await ask("")).status >= 400);
  assert.ok((await ask(await assertion({}), { client_assertion_type: "other" })).status >= 400);
  assert.ok((await ask(await assertion({}), { client_id: "rsaShop" })).status >= 400);
  const basic = await fetch(endpoint, {
    method: "POST",
    headers: { authorization: `Basic ${btoa("testShop:secret")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  assert.equal(basic.status, 401);
});

test("an assertion is good once", async () => {
  const text = await assertion({});
  assert.equal((await ask(text)).status, 200);
  const { status, error } = await ask(text);
  assert.deepEqual([status, error], [401, "invalid_client"]);
});

test("no other grant", async () => {
  for (const grant_type of ["password", "implicit", "urn:ietf:params:oauth:grant-type:device_code"]) {
    const { status, error } = await ask(await assertion({}), { grant_type });
    assert.deepEqual([status, error], [400, "unsupported_grant_type"]);
  }
});
