// An emulator is never taken for the service.
import assert from "node:assert/strict";
import { test } from "node:test";
import { emulatorAt, environmentAt, environments } from "../../src/launch/index.js";
import { type RelyingPartyOptions, relyingParty } from "../../src/relying-party/index.js";
import { codeOf } from "./browser.js";
import { useWorld } from "./setup.js";

const world = await useWorld();

/** The handler made, or the message of its refusal. */
function made(overrides: Partial<RelyingPartyOptions>): string {
  try {
    relyingParty({ ...world.options(), allowEmulator: undefined, ...overrides });
    return "made";
  } catch (error) {
    assert.equal((error as { code?: string }).code, "options-invalid");
    return (error as Error).message;
  }
}

const https = { redirectUri: "https://shop.example/auth/callback" };
const loopback = { redirectUri: "http://localhost:3000/auth/callback" };

test("an emulator's issuer is refused wherever it is, unless it is allowed outright", () => {
  for (const origin of ["http://127.0.0.1:8080", "https://emulator.example"]) {
    const environment = emulatorAt(origin);
    for (const site of [https, loopback]) {
      assert.match(made({ environment, ...site }), /^environment must not be an emulator/);
      assert.match(made({ environment, ...site, allowEmulator: false }), /allowEmulator/);
      assert.equal(made({ environment, ...site, allowEmulator: true }), "made");
    }
  }
  const disguised = { ...environments.production, issuer: emulatorAt("https://auth-and-sign.go.jp").issuer };
  assert.match(made({ environment: disguised, ...https }), /emulator/);
});

test("a service on this machine or over plain http is refused for a site on https", () => {
  for (const origin of [
    "http://127.0.0.1:8080",
    "http://localhost",
    "http://[::1]:1",
    "https://localhost",
    "https://127.0.0.2",
    "https://127.1",
    "https://2130706433",
    "https://LOCALHOST",
  ]) {
    const environment = environmentAt(origin);
    assert.match(
      made({ environment, ...https }),
      /^environment\.issuer must be an https URL that is not on this machine/,
      origin,
    );
    assert.equal(made({ environment, ...https, allowEmulator: true }), "made");
    assert.equal(made({ environment, ...loopback }), "made");
  }
  // Names of this machine that no site is taken under.
  for (const host of [
    "localhost.",
    "api.localhost",
    "127.0.0.1.",
    "0.0.0.0",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f01:2]",
    "[::ffff:0.0.0.0]",
  ]) {
    const environment = environmentAt(`https://${host}`);
    assert.match(
      made({ environment, ...https }),
      /^environment\.issuer must be an https URL that is not/,
      host,
    );
  }
  for (const host of ["localhost.example", "mylocalhost", "127.example", "[::ffff:8.8.8.8]", "[2001:db8::1]"])
    assert.equal(made({ environment: environmentAt(`https://${host}`), ...https }), "made", host);
  // One endpoint is enough.
  const environment = { ...environments.production, tokenEndpoint: "http://127.0.0.1/token" };
  assert.match(made({ environment, ...https }), /^environment\.tokenEndpoint/);
  assert.equal(made({ environment: environments.production, ...https }), "made");
  assert.equal(made({ environment: environmentAt("https://gateway.example"), ...https }), "made");
});

for (const mark of [true, false, "", null, 0]) {
  test(`an ID token with an emulator's mark (${JSON.stringify(mark)}) is refused, unless it is allowed`, async () => {
    world.provider.claims = { honnin_emulator: mark };
    const refusing = world.party({ allowEmulator: false, onLogin: () => assert.fail("no login") });
    const refused = await refusing.browser.send(await world.begin(refusing.browser));
    assert.equal(refused.status, 500);
    assert.equal(await codeOf(refused), "emulator-refused");
    assert.deepEqual(refusing.browser.named("honnin-session"), []);
    const allowing = world.party({ allowEmulator: true });
    assert.equal((await allowing.browser.send(await world.begin(allowing.browser))).status, 303);
  });
}
