import assert from "node:assert/strict";
import { test } from "node:test";
import { newEcKeyPair, newRsaKeyPair } from "@honnin/synthetic-jpki";
import { ClientRegistry } from "../src/clients.js";
import { startEmulator } from "../src/index.js";
import { newClient } from "./support.js";

const { privateKey: _, ...valid } = newClient();
const [jwk = {}] = valid.jwks.keys;
const rsa = (bits: number) => newRsaKeyPair(bits).publicKey.export({ format: "jwk" });
const ec = (namedCurve: string) => newEcKeyPair(namedCurve).publicKey.export({ format: "jwk" });
const privateJwk = newEcKeyPair("P-256").privateKey.export({ format: "jwk" });

const refused: [string, unknown, string][] = [
  ["no object", null, "request-invalid"],
  ["an array", [], "request-invalid"],
  ["an empty id", { ...valid, clientId: "" }, "client-id-invalid"],
  ["an id of 256", { ...valid, clientId: "a".repeat(256) }, "client-id-invalid"],
  ["an id with a hyphen", { ...valid, clientId: "my-shop" }, "client-id-invalid"],
  ["an id that is a number", { ...valid, clientId: 1 }, "client-id-invalid"],
  ["no name", { ...valid, name: " " }, "client-name-invalid"],
  ["a name of 101", { ...valid, name: "あ".repeat(101) }, "client-name-invalid"],
  ["no redirect URI", { ...valid, redirectUris: [] }, "redirect-uri-invalid"],
  ["a redirect URI as text", { ...valid, redirectUris: "https://a.example" }, "redirect-uri-invalid"],
  ["a relative redirect URI", { ...valid, redirectUris: ["/callback"] }, "redirect-uri-invalid"],
  ["a javascript: redirect URI", { ...valid, redirectUris: ["javascript:alert(1)"] }, "redirect-uri-invalid"],
  [
    "a redirect URI with a fragment",
    { ...valid, redirectUris: ["https://a.example/#"] },
    "redirect-uri-invalid",
  ],
  [
    "a redirect URI with credentials",
    { ...valid, redirectUris: ["https://u:p@a.example/"] },
    "redirect-uri-invalid",
  ],
  [
    "a redirect URI of 256",
    { ...valid, redirectUris: [`https://a.example/${"x".repeat(240)}`] },
    "redirect-uri-invalid",
  ],
  [
    "11 redirect URIs",
    { ...valid, redirectUris: Array(11).fill("https://a.example/") },
    "redirect-uri-invalid",
  ],
  ["no JWK Set", { ...valid, jwks: undefined }, "jwks-invalid"],
  ["a JWK instead of a set", { ...valid, jwks: jwk }, "jwks-invalid"],
  ["an empty JWK Set", { ...valid, jwks: { keys: [] } }, "jwks-invalid"],
  ["11 keys", { ...valid, jwks: { keys: Array(11).fill(jwk) } }, "jwks-invalid"],
  ["a broken key", { ...valid, jwks: { keys: [{ ...jwk, x: "AA" }] } }, "jwks-invalid"],
  ["a private key", { ...valid, jwks: { keys: [privateJwk] } }, "jwks-private"],
  ["a symmetric key", { ...valid, jwks: { keys: [{ kty: "oct", k: "AAAA" }] } }, "jwks-private"],
  ["one kid twice", { ...valid, jwks: { keys: [jwk, jwk] } }, "jwks-duplicate"],
  ["P-384", { ...valid, jwks: { keys: [ec("P-384")] } }, "key-unsupported"],
  ["RSA of 1024 bits", { ...valid, jwks: { keys: [rsa(1024)] } }, "key-unsupported"],
  ["a key for encryption", { ...valid, jwks: { keys: [{ ...jwk, use: "enc" }] } }, "key-unsupported"],
  ["an alg that does not fit", { ...valid, jwks: { keys: [{ ...jwk, alg: "RS256" }] } }, "key-unsupported"],
  ["an unknown algorithm", { ...valid, tokenEndpointAuthSigningAlg: "HS256" }, "algorithm-unsupported"],
];

for (const [name, input, code] of refused) {
  test(`refused: ${name}`, () => {
    const clients = new ClientRegistry();
    assert.throws(() => clients.add(input), { name: "EmulatorError", code });
    assert.equal(clients.list().length, 0);
  });
}

test("accepted; a second one of the same id is not", () => {
  const clients = new ClientRegistry();
  clients.add({ ...valid, redirectUris: ["http://192.168.0.2:8080/callback", "https://a.example/?x=1"] });
  assert.throws(() => clients.add(valid), { code: "client-exists" });
  assert.equal(clients.list().length, 1);
});

test("of a key only the public members are kept", () => {
  const clients = new ClientRegistry();
  const { jwks } = clients.add({
    ...valid,
    jwks: { keys: [{ ...jwk, x5u: "https://a.example", note: "x" }] },
  });
  assert.deepEqual(Object.keys(jwks.keys[0] ?? {}).sort(), ["alg", "crv", "kid", "kty", "use", "x", "y"]);
});

test("an emulator does not start with what it would refuse", async () => {
  await assert.rejects(startEmulator({ clients: [valid, valid] }), { code: "client-exists" });
  await assert.rejects(startEmulator({ mode: "tv" as never }), { code: "mode-unknown" });
  for (const publicOrigin of [
    "op.example",
    "ftp://op.example",
    "https://op.example/path",
    "https://op.example?x",
  ]) {
    await assert.rejects(startEmulator({ publicOrigin }), { code: "origin-invalid" });
  }
});
