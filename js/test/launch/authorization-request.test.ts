import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { type AuthorizationRequestOptions, createAuthorizationRequest, environments } from "honnin/launch";
import { codeOf, refusalOf } from "../support/refusal.ts";

const base: AuthorizationRequestOptions = {
  environment: environments.sandbox,
  clientId: "client1",
  redirectUri: "https://shop.example/auth/callback",
};
const uuid = "7d444840-9dc0-11d1-b245-5ffdce74fad2";

const parametersOf = (url: string) => Object.fromEntries(new URL(url).searchParams);

test("a plain request has exactly the required parameters", async () => {
  const { url, ...kept } = await createAuthorizationRequest(base);
  assert.ok(url.startsWith(`${environments.sandbox.authorizationEndpoint}?`));
  const challenge = createHash("sha256").update(kept.codeVerifier).digest("base64url");
  assert.deepEqual(parametersOf(url), {
    response_type: "code",
    scope: "openid",
    client_id: "client1",
    redirect_uri: "https://shop.example/auth/callback",
    state: kept.state,
    nonce: kept.nonce,
    code_challenge: challenge,
    code_challenge_method: "S256",
  });
  assert.equal(kept.redirectUri, base.redirectUri);
  assert.equal(kept.scope, "openid");
  assert.ok(!url.includes(kept.codeVerifier));
});

test("RFC 7636 appendix B: the challenge of its verifier", async () => {
  const codeVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const { url } = await createAuthorizationRequest({ ...base, codeVerifier });
  assert.equal(parametersOf(url).code_challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
});

test("state, nonce and verifier are 256 fresh random bits each, in base64url", async () => {
  const seen = new Set<string>();
  for (let i = 0; i < 50; i++) {
    const { state, nonce, codeVerifier } = await createAuthorizationRequest(base);
    for (const value of [state, nonce, codeVerifier]) {
      assert.match(value, /^[A-Za-z0-9_-]{43}$/);
      seen.add(value);
    }
  }
  assert.equal(seen.size, 150);
});

test("the random bits come from getRandomValues", async (t) => {
  let counter = 0;
  t.mock.method(globalThis.crypto, "getRandomValues", (bytes: Uint8Array) => bytes.fill(counter++));
  const { state, nonce, codeVerifier } = await createAuthorizationRequest(base);
  const filled = (byte: number) => Buffer.alloc(32, byte).toString("base64url");
  assert.deepEqual([state, nonce, codeVerifier], [filled(0), filled(1), filled(2)]);
});

test("scopes, acr values and a signature transaction are sent as given", async () => {
  const { url, scope } = await createAuthorizationRequest({
    ...base,
    scope: ["openid", "name", "address", "birthdate", "gender", "sign", "name"],
    acrValues: ["aal3", "crl"],
    signTransactionId: uuid,
  });
  const parameters = parametersOf(url);
  assert.equal(scope, "openid name address birthdate gender sign");
  assert.equal(parameters.scope, scope);
  assert.equal(parameters.acr_values, "aal3 crl");
  assert.equal(parameters.sign_transaction_id, uuid);
  assert.ok(!url.includes("+"), "spaces are %20");
  const text = await createAuthorizationRequest({ ...base, scope: "openid  name", acrValues: "aal3 crl" });
  assert.equal(text.scope, "openid name");
  assert.equal(parametersOf(text.url).acr_values, "aal3 crl");
});

test("what the caller gives is kept: state, nonce, the redirect URI to the letter", async () => {
  const redirectUri = "https://shop.example?next=%2f";
  const { url } = await createAuthorizationRequest({ ...base, redirectUri, state: "s-_1", nonce: "n +&=~" });
  const parameters = parametersOf(url);
  assert.equal(parameters.redirect_uri, redirectUri);
  assert.equal(parameters.state, "s-_1");
  assert.equal(parameters.nonce, "n +&=~");
});

test("parameters that are not in the service's table go in only as extra", async () => {
  const { url } = await createAuthorizationRequest({
    ...base,
    extra: { prompt: "login", max_age: "0", claims: '{"id_token":{}}' },
  });
  const parameters = parametersOf(url);
  assert.equal(parameters.prompt, "login");
  assert.equal(parameters.max_age, "0");
  assert.equal(parameters.claims, '{"id_token":{}}');
});

test("an endpoint's own query survives", async () => {
  const environment = { authorizationEndpoint: "https://op.example/auth?kc_idp_hint=x" };
  const { url } = await createAuthorizationRequest({ ...base, environment });
  assert.equal(parametersOf(url).kc_idp_hint, "x");
});

for (const redirectUri of [
  "http://localhost:8080/callback",
  "http://127.0.0.1/callback",
  "http://[::1]:3000/callback",
  "jp.example.app:/callback",
  `https://shop.example/${"a".repeat(234)}`,
]) {
  test(`redirect URI ${redirectUri.slice(0, 40)} is accepted`, async () => {
    assert.equal((await createAuthorizationRequest({ ...base, redirectUri })).redirectUri, redirectUri);
  });
}

const refused: [string, string, Partial<Record<keyof AuthorizationRequestOptions, unknown>>][] = [
  ["client_id", "empty", { clientId: "" }],
  ["client_id", "too long", { clientId: "a".repeat(256) }],
  ["client_id", "of other characters", { clientId: "my-client" }],
  ["client_id", "with a line end", { clientId: "client\n" }],
  ["client_id", "missing", { clientId: undefined }],
  ["redirect_uri", "relative", { redirectUri: "/callback" }],
  ["redirect_uri", "plain http", { redirectUri: "http://shop.example/callback" }],
  [
    "redirect_uri",
    "http on a host that only looks like loopback",
    { redirectUri: "http://127.0.0.1.example/" },
  ],
  ["redirect_uri", "with a password", { redirectUri: "https://a:b@shop.example/callback" }],
  ["redirect_uri", "with a fragment", { redirectUri: "https://shop.example/callback#" }],
  ["redirect_uri", "256 characters", { redirectUri: `https://shop.example/${"a".repeat(235)}` }],
  ["redirect_uri", "not ASCII", { redirectUri: "https://shop.example/戻る" }],
  ["redirect_uri", "a script", { redirectUri: "javascript:alert(1)" }],
  ["redirect_uri", "data", { redirectUri: "data:text/html,a" }],
  ["redirect_uri", "missing", { redirectUri: undefined }],
  ["scope", "without openid", { scope: ["name"] }],
  ["scope", "empty", { scope: "" }],
  ["scope", "unknown", { scope: ["openid", "email"] }],
  ["scope", "that is no list", { scope: 1 }],
  ["scope", "with what is no word", { scope: ["openid", null] }],
  ["acr_values", "empty", { acrValues: [] }],
  ["acr_values", "that is no list", { acrValues: {} }],
  ["extra", "that is no object", { extra: "prompt=login" }],
  ["extra", "that is null", { extra: null }],
  ["acr_values", "not ASCII", { acrValues: "高" }],
  ["sign_transaction_id", "not a UUID", { scope: "openid sign", signTransactionId: "1" }],
  ["sign_transaction_id", "without sign", { signTransactionId: uuid }],
  ["state", "with a semicolon", { state: "a;b" }],
  ["state", "empty", { state: "" }],
  ["state", "too long", { state: "a".repeat(256) }],
  ["nonce", "not ASCII", { nonce: "ノンス" }],
  ["nonce", "empty", { nonce: "" }],
  ["nonce", "too long", { nonce: "a".repeat(256) }],
  ["code_verifier", "too short", { codeVerifier: "a".repeat(42) }],
  ["code_verifier", "too long", { codeVerifier: "a".repeat(129) }],
  ["code_verifier", "of other characters", { codeVerifier: `${"a".repeat(43)}+` }],
  ["state", "given twice", { extra: { state: "x" } }],
  ["response_type", "changed", { extra: { response_type: "token" } }],
  ["sign_transaction_id", "smuggled", { extra: { sign_transaction_id: uuid } }],
  ["extra", "with a strange name", { extra: { "a b": "c" } }],
  ["prompt", "not text", { extra: { prompt: 1 } }],
  ["prompt", "empty", { extra: { prompt: "" } }],
  ["claims", "too long", { extra: { claims: "a".repeat(4097) } }],
];

for (const [parameter, what, change] of refused) {
  test(`${parameter} ${what} is refused by name`, async () => {
    const options = { ...base, ...change } as AuthorizationRequestOptions;
    const { code, message } = await refusalOf(() => createAuthorizationRequest(options));
    assert.equal(code, "request-invalid");
    assert.ok(message.startsWith(`${parameter} must be `), message);
  });
}

test("an authorization endpoint without https, or none, is refused", async () => {
  for (const environment of [{ authorizationEndpoint: "http://op.example/auth" }, {}, undefined]) {
    const options = { ...base, environment } as AuthorizationRequestOptions;
    assert.equal(await codeOf(() => createAuthorizationRequest(options)), "options-invalid");
  }
  assert.equal(await codeOf(() => createAuthorizationRequest(undefined as never)), "options-invalid");
});

test("without Web Crypto the request is refused, not made with weaker randomness", async (t) => {
  t.mock.getter(globalThis.crypto, "subtle", () => undefined);
  const { code, message } = await refusalOf(() => createAuthorizationRequest(base));
  assert.equal(code, "request-invalid");
  assert.match(message, /crypto\.subtle/);
});
