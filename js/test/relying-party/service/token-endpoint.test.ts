import assert from "node:assert/strict";
import { test } from "node:test";
import {
  exchangeCode,
  refreshTokens,
  requestClientCredentialsToken,
  type TokenRequestOptions,
} from "../../../src/relying-party/index.js";
import { always, json, type Misbehaviour } from "../answers.js";
import { useWorld } from "../setup.js";

const world = await useWorld();

function client(): TokenRequestOptions {
  const { environment, clientId } = world.provider;
  return { environment, clientId, clientKey: world.clientKey };
}

const secretCode = "code-0123456789";
const exchange = (more: object = {}) =>
  exchangeCode({
    ...client(),
    code: secretCode,
    codeVerifier: "v".repeat(43),
    redirectUri: "https://a.example/cb",
    ...more,
  });

test("a code is exchanged with exactly the parameters of the service's reference", async () => {
  world.provider.misbehave.token = (_, response) =>
    json(response, 200, { access_token: "a", token_type: "Bearer", id_token: "i" });
  const tokens = await exchange({ scope: "openid name" });
  assert.deepEqual(tokens, {
    accessToken: "a",
    tokenType: "Bearer",
    idToken: "i",
    grantedScopes: ["openid", "name"],
  });
  const { form, header } = world.provider.tokenRequests[0] ?? {};
  assert.deepEqual([...(form?.keys() ?? [])].sort(), [
    "client_assertion",
    "client_assertion_type",
    "client_id",
    "code",
    "code_verifier",
    "grant_type",
    "redirect_uri",
  ]);
  assert.equal(form?.get("grant_type"), "authorization_code");
  assert.deepEqual(header, { alg: "ES256", kid: "client-1" });
  assert.deepEqual(world.provider.complaints, []);
});

test("client credentials and refresh", async () => {
  const own = await requestClientCredentialsToken(client());
  assert.equal(own.tokenType, "Bearer");
  assert.equal(own.expiresIn, 300);
  assert.deepEqual(own.grantedScopes, []);
  assert.equal(own.idToken, undefined);
  const refreshed = await refreshTokens({ ...client(), refreshToken: "refresh-1", scope: "openid name" });
  assert.equal(refreshed.refreshToken, "refresh-2");
  assert.deepEqual(refreshed.grantedScopes, ["openid", "name"]);
  const [first, second] = world.provider.tokenRequests.map(({ form }) => form);
  assert.equal(first?.get("grant_type"), "client_credentials");
  assert.equal(first?.has("scope"), false);
  assert.equal(second?.get("grant_type"), "refresh_token");
  assert.equal(second?.get("refresh_token"), "refresh-1");
  await requestClientCredentialsToken({ ...client(), scope: "sign" });
  assert.equal(world.provider.tokenRequests[2]?.form.get("scope"), "sign");
  await assert.rejects(refreshTokens({ ...client(), refreshToken: "" }), { code: "options-invalid" });
  assert.deepEqual(world.provider.complaints, []);
});

const good = { access_token: "a", token_type: "Bearer", id_token: "i" };
const answers: [string, string, Misbehaviour][] = [
  [
    "invalid_grant",
    "authorization-code-spent",
    (_, r) => json(r, 400, { error: "invalid_grant", error_description: "花子" }),
  ],
  ["invalid_client", "token-request-refused", (_, r) => json(r, 401, { error: "invalid_client" })],
  ["unsafe error code", "token-request-refused", (_, r) => json(r, 400, { error: "<script>花子\n" })],
  ["no error code", "response-malformed", (_, r) => json(r, 400, { message: "no" })],
  ["error with status 200", "response-malformed", (_, r) => json(r, 200, { error: "invalid_grant" })],
  ["4xx in HTML", "response-malformed", always(403, "text/html", "<h1>no")],
  ["500", "endpoint-unavailable", always(500, "text/html", "<h1>oh")],
  ["503 as JSON", "endpoint-unavailable", (_, r) => json(r, 503, { error: "temporarily_unavailable" })],
  ["429", "endpoint-unavailable", (_, r) => json(r, 429, { error: "slow_down" })],
  [
    "302",
    "response-malformed",
    (_, r) => void r.writeHead(302, { location: "https://other.example/" }).end(),
  ],
  ["201", "response-malformed", (_, r) => json(r, 201, good)],
  ["204", "response-malformed", (_, r) => void r.writeHead(204).end()],
  ["connection lost", "endpoint-unreachable", (_, r) => void r.destroy()],
  [
    "body cut off",
    "endpoint-unreachable",
    (_, r) => {
      r.writeHead(200, { "content-type": "application/json", "content-length": "500" });
      r.write("{");
      setImmediate(() => r.destroy());
    },
  ],
  ["HTML", "response-malformed", always(200, "text/html", JSON.stringify(good))],
  ["no content type", "response-malformed", (_, r) => void r.end(JSON.stringify(good))],
  ["not JSON", "response-malformed", always(200, "application/json", "{")],
  ["JSON array", "response-malformed", (_, r) => json(r, 200, [good])],
  ["JSON null", "response-malformed", (_, r) => json(r, 200, null)],
  ["not UTF-8", "response-malformed", always(200, "application/json", new Uint8Array([0x7b, 0xff, 0x7d]))],
  ["oversized", "response-too-large", (_, r) => json(r, 200, { ...good, padding: "x".repeat(300_000) })],
  ["no access token", "response-malformed", (_, r) => json(r, 200, { ...good, access_token: undefined })],
  ["access token not a text", "response-malformed", (_, r) => json(r, 200, { ...good, access_token: 7 })],
  ["access token empty", "response-malformed", (_, r) => json(r, 200, { ...good, access_token: "" })],
  [
    "access token with a line break",
    "response-malformed",
    (_, r) => json(r, 200, { ...good, access_token: "a\r\nb" }),
  ],
  ["no token type", "response-malformed", (_, r) => json(r, 200, { ...good, token_type: undefined })],
  ["DPoP", "response-malformed", (_, r) => json(r, 200, { ...good, token_type: "DPoP" })],
  [
    "token type not a text",
    "response-malformed",
    (_, r) => json(r, 200, { ...good, token_type: ["Bearer"] }),
  ],
  ["no ID token", "response-malformed", (_, r) => json(r, 200, { ...good, id_token: undefined })],
  ["ID token null", "response-malformed", (_, r) => json(r, 200, { ...good, id_token: null })],
  ["ID token an object", "response-malformed", (_, r) => json(r, 200, { ...good, id_token: {} })],
  [
    "400 temporarily_unavailable",
    "endpoint-unavailable",
    (_, r) => json(r, 400, { error: "temporarily_unavailable" }),
  ],
  ["400 server_error", "endpoint-unavailable", (_, r) => json(r, 400, { error: "server_error" })],
  [
    "a member twice",
    "response-malformed",
    always(200, "application/json", `{"access_token":"x",${JSON.stringify(good).slice(1)}`),
  ],
  ["scope a number", "response-malformed", (_, r) => json(r, 200, { ...good, scope: 1 })],
  ["scope a list of numbers", "response-malformed", (_, r) => json(r, 200, { ...good, scope: [1] })],
  [
    "scope absurdly long",
    "response-malformed",
    (_, r) => json(r, 200, { ...good, scope: "x".repeat(5_000) }),
  ],
];

for (const [name, code, misbehaviour] of answers) {
  test(`token endpoint: ${name} is ${code}`, async () => {
    world.provider.misbehave.token = misbehaviour;
    await assert.rejects(exchange(), (error: Error & { code: string }) => {
      assert.equal(error.code, code);
      assert.doesNotMatch(`${error.message} ${String(error.cause ?? "")}`, /花子|script|code-0123|"a"/);
      return true;
    });
  });
}

test("the error code of RFC 6749 is in the message, and nothing else of the answer", async () => {
  world.provider.misbehave.token = (_, r) =>
    json(r, 400, { error: "invalid_grant", error_description: "花子" });
  await assert.rejects(exchange(), /invalid_grant/);
});

test("what is null or unknown is let pass, scopes come apart at spaces", async () => {
  world.provider.misbehave.token = (_, response) =>
    json(response, 200, {
      ...good,
      token_type: "bEaReR",
      expires_in: null,
      refresh_token: null,
      scope: " openid  sign openid ",
      "not-before-policy": 0,
      session_state: "x",
    });
  assert.deepEqual(await exchange({ scope: "openid sign" }), {
    accessToken: "a",
    tokenType: "Bearer",
    idToken: "i",
    grantedScopes: ["openid", "sign"],
  });
});

const lenient: [string, string, object][] = [
  ["expires_in as a text", '"expires_in":"300"', { expiresIn: 300 }],
  ["expires_in with a fraction", '"expires_in":299.5', { expiresIn: 299.5 }],
  ["expires_in negative", '"expires_in":-1', {}],
  ["expires_in of another text", '"expires_in":"\u00a0300"', {}],
  ["expires_in beyond a double", '"expires_in":1e999', {}],
  ["expires_in an object", '"expires_in":{}', {}],
  ["a refresh token that is a number", '"refresh_token":1', {}],
  ["an empty refresh token", '"refresh_token":""', {}],
  ["scope a list", '"scope":["openid","sign"]', { grantedScopes: ["openid", "sign"] }],
  [
    "a scope that nobody asked for",
    '"scope":"profile sign openid email"',
    { grantedScopes: ["sign", "openid"] },
  ],
  ["a scope less", '"scope":"openid"', { grantedScopes: ["openid"] }],
  ["no scope at all", '"scope":""', { grantedScopes: [] }],
];
for (const [name, member, more] of lenient) {
  test(`what nobody needs ends no login: ${name}`, async () => {
    const body = `${JSON.stringify(good).slice(0, -1)},${member}}`;
    world.provider.misbehave.token = always(200, "application/json", body);
    assert.deepEqual(await exchange({ scope: "openid sign" }), {
      accessToken: "a",
      tokenType: "Bearer",
      idToken: "i",
      grantedScopes: ["openid", "sign"],
      ...more,
    });
  });
}

test("an endpoint that does not answer in time is endpoint-timeout", async () => {
  world.provider.misbehave.token = () => {};
  await assert.rejects(exchange({ timeout: 0.05 }), { code: "endpoint-timeout" });
  world.provider.misbehave.token = (_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"access_token":');
  };
  await assert.rejects(exchange({ timeout: 0.05 }), { code: "endpoint-timeout" });
});

test("nobody there, plain http elsewhere, another client id", async () => {
  const environment = (tokenEndpoint: string) => ({ environment: { tokenEndpoint } });
  await assert.rejects(exchange({ fetch: () => Promise.reject(new TypeError("fetch failed")) }), {
    code: "endpoint-unreachable",
  });
  await assert.rejects(exchange(environment("http://op.example/token")), { code: "options-invalid" });
  await assert.rejects(exchange(environment("nonsense")), { code: "options-invalid" });
  await assert.rejects(exchange({ clientId: "a&b" }), { code: "options-invalid" });
  await assert.rejects(exchange({ clientKey: { kty: "oct" } }), { code: "client-key-invalid" });
});
