import assert from "node:assert/strict";
import { constants, sign as nodeSign, publicDecrypt } from "node:crypto";
import { test } from "node:test";
import { newRsaKeyPair } from "@honnin/synthetic-jpki";
import { type StartSignatureOptions, startSignature } from "../../../src/relying-party/index.js";
import { always, json, type Misbehaviour } from "../answers.js";
import { useWorld } from "../setup.js";
import { base64, digestOf, documentBytes } from "../signing/cards.js";

const world = await useWorld();

function options(more: Partial<StartSignatureOptions> = {}): StartSignatureOptions {
  const { environment, clientId } = world.provider;
  return {
    environment,
    clientId,
    clientKey: world.clientKey,
    digest: digestOf(),
    form: "digest-info",
    now: 1_790_000_000.7,
    ...more,
  };
}
const start = (more: Partial<StartSignatureOptions> = {}) => startSignature(options(more));
const handed = (id: string) =>
  world.provider.signing.transactions.get(id)?.data ?? assert.fail("not started");

/** The DigestInfo that OpenSSL puts under a PKCS#1 signature. */
function opensslDigestInfo(hash: "sha256" | "sha384"): Buffer {
  const { privateKey, publicKey } = newRsaKeyPair(2048);
  const signature = nodeSign(hash, documentBytes, privateKey);
  return publicDecrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, signature);
}

test("a DigestInfo is the one that OpenSSL signs", async () => {
  const { id, ...rest } = await start();
  assert.deepEqual(Buffer.from(handed(id)), opensslDigestInfo("sha256"));
  assert.deepEqual(rest, {
    digest: base64(digestOf()),
    hash: "sha256",
    form: "digest-info",
    scheme: "rsa-pkcs1-sha256",
    startedAt: 1_790_000_000,
  });
  const next = await start({ digest: digestOf("sha384"), scheme: "ecdsa-p384-sha384" });
  assert.deepEqual(Buffer.from(handed(next.id)), opensslDigestInfo("sha384"));
  assert.equal(next.hash, "sha384");
  assert.equal(next.ecdsaForm, "der");
  assert.deepEqual(world.provider.complaints, []);
});

test("a bare hash goes as it is", async () => {
  const transaction = await start({ form: "bare" });
  assert.deepEqual(handed(transaction.id), digestOf());
  assert.equal(transaction.scheme, "rsa-pkcs1-bare");
  const next = await start({
    form: "bare",
    digest: digestOf("sha384").buffer,
    scheme: "ecdsa-p384-sha384",
    ecdsaForm: "raw",
  });
  assert.deepEqual(handed(next.id), digestOf("sha384"));
  assert.equal(next.ecdsaForm, "raw");
});

test("the token is the client's own, by client credentials with or without a scope, or the one given", async () => {
  await start();
  await start({ clientCredentialsScope: "sign" });
  const [first, second] = world.provider.tokenRequests.map(({ form }) => form);
  assert.equal(first?.get("grant_type"), "client_credentials");
  assert.equal(first?.has("scope"), false);
  assert.equal(second?.get("scope"), "sign");
  let authorization: string | undefined;
  world.provider.misbehave.sign = (request, response) => {
    authorization = request.headers.authorization;
    json(response, 200, { id: "3F2504E0-4F89-41D3-9A0C-0305E82C3301" });
  };
  assert.equal((await start({ accessToken: "mine" })).id, "3F2504E0-4F89-41D3-9A0C-0305E82C3301");
  assert.equal(authorization, "Bearer mine");
  assert.equal(world.provider.tokenRequests.length, 2);
});

test("names of members can be changed", async () => {
  let body = "";
  world.provider.misbehave.sign = async (request, response) => {
    for await (const chunk of request) body += String(chunk);
    json(response, 201, { transaction: "3f2504e0-4f89-41d3-9a0c-0305e82c3301" });
  };
  await start({ form: "bare", names: { data: "hash", id: "transaction" } });
  assert.deepEqual(JSON.parse(body), { hash: base64(digestOf()) });
});

const answers: [string, string, Misbehaviour, RegExp?][] = [
  [
    "400 with a code",
    "signature-transaction-refused",
    (_, r) => json(r, 400, { error: "invalid_request", error_description: "花子" }),
    /status 400: invalid_request\.$/,
  ],
  [
    "403 with an unsafe code",
    "signature-transaction-refused",
    (_, r) => json(r, 403, { error: "<b>花子</b>" }),
    /status 403\.$/,
  ],
  ["401 in HTML", "signature-transaction-refused", always(401, "text/html", "<h1>"), /status 401\.$/],
  ["429", "endpoint-unavailable", (_, r) => json(r, 429, { error: "slow_down" })],
  ["503", "endpoint-unavailable", always(503, "text/html", "")],
  ["a lost connection", "endpoint-unreachable", (_, r) => void r.destroy()],
  ["no answer", "endpoint-timeout", () => {}],
  ["a redirect", "response-malformed", (_, r) => void r.writeHead(302, { location: "/" }).end()],
  ["202", "response-malformed", (_, r) => json(r, 202, { id: "3f2504e0-4f89-41d3-9a0c-0305e82c3301" })],
  ["HTML", "response-malformed", always(201, "text/html", "{}")],
  ["no id", "response-malformed", (_, r) => json(r, 201, {})],
  ["an id that is no UUID", "response-malformed", (_, r) => json(r, 201, { id: "../../userinfo" })],
  ["an id that is a number", "response-malformed", (_, r) => json(r, 201, { id: 7 })],
  ["too much", "response-too-large", (_, r) => json(r, 201, { id: "x".repeat(300_000) })],
];
for (const [name, code, misbehave, message] of answers) {
  test(`${name} is ${code}`, async () => {
    world.provider.misbehave.sign = misbehave;
    await assert.rejects(start({ timeout: 0.3 }), (error: Error & { code: string }) => {
      assert.equal(error.code, code);
      if (message !== undefined) assert.match(error.message, message);
      assert.doesNotMatch(error.message, /花子|Bearer/);
      return true;
    });
  });
}

test("a client without a token is refused as at the token endpoint", async () => {
  world.provider.misbehave.token = (_, r) => json(r, 400, { error: "unauthorized_client" });
  await assert.rejects(start(), { code: "token-request-refused" });
});

const wrong: [string, object][] = [
  ["no form", { form: undefined }],
  ["an unknown form", { form: "pss" }],
  ["a bare hash for the scheme with DigestInfo", { form: "bare", scheme: "rsa-pkcs1-sha256" }],
  ["a DigestInfo for the bare scheme", { scheme: "rsa-pkcs1-bare" }],
  ["an unknown scheme", { scheme: "rsa-pss-sha256" }],
  ["an ECDSA form for RSA", { ecdsaForm: "der" }],
  ["an unknown ECDSA form", { scheme: "ecdsa-p384-sha384", digest: digestOf("sha384"), ecdsaForm: "p1363" }],
  ["a digest of another length", { digest: digestOf("sha384") }],
  ["SHA-256 for the next card", { scheme: "ecdsa-p384-sha384" }],
  ["a digest in base64", { digest: base64(digestOf()) }],
  ["no digest", { digest: undefined }],
  ["an access token that breaks the header", { accessToken: "a\r\nb" }],
  ["an empty name", { names: { data: "" } }],
  ["an unknown name", { names: { datum: "x" } }],
  ["an unknown error name", { names: { errors: { pin: "x" } } }],
  ["a name that is no text", { names: { id: 7 } }],
  [
    "plain http",
    { environment: { tokenEndpoint: "https://a.example/", signTransactionsEndpoint: "http://a.example/" } },
  ],
  ["a clock that is none", { now: Number.NaN }],
];
for (const [name, more] of wrong) {
  test(`${name} is options-invalid, and nothing is sent`, async () => {
    await assert.rejects(start(more), { code: "options-invalid" });
    assert.equal(world.provider.tokenRequests.length, 0);
    assert.equal(world.provider.signing.transactions.size, 0);
  });
}
