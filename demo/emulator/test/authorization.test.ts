import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, emulator, newClient, RelyingParty, redirectUri } from "./support.js";

const shop = newClient();
const op = await emulator({ clients: [shop], mode: "test-card" });
const party = await RelyingParty.of(op, shop);

const refused: [string, Record<string, string | undefined>, string][] = [
  ["no code_challenge", { code_challenge: undefined }, "invalid_request"],
  ["no code_challenge_method", { code_challenge_method: undefined }, "invalid_request"],
  ["PKCE plain", { code_challenge_method: "plain" }, "invalid_request"],
  ["no PKCE at all", { code_challenge: undefined, code_challenge_method: undefined }, "invalid_request"],
  ["no state", { state: undefined }, "invalid_request"],
  ["an empty state", { state: "" }, "invalid_request"],
  ["a state of 256 characters", { state: "x".repeat(256) }, "invalid_request"],
  ["a state beyond ASCII", { state: "状態" }, "invalid_request"],
  ["no nonce", { nonce: undefined }, "invalid_request"],
  ["a nonce of 256 characters", { nonce: "x".repeat(256) }, "invalid_request"],
  ["no openid scope", { scope: "name" }, "invalid_request"],
  ["an unknown scope", { scope: "openid email" }, "invalid_scope"],
  ["offline_access", { scope: "openid offline_access" }, "invalid_scope"],
  ["response_type token", { response_type: "token" }, "unsupported_response_type"],
  ["response_type code id_token", { response_type: "code id_token" }, "unsupported_response_type"],
  ["no response_type", { response_type: undefined }, "invalid_request"],
  ["prompt", { prompt: "none" }, "invalid_request"],
  ["display", { display: "popup" }, "invalid_request"],
  ["ui_locales", { ui_locales: "ja" }, "invalid_request"],
  ["max_age", { max_age: "0" }, "invalid_request"],
  ["claims", { claims: "{}" }, "invalid_request"],
  ["request", { request: "x.y.z" }, "request_not_supported"],
  ["request_uri", { request_uri: "urn:x" }, "request_uri_not_supported"],
  ["response_mode form_post", { response_mode: "query" }, "invalid_request"],
  [
    "sign_transaction_id without sign",
    { sign_transaction_id: "1b4e28ba-2fa1-41d2-883f-0016d3cca427" },
    "invalid_request",
  ],
  [
    "sign_transaction_id that is no UUID",
    { scope: "openid sign", sign_transaction_id: "1" },
    "invalid_request",
  ],
  [
    "sign_transaction_id of no transaction",
    { scope: "openid sign", sign_transaction_id: "1b4e28ba-2fa1-41d2-883f-0016d3cca427" },
    "invalid_request",
  ],
  ["sign without sign_transaction_id", { scope: "openid sign" }, "invalid_request"],
];

for (const [name, changes, error] of refused) {
  test(`refused: ${name}`, async () => {
    const { url, state } = await party.authorizationRequest(changes);
    const { url: callback } = await new Browser(op.origin).get(url.href);
    assert.equal(callback.origin + callback.pathname, redirectUri);
    // OAuth 2.0 Multiple Response Types §5: errors of a front-channel response type come in the fragment.
    const answer = new URLSearchParams(callback.search || callback.hash.slice(1));
    assert.equal(answer.get("error"), error);
    assert.equal(answer.get("iss"), op.issuer);
    if (state !== "") assert.equal(answer.get("state"), state);
    assert.equal(answer.has("code"), false);
  });
}

test("accepted: what the table has", async () => {
  for (const changes of [
    { scope: "openid" },
    { acr_values: "aal3 crl" },
    { unheard_of: "ignored, RFC 6749 §3.1" },
    { state: "x".repeat(255), nonce: "~ ".repeat(127) },
  ]) {
    const { url } = await party.authorizationRequest(changes);
    const page = await new Browser(op.origin).get(url.href);
    assert.match(page.url.pathname, /^\/authenticate\//, JSON.stringify(changes));
  }
});

const notReturned: [string, Record<string, string | undefined>, string][] = [
  ["an unknown client", { client_id: "nobody" }, "invalid_client"],
  ["no client_id", { client_id: undefined }, "invalid_request"],
  ["an unregistered redirect_uri", { redirect_uri: "https://evil.example/" }, "invalid_redirect_uri"],
  ["a redirect_uri with something more", { redirect_uri: `${redirectUri}/x` }, "invalid_redirect_uri"],
  ["no redirect_uri", { redirect_uri: undefined }, "invalid_request"],
];

for (const [name, changes, error] of notReturned) {
  test(`shown on a page, not returned: ${name}`, async () => {
    const { url } = await party.authorizationRequest(changes);
    const { response } = await new Browser(op.origin).get(url.href);
    assert.equal(response.status, 400);
    assert.equal(response.headers.get("x-frame-options"), "DENY");
    assert.ok((await response.text()).includes(`<code>${error}</code>`));
  });
}

test("no CORS anywhere, and no method but the right one", async () => {
  const { server } = party;
  for (const url of [
    server.token_endpoint,
    server.userinfo_endpoint,
    server.jwks_uri,
    server.authorization_endpoint,
  ]) {
    const headers = { origin: "https://shop.example" };
    const preflight = await fetch(url ?? "", {
      method: "OPTIONS",
      headers: { ...headers, "access-control-request-method": "POST" },
    });
    assert.equal(preflight.status, 405);
    const right = url === server.token_endpoint ? "POST" : "GET";
    const plain = await fetch(url ?? "", { method: right, headers, redirect: "manual" });
    for (const response of [preflight, plain]) {
      assert.deepEqual(
        [...response.headers.keys()].filter((name) => name.startsWith("access-control-")),
        [],
      );
    }
    const wrong = await fetch(url ?? "", { method: right === "GET" ? "POST" : "GET" });
    assert.equal(wrong.status, 405);
    assert.equal(wrong.headers.get("allow"), right);
  }
});

test("the resumption needs the cookie of the browser that asked", async () => {
  const { url } = await party.authorizationRequest();
  const browser = new Browser(op.origin);
  const page = await browser.get(url.href);
  const answer = await browser.request(page.url.pathname, {
    method: "POST",
    body: new URLSearchParams({ response: "normal", person: "ordinary" }),
  });
  const resume = answer.headers.get("location") ?? "";
  const stranger = await new Browser(op.origin).request(resume);
  assert.equal(stranger.status, 400);
  assert.ok((await stranger.text()).includes('data-error="expired"'));
});

test("the interaction's pages need it too", async () => {
  const { url } = await party.authorizationRequest();
  const page = await new Browser(op.origin).get(url.href);
  const stranger = await new Browser(op.origin).request(page.url.pathname);
  assert.equal(stranger.status, 404);
  assert.ok((await stranger.text()).includes('data-error="expired"'));
  const uid = page.url.pathname.split("/")[2];
  assert.equal((await new Browser(op.origin).request(`/authenticate/${uid}/status`)).status, 404);
});
