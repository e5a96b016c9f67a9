// To which keys, and how, results are encrypted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newEcKeyPair, newEd25519KeyPair, newRsaKeyPair } from "@honnin/synthetic-jpki";
import { ClientRegistry } from "../src/clients.js";
import { encryptionKeyOf } from "../src/signing/jwe.js";
import { clientToken, sha256, sign, signingClient } from "./signing-support.js";
import { emulator, newClient, RelyingParty } from "./support.js";

const op = await emulator({ mode: "test-card" });
const kinds: [alg: string, curve: string | undefined][] = [
  ["RSA-OAEP-256", undefined],
  ...["P-256", "P-384", "P-521"].flatMap((curve): [string, string][] => [
    ["ECDH-ES", curve],
    ["ECDH-ES+A128KW", curve],
    ["ECDH-ES+A256KW", curve],
  ]),
];

for (const [alg, curve] of kinds) {
  for (const enc of ["A128GCM", "A256GCM", "A128CBC-HS256"] as const) {
    test(`${alg} ${curve ?? "RSA"} ${enc}`, async () => {
      const id = `${alg}${curve ?? ""}${enc}`.replaceAll(/\W/g, "");
      const key = curve === undefined ? { alg } : { alg, curve };
      const client = signingClient(id, key, { resultEncryption: enc });
      op.addClient(client);
      const opened = await sign(await RelyingParty.of(op, client), client, sha256(Buffer.from(id)));
      assert.deepEqual([opened.header.alg, opened.header.enc, opened.header.kid], [alg, enc, "enc-1"]);
    });
  }
}

test("without alg: RSA-OAEP-256 and ECDH-ES; without kid: none in the header", async () => {
  for (const [id, curve, alg] of [
    ["plainRsa", undefined, "RSA-OAEP-256"],
    ["plainEc", "P-384", "ECDH-ES"],
  ] as const) {
    const client = signingClient(id, curve === undefined ? {} : { curve });
    for (const key of client.jwks.keys) if (key.use === "enc") delete key.kid;
    op.addClient(client);
    const { header } = await sign(await RelyingParty.of(op, client), client, sha256(Buffer.from(id)));
    assert.deepEqual([header.alg, header.enc, "kid" in header], [alg, "A256GCM", false]);
  }
});

test("of several keys the first for encryption is used", () => {
  const first = signingClient("first", { curve: "P-256" });
  const [, enc = {}] = first.jwks.keys;
  const jwks = { keys: [...first.jwks.keys, { ...enc, kid: "enc-2" }] };
  assert.equal(encryptionKeyOf({ jwks })?.kid, "enc-1");
});

test("a key for encryption does not authenticate its client", async () => {
  const { publicKey, privateKey } = newEcKeyPair("P-256");
  const client = newClient("confused");
  const enc = { ...publicKey.export({ format: "jwk" }), kid: "enc-1", use: "enc" };
  op.addClient({ ...client, jwks: { keys: [...client.jwks.keys, enc] } });
  const party = await RelyingParty.of(op, client);
  assert.ok((await clientToken(party)).length > 0);
  const impostor = await RelyingParty.of(op, { ...client, privateKey });
  await assert.rejects(clientToken(impostor), { error: "invalid_client" });
});

const ec = (namedCurve: string) => newEcKeyPair(namedCurve).publicKey.export({ format: "jwk" });
const refused: [string, object, string][] = [
  ["secp256k1", { ...ec("secp256k1"), use: "enc" }, "key-unsupported"],
  ["Ed25519", { ...newEd25519KeyPair().publicKey.export({ format: "jwk" }), use: "enc" }, "key-unsupported"],
  ["a signature's alg", { ...ec("P-256"), use: "enc", alg: "ES256" }, "key-unsupported"],
  ["RSA's alg with EC", { ...ec("P-256"), use: "enc", alg: "RSA-OAEP-256" }, "key-unsupported"],
  ["dir", { ...ec("P-256"), use: "enc", alg: "dir" }, "key-unsupported"],
  ["ECDH-ES for signatures", { ...ec("P-256"), alg: "ECDH-ES" }, "key-unsupported"],
  ["another use", { ...ec("P-256"), use: "other" }, "key-unsupported"],
  [
    "RSA of 1024 bits",
    {
      ...newRsaKeyPair(1024).publicKey.export({ format: "jwk" }),
      use: "enc",
    },
    "key-unsupported",
  ],
];
for (const [name, key, code] of refused) {
  test(`refused: ${name}`, () => {
    const { privateKey: _, ...client } = newClient();
    const registry = new ClientRegistry();
    const jwks = { keys: [...client.jwks.keys, key] };
    assert.throws(() => registry.add({ ...client, jwks }), { name: "EmulatorError", code });
  });
}

test("refused: a set without a key for authentication, an unknown encryption", () => {
  const { privateKey: _, decryptionKey: __, ...client } = signingClient("alone", { curve: "P-384" });
  const registry = new ClientRegistry();
  const [, enc = {}] = client.jwks.keys;
  assert.throws(() => registry.add({ ...client, jwks: { keys: [enc] } }), {
    code: "jwks-signing-key-missing",
  });
  assert.throws(() => registry.add({ ...client, resultEncryption: "A192GCM" }), {
    code: "algorithm-unsupported",
  });
  assert.equal(registry.add({ ...client, resultEncryption: "A128GCM" }).resultEncryption, "A128GCM");
});
