// The JWKS endpoint over hours, by a clock of the test's own: the handler and its keys in this process, the emulator real.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Emulator, startEmulator } from "@honnin/emulator";
import { HonninError, remoteKeys, verifyIdToken } from "honnin";
import { emulatorAt } from "honnin/launch";
import { relyingParty } from "honnin/relying-party";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { UserAgent } from "../support/user-agent.ts";

const site = "http://localhost:1";
let emulator: Emulator;
let clientKey: object;

before(async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  clientKey = { ...(await exportJWK(privateKey)), alg: "ES256" };
  emulator = await startEmulator({ mode: "test-card", quiet: true });
  const jwks = { keys: [await exportJWK(publicKey)] };
  emulator.addClient({ clientId: "testclient", name: "test", redirectUris: [`${site}/auth/callback`], jwks });
});
after(() => emulator?.close());

/** A relying party whose keys live by `clock`, and a function that logs a person in to it. */
function makeSite(clock: { now: number }) {
  const environment = emulatorAt(emulator.origin);
  const keys = remoteKeys(environment.jwksUri, { now: () => clock.now });
  const { fetch: answer } = relyingParty({
    environment,
    allowEmulator: true,
    clientId: "testclient",
    clientKey: clientKey as never,
    redirectUri: `${site}/auth/callback`,
    cookieSecret: "a secret of no consequence, long enough",
    keys,
    onLogin: ({ sub }) => new Response(`logged in: ${sub}`),
    onError: (error) => new Response(`refused: ${error.code}`, { status: 400 }),
  });
  return async () => {
    const agent = new UserAgent({}, (url, init) =>
      url.startsWith(`${site}/`) ? answer(new Request(url, init)) : fetch(url, init),
    );
    const page = await agent.get(`${site}/auth/login`);
    return (await agent.post(page.url, { response: "normal", person: "ordinary" })).text;
  };
}

test("hours after the keys lapsed, with the endpoint down, logins go on from the stale set; after a day they stop", async () => {
  const clock = { now: 1_800_000_000 };
  const logIn = makeSite(clock);
  assert.match(await logIn(), /^logged in/);
  emulator.setFault("jwks", "fail");
  clock.now += 5 * 3600;
  const before = emulator.requests.jwks;
  for (let count = 0; count < 5; count += 1) assert.match(await logIn(), /^logged in/);
  assert.equal(emulator.requests.jwks, before + 1, "one attempt, then the cool-down");
  clock.now += 25 * 3600;
  assert.equal(await logIn(), "refused: endpoint-unavailable");
  emulator.setFault("jwks", "none");
  clock.now += 60;
  assert.match(await logIn(), /^logged in/);
});

test("a published private key replaces no good set, and is never used", async () => {
  const clock = { now: 1_800_000_000 };
  const logIn = makeSite(clock);
  assert.match(await logIn(), /^logged in/);
  emulator.setFault("jwks", "private-key");
  clock.now += 5 * 3600;
  assert.match(await logIn(), /^logged in/);
  clock.now += 25 * 3600;
  assert.equal(await logIn(), "refused: key-set-contains-secret");
  emulator.setFault("jwks", "none");
});

test("a first login with the endpoint down is refused with a code, and works as soon as it is up", async () => {
  const clock = { now: 1_800_000_000 };
  const logIn = makeSite(clock);
  emulator.setFault("jwks", "fail");
  assert.equal(await logIn(), "refused: endpoint-unavailable");
  emulator.setFault("jwks", "oversized");
  clock.now += 60;
  assert.equal(await logIn(), "refused: response-too-large");
  emulator.setFault("jwks", "malformed");
  clock.now += 60;
  assert.equal(await logIn(), "refused: response-malformed");
  emulator.setFault("jwks", "private-key");
  clock.now += 60;
  assert.equal(await logIn(), "refused: key-set-contains-secret");
  emulator.setFault("jwks", "none");
  clock.now += 60;
  assert.match(await logIn(), /^logged in/);
});

test("1,000 tokens with unknown kid cause one fetch per cool-down", async () => {
  const clock = { now: 1_800_000_000 };
  const keys = remoteKeys(emulator.jwksUri, { now: () => clock.now, coolDown: 30 });
  const { privateKey } = await generateKeyPair("ES256");
  const token = (kid: string) => new SignJWT({}).setProtectedHeader({ alg: "ES256", kid }).sign(privateKey);
  const options = { issuer: emulator.issuer, clientId: "testclient", nonce: null, keys };
  const refused = async (kid: string) => {
    await assert.rejects(verifyIdToken(await token(kid), options), (error) => {
      return error instanceof HonninError && error.code === "key-not-found";
    });
  };
  const before = emulator.requests.jwks;
  await Promise.all(Array.from({ length: 500 }, (_, index) => refused(`at-once-${index}`)));
  for (let index = 0; index < 500; index += 1) await refused(`in-turn-${index}`);
  assert.equal(emulator.requests.jwks - before, 2, "the first set, and one look for a newer one");
  clock.now += 31;
  for (let index = 0; index < 100; index += 1) await refused(`later-${index}`);
  assert.equal(emulator.requests.jwks - before, 3);
});
