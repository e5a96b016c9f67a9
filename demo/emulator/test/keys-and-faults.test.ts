import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeProtectedHeader } from "jose";
import * as oauth from "oauth4webapi";
import { byTestCard, emulator, insecure, login, newClient, RelyingParty } from "./support.js";

const shop = newClient();
const op = await emulator({ clients: [shop], mode: "test-card" });
const party = await RelyingParty.of(op, shop);

async function kids(): Promise<string[]> {
  const { keys } = (await (await fetch(op.jwksUri)).json()) as { keys: { kid: string; alg: string }[] };
  return keys.filter(({ alg }) => alg === "ES256").map(({ kid }) => kid);
}

async function signingKid(): Promise<string | undefined> {
  const { tokens } = await login(party);
  return decodeProtectedHeader(tokens.id_token ?? "").kid;
}

test("rotation: the new key signs at once; the old one stays published if kept", async () => {
  const [old = ""] = await kids();
  const kept = op.rotateKeys();
  assert.deepEqual(await kids(), [kept, old]);
  assert.equal(await signingKid(), kept);
  const alone = op.rotateKeys({ keepOld: false });
  assert.deepEqual(await kids(), [alone]);
  assert.equal(await signingKid(), alone);
});

test("rotation without end: the JWK Set stays small, an access token from before stays good", async () => {
  const { tokens, claims } = await login(party);
  for (let count = 0; count < 100; count += 1) op.rotateKeys();
  assert.equal((await kids()).length, 17);
  assert.equal((await party.userInfo(tokens.access_token, claims.sub)).sub, claims.sub);
});

test("faults of the JWK Set", async () => {
  op.setFault("jwks", "fail");
  assert.equal((await fetch(op.jwksUri)).status, 500);
  op.setFault("jwks", "malformed");
  await assert.rejects((await fetch(op.jwksUri)).json());
  op.setFault("jwks", "oversized");
  const text = await (await fetch(op.jwksUri)).text();
  assert.ok(text.length > 2 * 1024 * 1024);
  assert.ok(JSON.parse(text).keys.length > 1);
  op.setFault("jwks", "private-key");
  const { keys } = (await (await fetch(op.jwksUri)).json()) as { keys: Record<string, unknown>[] };
  const [leaked] = keys.filter((key) => "d" in key);
  assert.ok(leaked !== undefined && leaked.kid !== (await signingKid().catch(() => undefined)));
  op.setFault("jwks", "slow");
  await assert.rejects(fetch(op.jwksUri, { signal: AbortSignal.timeout(300) }), { name: "TimeoutError" });
  op.setFault("jwks", "none");
  assert.equal((await fetch(op.jwksUri)).status, 200);
});

test("faults of the token endpoint hit everybody, and leave the code as it was", async () => {
  const request = await byTestCard(party);
  op.setFault("token", "fail");
  assert.equal((await party.exchange(request.callback, request)).status, 500);
  op.setFault("token", "malformed");
  await assert.rejects((await party.exchange(request.callback, request)).json());
  op.setFault("token", "oversized");
  const oversized = await (await party.exchange(request.callback, request)).text();
  assert.ok(oversized.length > 2 * 1024 * 1024);
  op.setFault("token", "slow");
  const again = await byTestCard(party);
  const parameters = oauth.validateAuthResponse(party.server, party.oauthClient, again.callback, again.state);
  await assert.rejects(
    oauth.authorizationCodeGrantRequest(
      ...([party.server, party.oauthClient, await party.authentication(), parameters] as const),
      "https://shop.example/auth/callback",
      again.codeVerifier,
      { ...insecure, signal: AbortSignal.timeout(300) },
    ),
    { name: "TimeoutError" },
  );
  op.setFault("token", "none");
  assert.equal((await party.exchange(again.callback, again)).status, 200);
});

test("faults of userinfo", async () => {
  const { tokens, claims } = await login(party);
  const ask = (signal?: AbortSignal) =>
    oauth.userInfoRequest(party.server, party.oauthClient, tokens.access_token, {
      ...insecure,
      ...(signal === undefined ? {} : { signal }),
    });
  op.setFault("userinfo", "fail");
  assert.equal((await ask()).status, 500);
  op.setFault("userinfo", "malformed");
  await assert.rejects((await ask()).json());
  op.setFault("userinfo", "oversized");
  assert.ok((await (await ask()).text()).length > 2 * 1024 * 1024);
  op.setFault("userinfo", "slow");
  await assert.rejects(ask(AbortSignal.timeout(300)), { name: "TimeoutError" });
  op.setFault("userinfo", "none");
  assert.equal((await party.userInfo(tokens.access_token, claims.sub)).sub, claims.sub);
});

test("close ends what is slow", async () => {
  const short = await emulator();
  short.setFault("jwks", "slow");
  const pending = fetch(short.jwksUri).then(
    () => "answered",
    () => "closed",
  );
  while (short.requests.jwks === 0) await new Promise((resolve) => setImmediate(resolve));
  await short.close();
  assert.equal(await pending, "closed");
});

test("requests are counted by endpoint", async () => {
  const before = { ...op.requests };
  await login(party);
  const difference = Object.fromEntries(
    Object.entries(op.requests).map(([name, count]) => [
      name,
      count - (before[name as keyof typeof before] ?? 0),
    ]),
  );
  assert.deepEqual(difference, {
    ...{ discovery: 0, authorization: 1, token: 1, userinfo: 0, jwks: 1 },
    ...{ signTransactions: 0, signResult: 0 },
  });
});

test("unknown endpoints, faults and modes are refused", () => {
  assert.throws(() => op.setFault("certs" as never, "slow"), { code: "endpoint-unknown" });
  assert.throws(() => op.setFault("token", "explode" as never), { code: "fault-unknown" });
  assert.throws(() => op.setFault("token", "private-key"), { code: "fault-unknown" });
  assert.throws(() => op.setMode("tv" as never), { code: "mode-unknown" });
});
