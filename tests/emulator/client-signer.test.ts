// A key in a KMS against a provider that is not ours: oidc-provider verifies the assertions.
import assert from "node:assert/strict";
import { sign } from "node:crypto";
import { test } from "node:test";
import { startEmulator } from "@honnin/emulator";
import { newEcKeyPair, newRsaKeyPair } from "@honnin/synthetic-jpki";
import { emulatorAt } from "honnin/launch";
import {
  type ClientSigner,
  clientKeySet,
  type PublicJwk,
  requestClientCredentialsToken,
} from "honnin/relying-party";

const ec = newEcKeyPair("P-256");
const rsa = newRsaKeyPair(2_048);
const signers: ClientSigner[] = [
  {
    ...{ algorithm: "ES256", keyId: "ec", signatureFormat: "der" },
    publicKey: ec.publicKey.export({ format: "jwk" }) as PublicJwk,
    sign: async (data) => sign("sha256", data, ec.privateKey),
  },
  {
    ...{ algorithm: "RS256", keyId: "rsa" },
    publicKey: rsa.publicKey.export({ format: "jwk" }) as PublicJwk,
    sign: async (data) => sign("sha256", data, rsa.privateKey),
  },
  {
    ...{ algorithm: "PS256", keyId: "pss" },
    publicKey: rsa.publicKey.export({ format: "jwk" }) as PublicJwk,
    sign: async (data) => sign("sha256", data, { key: rsa.privateKey, padding: 6, saltLength: 32 }),
  },
];

test("the registered set verifies what each of its signers signs, and no other signer", async () => {
  const emulator = await startEmulator({ quiet: true });
  try {
    const environment = emulatorAt(emulator.origin);
    for (const [clientId, registered] of [
      ["all", signers],
      ["oneonly", signers.slice(1, 2)],
    ] as const) {
      const jwks = JSON.parse(JSON.stringify(await clientKeySet({ clientKey: registered })));
      const redirectUris = ["http://localhost:3000/auth/callback"];
      emulator.addClient({ clientId, name: "test", redirectUris, jwks });
    }
    for (const clientKey of signers) {
      const { tokenType } = await requestClientCredentialsToken({ environment, clientId: "all", clientKey });
      assert.equal(tokenType, "Bearer");
    }
    const clientKey = signers[0] ?? assert.fail();
    await assert.rejects(requestClientCredentialsToken({ environment, clientId: "oneonly", clientKey }), {
      code: "token-request-refused",
      message: /invalid_client/,
    });
  } finally {
    await emulator.close();
  }
});
