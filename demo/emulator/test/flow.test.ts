import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import * as oauth from "oauth4webapi";
import { pairwiseSubject, people } from "../src/index.js";
import { leftHalfHash } from "../src/jws.js";
import {
  Browser,
  byTestCard,
  emulator,
  insecure,
  login,
  newClient,
  RelyingParty,
  redirectUri,
} from "./support.js";

const shop = newClient();
const other = newClient("otherShop");
const op = await emulator({ clients: [shop, other], mode: "test-card" });
const party = await RelyingParty.of(op, shop);

for (const person of people) {
  test(`a login as ${person.id}`, async () => {
    const { tokens, claims } = await login(party, { person: person.id });
    assert.equal(claims.sub, pairwiseSubject(shop.clientId, person.id));
    const { id: _, title: __, ...items } = person;
    assert.deepEqual(await party.userInfo(tokens.access_token, claims.sub), { sub: claims.sub, ...items });
  });
}

test("the people are many, fictional and as special as they claim", () => {
  assert.ok(people.length >= 9);
  assert.equal(new Set(people.map(({ id }) => id)).size, people.length);
  const find = (id: string) => people.find((person) => person.id === id);
  assert.ok([...(find("long-address")?.address ?? "")].length > 200);
  assert.ok([...(find("long-name")?.name ?? "")].length > 80);
  assert.match(find("unknown-day")?.birthdate ?? "", /^\d{6}00$/);
  assert.match(find("unknown-month")?.birthdate ?? "", /^\d{4}0000$/);
  for (const { birthdate, gender } of people) {
    if (birthdate !== undefined) assert.match(birthdate, /^\d{8}$/);
    if (gender !== undefined) assert.match(gender, /^[123]$/);
  }
});

test("tokens are those of the service", async () => {
  const { tokens, claims, nonce } = await login(party, {}, { acr_values: "aal3 crl" });
  const header = decodeProtectedHeader(tokens.id_token ?? "");
  assert.deepEqual({ ...header, kid: "" }, { alg: "ES256", typ: "JWT", kid: "" });
  assert.equal(claims.iss, `${op.origin}/api/realms/honnin-emulator`);
  assert.equal(claims.aud, shop.clientId);
  assert.equal(claims.nonce, nonce);
  assert.equal(claims.at_hash, leftHalfHash(tokens.access_token));
  assert.equal(claims.acr, "aal3");
  assert.equal(typeof claims.auth_time, "number");
  assert.equal("name" in claims, false);
  assert.equal(tokens.scope, "openid name address birthdate gender");

  const keys = createRemoteJWKSet(new URL(op.jwksUri));
  assert.equal(decodeProtectedHeader(tokens.access_token).alg, "RS256");
  const { payload } = await jwtVerify(tokens.access_token, keys, { issuer: op.issuer });
  assert.equal(payload.sub, claims.sub);
  const { keys: published } = (await (await fetch(op.jwksUri)).json()) as { keys: Record<string, string>[] };
  assert.deepEqual(
    published.map(({ kty, use, alg }) => [kty, use, alg]),
    [
      ["RSA", "sig", "RS256"],
      ["EC", "sig", "ES256"],
    ],
  );
  assert.equal(
    published.some((key) => "d" in key),
    false,
  );
});

test("the authorization response has code, state, session_state and iss", async () => {
  const { callback, state } = await byTestCard(party);
  assert.equal(callback.origin + callback.pathname, redirectUri);
  assert.deepEqual([...callback.searchParams.keys()].sort(), ["code", "iss", "session_state", "state"]);
  assert.equal(callback.searchParams.get("state"), state);
  assert.equal(callback.searchParams.get("iss"), op.issuer);
});

test("a ; in state does not survive", async () => {
  const { callback } = await byTestCard(party, {}, { state: "before;after" });
  assert.equal(callback.searchParams.get("state"), "beforeafter");
});

test("only what was asked for is handed out", async () => {
  const { tokens, claims } = await login(party, {}, { scope: "openid birthdate" });
  assert.equal(tokens.scope, "openid birthdate");
  const info = await party.userInfo(tokens.access_token, claims.sub);
  assert.deepEqual(info, { sub: claims.sub, birthdate: "19800217" });
});

test("sub is pairwise", async () => {
  const first = await login(party);
  const again = await login(party);
  const elsewhere = await login(await RelyingParty.of(op, other));
  assert.equal(again.claims.sub, first.claims.sub);
  assert.notEqual(elsewhere.claims.sub, first.claims.sub);
  assert.match(first.claims.sub, /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
});

test("each authorization asks anew, also in the browser of the last one", async () => {
  const { browser } = await byTestCard(party);
  const { url } = await party.authorizationRequest();
  const page = await browser.get(url.href);
  assert.match(page.url.pathname, /^\/authenticate\/[\w-]+\/test-card$/);
  assert.equal(browser.cookieHeader("/api/realms/honnin-emulator/protocol/openid-connect/auth"), "");
});

test("two authorizations side by side in one browser do not disturb each other", async () => {
  const browser = new Browser(op.origin);
  const requests = [await party.authorizationRequest(), await party.authorizationRequest()];
  const pages = [];
  for (const { url } of requests) pages.push((await browser.get(url.href)).url.pathname);
  for (const [index, { state }] of requests.entries()) {
    const { url } = await browser.post(pages[index] ?? "", { response: "normal", person: "ordinary" });
    assert.equal(url.searchParams.get("state"), state);
    assert.ok(url.searchParams.has("code"));
  }
});

test("a code works once, and its tokens end when it is replayed", async () => {
  const request = await login(party);
  const replay = await party.exchange(request.callback, request);
  assert.equal(replay.status, 400);
  assert.equal(((await replay.json()) as { error: string }).error, "invalid_grant");
  const info = await oauth.userInfoRequest(
    party.server,
    party.oauthClient,
    request.tokens.access_token,
    insecure,
  );
  assert.equal(info.status, 401);
});

test("a code lives 60 seconds", async () => {
  for (const [seconds, status] of [
    [59, 200],
    [61, 400],
  ] as const) {
    mock.timers.enable({ apis: ["Date"], now: Date.now() });
    try {
      const request = await byTestCard(party);
      mock.timers.setTime(Date.now() + seconds * 1000);
      assert.equal((await party.exchange(request.callback, request)).status, status);
    } finally {
      mock.timers.reset();
    }
  }
});

test("a wrong code_verifier or redirect_uri is refused", async () => {
  const request = await byTestCard(party);
  const response = await party.exchange(request.callback, { ...request, codeVerifier: "x".repeat(43) });
  assert.equal(response.status, 400);
  const parameters = oauth.validateAuthResponse(
    party.server,
    party.oauthClient,
    request.callback,
    request.state,
  );
  const elsewhere = await oauth.authorizationCodeGrantRequest(
    ...([party.server, party.oauthClient, await party.authentication(), parameters] as const),
    "https://shop.example/elsewhere",
    request.codeVerifier,
    insecure,
  );
  assert.equal(elsewhere.status, 400);
});

test("a code of one client is refused from another", async () => {
  const request = await byTestCard(party);
  const response = await (await RelyingParty.of(op, other)).exchange(request.callback, request);
  assert.equal(response.status, 400);
});

test("refresh: new tokens of the same person, old refresh token spent", async () => {
  const { tokens, claims } = await login(party);
  const refresh = async () =>
    oauth.refreshTokenGrantRequest(
      ...([
        party.server,
        party.oauthClient,
        await party.authentication(),
        tokens.refresh_token ?? "",
      ] as const),
      insecure,
    );
  const response = await refresh();
  const fresh = await oauth.processRefreshTokenResponse(party.server, party.oauthClient, response);
  await oauth.validateApplicationLevelSignature(party.server, response, insecure);
  assert.equal(oauth.getValidatedIdTokenClaims(fresh)?.sub, claims.sub);
  assert.equal(decodeJwt(fresh.id_token ?? "").at_hash, leftHalfHash(fresh.access_token));
  assert.equal((await party.userInfo(fresh.access_token, claims.sub)).name, "本人　太郎");
  assert.equal((await refresh()).status, 400);
});

test("client credentials: an access token of the client, without an ID token, not good for userinfo", async () => {
  const response = await oauth.clientCredentialsGrantRequest(
    ...([party.server, party.oauthClient, await party.authentication(), {}] as const),
    insecure,
  );
  const tokens = await oauth.processClientCredentialsResponse(party.server, party.oauthClient, response);
  assert.equal(decodeJwt(tokens.access_token).azp, shop.clientId);
  assert.equal(tokens.id_token, undefined);
  const info = await oauth.userInfoRequest(party.server, party.oauthClient, tokens.access_token, insecure);
  assert.equal(info.status, 401);
});

test("userinfo refuses what is not its access token", async () => {
  const { tokens } = await login(party);
  const [header, payload] = tokens.access_token.split(".");
  const handle = decodeJwt(tokens.access_token).jti ?? "";
  for (const token of ["", "x", handle, `${header}.${payload}.AAAA`, tokens.id_token ?? ""]) {
    const response = await fetch(party.server.userinfo_endpoint ?? "", {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.ok(response.status === 401 || response.status === 400, token);
  }
  const anonymous = await fetch(party.server.userinfo_endpoint ?? "");
  assert.ok(anonymous.status >= 400);
});

test("an access token lapses", async () => {
  const { tokens, claims } = await login(party);
  mock.timers.enable({ apis: ["Date"], now: Date.now() + 301_000 });
  try {
    const info = await oauth.userInfoRequest(party.server, party.oauthClient, tokens.access_token, insecure);
    assert.equal(info.status, 401, claims.sub);
  } finally {
    mock.timers.reset();
  }
});

test("the error responses of the test-card page reach the callback", async () => {
  for (const error of [
    "access_denied",
    "server_error",
    "temporarily_unavailable",
    "invalid_request",
    "login_required",
  ]) {
    const { callback, state } = await byTestCard(party, { response: error });
    assert.equal(callback.searchParams.get("error"), error);
    assert.equal(callback.searchParams.get("state"), state);
    assert.equal(callback.searchParams.has("code"), false);
  }
});

test("an unknown response or person gives the test-card page again", async () => {
  for (const choice of [
    { response: "nonsense" },
    { person: "nobody" },
    { response: "__proto__" },
    { response: "" },
  ]) {
    const { response, callback } = await byTestCard(party, choice);
    assert.equal(response.status, 422);
    assert.equal(callback.origin, op.origin);
  }
});
