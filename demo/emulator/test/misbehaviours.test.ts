import assert from "node:assert/strict";
import { createPublicKey, verify as verifySignature } from "node:crypto";
import { test } from "node:test";
import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  importJWK,
  type JSONWebKeySet,
  jwtVerify,
} from "jose";
import * as oauth from "oauth4webapi";
import { misbehaviours, pairwiseSubject } from "../src/index.js";
import { hmac, leftHalfHash } from "../src/jws.js";
import { byTestCard, emulator, insecure, login, newClient, RelyingParty } from "./support.js";

const shop = newClient();
const op = await emulator({ clients: [shop], mode: "test-card" });
const party = await RelyingParty.of(op, shop);
const published = (await (await fetch(op.jwksUri)).json()) as JSONWebKeySet;
const keys = createLocalJWKSet(published);
const subject = pairwiseSubject(shop.clientId, "ordinary");
const now = () => Math.floor(Date.now() / 1000);

interface Issued {
  readonly token: string;
  readonly header: Record<string, unknown>;
  readonly claims: Record<string, unknown>;
  readonly nonce: string;
}

async function issued(response: string): Promise<Issued> {
  const request = await byTestCard(party, { response });
  const body = (await (await party.exchange(request.callback, request)).json()) as { id_token: string };
  const [header = "", payload = ""] = body.id_token.split(".");
  const parse = (text: string) => JSON.parse(Buffer.from(text, "base64url").toString());
  return { token: body.id_token, header: parse(header), claims: parse(payload), nonce: request.nonce };
}

/** The signature is good under the published key that `kid` names: only the named thing is wrong. */
async function wellSigned({ token }: Issued): Promise<boolean> {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const { kid, alg } = decodeProtectedHeader(token);
  const jwk = published.keys.find((key) => key.kid === kid);
  if (jwk === undefined) return false;
  const key = { key: jwk as never, format: "jwk" as const, dsaEncoding: "ieee-p1363" as const };
  assert.ok(alg === "ES256" || alg === "RS256");
  return verifySignature(
    "sha256",
    Buffer.from(`${header}.${payload}`),
    key,
    Buffer.from(signature, "base64url"),
  );
}

test("ids are unique, titles in both languages", () => {
  assert.equal(new Set(misbehaviours.map(({ id }) => id)).size, misbehaviours.length);
  for (const { title } of misbehaviours) assert.ok(title.ja !== "" && title.en !== "");
});

const claimChecks: Record<string, (issued: Issued) => void> = {
  "wrong-issuer": ({ claims }) => assert.equal(claims.iss, "https://other-issuer.example/api/realms/main"),
  "issuer-trailing-slash": ({ claims }) => assert.equal(claims.iss, `${op.issuer}/`),
  "wrong-audience": ({ claims }) => assert.equal(claims.aud, "otherClient"),
  "extra-audience": ({ claims }) => assert.deepEqual(claims.aud, [shop.clientId, "otherClient"]),
  "wrong-authorized-party": ({ claims }) => assert.equal(claims.azp, "otherClient"),
  "wrong-nonce": ({ claims, nonce }) => assert.ok(typeof claims.nonce === "string" && claims.nonce !== nonce),
  "missing-nonce": ({ claims }) => assert.equal("nonce" in claims, false),
  "wrong-at-hash": ({ claims }) => assert.match(String(claims.at_hash), /^[\w-]{22}$/),
  "missing-sub": ({ claims }) => assert.equal("sub" in claims, false),
  "missing-expiry": ({ claims }) => assert.equal("exp" in claims, false),
  "expiry-as-text": ({ claims }) => assert.equal(typeof claims.exp, "string"),
  expired: ({ claims }) => assert.ok(Number(claims.exp) < now() - 3000),
  "issued-in-future": ({ claims }) => assert.ok(Number(claims.iat) > now() + 3000),
  "not-yet-valid": ({ claims }) => assert.ok(Number(claims.nbf) > now() + 3000),
};

for (const [id, check] of Object.entries(claimChecks)) {
  test(`${id}: wrong claims, right signature`, async () => {
    const result = await issued(id);
    check(result);
    assert.equal(await wellSigned(result), true);
  });
}

test("normal: oauth4webapi accepts the same login", async () => {
  assert.equal((await login(party)).claims.sub, subject);
});

for (const id of ["broken-signature", "forged-signature", "embedded-key"]) {
  test(`${id}: the right kid and claims, a signature that does not verify`, async () => {
    const result = await issued(id);
    assert.equal(result.claims.sub, subject);
    assert.equal(await wellSigned(result), false);
    assert.equal(Buffer.from(result.token.split(".")[2] ?? "", "base64url").length, 64);
    if (id === "embedded-key") {
      const jwk = result.header.jwk as Record<string, unknown>;
      await jwtVerify(result.token, await importJWK(jwk, "ES256"));
      assert.equal("d" in jwk, false);
    }
  });
}

test("alg-none: no signature", async () => {
  const { token, header } = await issued("alg-none");
  assert.equal(header.alg, "none");
  assert.ok(token.endsWith("."));
});

test("hs256-public-pem, hs256-public-jwk: the public key as the secret", async () => {
  for (const id of ["hs256-public-pem", "hs256-public-jwk"]) {
    const { token, header } = await issued(id);
    const jwk = published.keys.find((key) => key.kid === header.kid);
    const pem = createPublicKey({ key: jwk as never, format: "jwk" }).export({ type: "spki", format: "pem" });
    const secret = id.endsWith("pem") ? pem : JSON.stringify(jwk);
    const [first, second, signature] = token.split(".");
    assert.equal(header.alg, "HS256");
    assert.equal(hmac(secret)(Buffer.from(`${first}.${second}`)).toString("base64url"), signature);
  }
});

test("rs256-realm-key: verifies under the realm's RSA key", async () => {
  const result = await issued("rs256-realm-key");
  assert.equal(result.header.alg, "RS256");
  assert.equal(await wellSigned(result), true);
  assert.equal(result.claims.aud, shop.clientId);
});

test("unknown-kid: not in the JWK Set", async () => {
  const { header } = await issued("unknown-kid");
  assert.equal(
    published.keys.some(({ kid }) => kid === header.kid),
    false,
  );
});

test("crit-header: an unknown extension, right signature", async () => {
  const result = await issued("crit-header");
  assert.deepEqual(result.header.crit, ["urn:example:emulator"]);
  assert.equal(await wellSigned(result), true);
});

test("duplicate-member: sub twice, right signature", async () => {
  const result = await issued("duplicate-member");
  const payload = Buffer.from(result.token.split(".")[1] ?? "", "base64url").toString();
  assert.equal(payload.match(/"sub":/g)?.length, 2);
  assert.equal(await wellSigned(result), true);
});

test("malformed-token, missing-id-token", async () => {
  const { token } = await issued("malformed-token");
  assert.equal(token.split(".").length, 2);
  assert.throws(() => decodeJwt(`${token.split(".")[0]}`));
  const request = await byTestCard(party, { response: "missing-id-token" });
  const body = (await (await party.exchange(request.callback, request)).json()) as object;
  assert.equal("id_token" in body, false);
  assert.equal("access_token" in body, true);
});

test("a strict client refuses every ID token that is wrong", async () => {
  for (const { id } of misbehaviours.filter(({ target }) => target === "id-token")) {
    await assert.rejects(
      async () => {
        const { tokens, claims } = await login(party, { response: id });
        // What oauth4webapi leaves to its caller.
        await jwtVerify(tokens.id_token ?? "", keys, { issuer: op.issuer, audience: shop.clientId });
        const payload = Buffer.from((tokens.id_token ?? "").split(".")[1] ?? "", "base64url").toString();
        assert.equal(payload.match(/"sub":/g)?.length, 1);
        assert.ok(Number(claims.iat) <= now());
        assert.equal(claims.aud, shop.clientId);
        assert.ok(claims.azp === undefined || claims.azp === shop.clientId);
        assert.equal(claims.at_hash, leftHalfHash(tokens.access_token));
        assert.equal("jwk" in decodeProtectedHeader(tokens.id_token ?? ""), false);
      },
      Error,
      id,
    );
  }
});

async function tokenAnswer(response: string): Promise<Response> {
  const request = await byTestCard(party, { response });
  return party.exchange(request.callback, request);
}

test("token endpoint: fail, not JSON, malformed, invalid_grant, members missing or wrong", async () => {
  assert.equal((await tokenAnswer("token-fail")).status, 500);

  const html = await tokenAnswer("token-not-json");
  assert.deepEqual([html.status, html.headers.get("content-type")], [200, "text/html; charset=utf-8"]);

  const malformed = await tokenAnswer("token-malformed");
  assert.equal(malformed.status, 200);
  await assert.rejects(malformed.json());

  const refused = await tokenAnswer("token-invalid-grant");
  assert.equal(refused.status, 400);
  assert.equal(((await refused.json()) as { error: string }).error, "invalid_grant");

  const without = (await (await tokenAnswer("token-missing-access-token")).json()) as object;
  assert.deepEqual(["access_token" in without, "id_token" in without], [false, true]);

  const mac = (await (await tokenAnswer("token-wrong-type")).json()) as { token_type: string };
  assert.equal(mac.token_type, "mac");
});

test("token endpoint: oversized is more than 2 MiB and right behind the filler", async () => {
  const text = await (await tokenAnswer("token-oversized")).text();
  assert.ok(text.length > 2 * 1024 * 1024);
  assert.equal(decodeJwt(JSON.parse(text).id_token).sub, subject);
});

async function neverAnswers(ask: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  await assert.rejects(ask(AbortSignal.timeout(300)), { name: "TimeoutError" });
}

test("token endpoint: slow never answers", async () => {
  const request = await byTestCard(party, { response: "token-slow" });
  const parameters = oauth.validateAuthResponse(
    party.server,
    party.oauthClient,
    request.callback,
    request.state,
  );
  const authentication = await party.authentication();
  await neverAnswers((signal) =>
    oauth.authorizationCodeGrantRequest(
      ...([party.server, party.oauthClient, authentication, parameters] as const),
      "https://shop.example/auth/callback",
      request.codeVerifier,
      { ...insecure, signal },
    ),
  );
});

async function userInfo(response: string, signal?: AbortSignal): Promise<Response> {
  const { tokens } = await login(party, { response });
  return oauth.userInfoRequest(party.server, party.oauthClient, tokens.access_token, {
    ...insecure,
    ...(signal === undefined ? {} : { signal }),
  });
}

test("userinfo: another sub, none, malformed, oversized, failing", async () => {
  const other = (await (await userInfo("userinfo-other-sub")).json()) as Record<string, string>;
  assert.notEqual(other.sub, subject);
  assert.equal(other.name, "本人　太郎");
  const none = (await (await userInfo("userinfo-missing-sub")).json()) as Record<string, string>;
  assert.deepEqual(["sub" in none, none.name], [false, "本人　太郎"]);
  await assert.rejects((await userInfo("userinfo-malformed")).json());
  const text = await (await userInfo("userinfo-oversized")).text();
  assert.ok(text.length > 2 * 1024 * 1024);
  assert.equal(JSON.parse(text).sub, subject);
  assert.equal((await userInfo("userinfo-fail")).status, 500);
});

test("userinfo: slow never answers", async () => {
  const { tokens } = await login(party, { response: "userinfo-slow" });
  await neverAnswers((signal) =>
    oauth.userInfoRequest(party.server, party.oauthClient, tokens.access_token, { ...insecure, signal }),
  );
});

test("authorization response: state, iss and code", async () => {
  const parameters = async (response: string) => {
    const { callback, state } = await byTestCard(party, { response });
    return { callback, state, get: (name: string) => callback.searchParams.getAll(name) };
  };
  const wrongState = await parameters("response-wrong-state");
  assert.equal(wrongState.get("state").length, 1);
  assert.notEqual(wrongState.get("state")[0], wrongState.state);
  assert.equal((await parameters("response-missing-state")).get("state").length, 0);
  assert.deepEqual((await parameters("response-wrong-issuer")).get("iss"), [
    "https://other-issuer.example/api/realms/main",
  ]);
  assert.equal((await parameters("response-missing-code")).get("code").length, 0);
  assert.equal((await parameters("response-duplicate-code")).get("code").length, 2);
  for (const id of ["response-wrong-state", "response-missing-state", "response-wrong-issuer"]) {
    const { callback, state } = await parameters(id);
    assert.throws(
      () => oauth.validateAuthResponse(party.server, party.oauthClient, callback, state),
      Error,
      id,
    );
  }
});

test("what one person ordered happens to nobody else", async () => {
  const [broken, right] = [await byTestCard(party, { response: "wrong-issuer" }), await byTestCard(party)];
  const first = (await (await party.exchange(broken.callback, broken)).json()) as { id_token: string };
  const second = (await (await party.exchange(right.callback, right)).json()) as { id_token: string };
  assert.notEqual(decodeJwt(first.id_token).iss, op.issuer);
  assert.equal(decodeJwt(second.id_token).iss, op.issuer);
});
