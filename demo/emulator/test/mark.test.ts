// Nobody takes what the emulator issues for the service's: the issuer's realm and a claim say whose it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeJwt } from "jose";
import * as oauth from "oauth4webapi";
import { misbehaviours } from "../src/index.js";
import { byTestCard, emulator, insecure, login, newClient, RelyingParty } from "./support.js";

const shop = newClient();
const op = await emulator({ clients: [shop], mode: "test-card" });
const party = await RelyingParty.of(op, shop);

const assertMarked = (token: string | undefined) =>
  assert.equal(decodeJwt(token ?? "").honnin_emulator, true);

test("the issuer says emulator, whatever the public origin, and everything of the protocol is below it", async () => {
  assert.equal(op.issuer, `${op.origin}/api/realms/honnin-emulator`);
  assert.equal(op.jwksUri, `${op.issuer}/protocol/openid-connect/certs`);
  const { server } = party;
  for (const endpoint of [server.authorization_endpoint, server.token_endpoint, server.userinfo_endpoint]) {
    assert.ok(endpoint?.startsWith(`${op.issuer}/protocol/openid-connect/`), endpoint);
  }
  assert.equal(op.signTransactionsEndpoint, `${op.origin}/api/sign-transactions`);
  const { callback } = await byTestCard(party);
  assert.equal(callback.searchParams.get("iss"), op.issuer);
  const named = await emulator({ publicOrigin: "https://auth-and-sign.go.jp" });
  assert.equal(named.issuer, "https://auth-and-sign.go.jp/api/realms/honnin-emulator");
});

test("nothing is below the service's own realm", async () => {
  for (const path of ["/.well-known/openid-configuration", "/protocol/openid-connect/certs"]) {
    assert.equal((await fetch(`${op.origin}/api/realms/main${path}`)).status, 404);
  }
});

test("the discovery document", () => {
  assert.equal(party.server.honnin_emulator, true);
});

test("tokens of a login and of its renewal", async () => {
  const { tokens } = await login(party);
  assertMarked(tokens.id_token);
  assertMarked(tokens.access_token);
  const response = await oauth.refreshTokenGrantRequest(
    party.server,
    party.oauthClient,
    await party.authentication(),
    tokens.refresh_token ?? "",
    insecure,
  );
  const renewed = await oauth.processRefreshTokenResponse(party.server, party.oauthClient, response);
  assertMarked(renewed.id_token);
  assertMarked(renewed.access_token);
});

test("an access token of the client's own", async () => {
  const response = await oauth.clientCredentialsGrantRequest(
    party.server,
    party.oauthClient,
    await party.authentication(),
    {},
    insecure,
  );
  const tokens = await oauth.processClientCredentialsResponse(party.server, party.oauthClient, response);
  assertMarked(tokens.access_token);
});

/** There is nothing in these that could carry a claim. */
const withoutClaims = ["malformed-token", "missing-id-token"];

for (const { id } of misbehaviours.filter(({ target }) => target === "id-token")) {
  if (withoutClaims.includes(id)) continue;
  test(`the ID token of ${id}`, async () => {
    const request = await byTestCard(party, { response: id });
    const answer = (await (await party.exchange(request.callback, request)).json()) as { id_token: string };
    const [, payload = ""] = answer.id_token.split(".");
    assert.equal(JSON.parse(Buffer.from(payload, "base64url").toString()).honnin_emulator, true);
  });
}

test("every page says emulator, in its title and above its content", async () => {
  for (const [language, word] of [
    ["ja", "エミュレーター"],
    ["en", "Emulator"],
  ]) {
    const { url } = await party.authorizationRequest();
    for (const target of [`${op.origin}/`, `${op.origin}/nothing-here`, url.href]) {
      const page = await (await fetch(target, { headers: { "accept-language": `${language}` } })).text();
      assert.match(page, new RegExp(`<title>[^<]*\\| ${word}</title>`));
      assert.ok(page.includes(`<p><strong>${word}</strong> <span>`));
    }
  }
});
