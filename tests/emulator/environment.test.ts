// What honnin knows of the emulator against the emulator itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startEmulator } from "@honnin/emulator";
import { emulatorAt, environments } from "honnin/launch";

test("emulatorAt names the emulator's own endpoints, and none of the service's", async () => {
  const emulator = await startEmulator({ quiet: true });
  try {
    const { name, ...environment } = emulatorAt(emulator.origin);
    assert.equal(name, "emulator");
    const discovery = await fetch(`${emulator.issuer}/.well-known/openid-configuration`);
    const { issuer, authorization_endpoint, token_endpoint, userinfo_endpoint, jwks_uri } =
      (await discovery.json()) as Record<string, string>;
    assert.deepEqual(environment, {
      issuer,
      authorizationEndpoint: authorization_endpoint,
      tokenEndpoint: token_endpoint,
      userinfoEndpoint: userinfo_endpoint,
      jwksUri: jwks_uri,
      signTransactionsEndpoint: emulator.signTransactionsEndpoint,
    });
    assert.equal(issuer, emulator.issuer);
    for (const { issuer: service } of [environments.production, environments.sandbox]) {
      assert.notEqual(new URL(emulator.issuer).pathname, new URL(service).pathname);
    }
  } finally {
    await emulator.close();
  }
});
