// What is refused when the handler is made.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { HonninError, HonninErrorCode } from "../../../src/error.js";
import { memoryStore, type RelyingPartyOptions, relyingParty } from "../../../src/relying-party/index.js";
import { rsaKey, rules } from "../signing/cards.js";
import { openSite, signingOptions, useSigningWorld } from "../signing/site.js";

const world = await useSigningWorld();

test("construction does no I/O, uses no randomness and no cryptography", () => {
  const forbidden = () => assert.fail("not while modules load");
  const { getRandomValues } = crypto;
  const realFetch = globalThis.fetch;
  const subtle = Object.getPrototypeOf(crypto.subtle) as SubtleCrypto;
  const { importKey, digest, deriveBits } = subtle;
  const store = { create: forbidden, get: forbidden, replace: forbidden, delete: forbidden };
  try {
    crypto.getRandomValues = forbidden;
    globalThis.fetch = forbidden;
    Object.assign(subtle, { importKey: forbidden, digest: forbidden, deriveBits: forbidden });
    relyingParty(world.options({ store, signing: signingOptions() }));
  } finally {
    crypto.getRandomValues = getRandomValues;
    globalThis.fetch = realFetch;
    Object.assign(subtle, { importKey, digest, deriveBits });
  }
});

const open = { keys: rsaKey.priv, verify: rules() };
const wrong: [string, unknown, HonninErrorCode?][] = [
  ["signing", null],
  ["signing", "x"],
  ["signing.methods", { methods: {} }],
  ["method", { method: undefined }],
  ["form", { method: {} }],
  ["scheme", { method: { form: "bare", scheme: "rsa-pkcs1-sha256" } }],
  ["signing.store", { store: memoryStore() }],
  ["signing.mayStart", { mayStart: undefined }],
  ["signing.mayStart", { mayStart: true }],
  ["signing.sameSubject", { sameSubject: "yes" }],
  ["signing.clientOf", { clientOf: "cf-connecting-ip" }],
  ["signing.clientOf.header", { clientOf: {} }],
  ["signing.clientOf.header", { clientOf: { header: "a b" } }],
  ["signing.clientOf.header", { clientOf: { header: "Forwarded" } }],
  ["signing.sameSubject", { sameSubject: true, mayStart: "anyone" }],
  ["signing.clientOf.proxies", { clientOf: { header: "a", proxies: 0 } }],
  ["signing.clientOf.proxy", { clientOf: { header: "a", proxy: 1 } }],
  ["signing.limits", { limits: 5 }],
  ["signing.limits.perClient", { limits: { perClient: 0 } }],
  ["signing.limits.anonymus", { limits: { anonymus: 1 } }],
  ["names.data", { names: { data: "" } }],
  ["names.pin", { names: { pin: "x" } }],
  ["names.errors.pin", { names: { errors: { pin: "x" } } }],
  ["names", { names: "x" }],
  ["signing.transactionLifetime", { transactionLifetime: 59 }],
  ["signing.transactionLifetime", { transactionLifetime: 3_601 }],
  ["signing.clientCredentialsScope", { clientCredentialsScope: "" }],
  ["signing.clientCredentialsScope", { clientCredentialsScope: 'a"b' }],
  ["signing.documents", { documents: {} }],
  ["attempts", { attempts: 0 }],
  ["delay", { delay: 61 }],
  ["maxDelay", { maxDelay: "1" }],
  ["signing.wait", { wait: async () => {} }],
  ["signing.onSigned", { onSigned: undefined }],
  ["signing", { open: undefined }],
  ["signing", { open, forward: () => {} }],
  ["signing.forward", { open: undefined, forward: {} }],
  ["signing.open", { open: null }],
  ["signing.open.key", { open: { ...open, key: {} } }],
  ["signing.open.read", { open: { ...open, read: {} } }],
  ["signing.open.verify", { open: { ...open, verify: undefined } }],
  ["signing.open.verify", { open: { ...open, verify: {} } }],
  ["signing.open.verify.now", { open: { ...open, verify: { ...rules(), now: 1 } } }],
  ["algorithms", { open: { ...open, algorithms: ["RSA1_5"] } }],
  ["encryptions", { open: { ...open, encryptions: [] } }],
  ["decryption key", { open: { ...open, keys: rsaKey.pub } }, "decryption-key-invalid"],
  ["decryption key", { open: { ...open, keys: [] } }, "decryption-key-invalid"],
];
for (const [name, signing, code = "options-invalid"] of wrong) {
  test(`${name} that is wrong is refused when the handler is made: ${JSON.stringify(signing)?.slice(0, 60)}`, () => {
    const options =
      typeof signing === "object" && signing !== null ? { ...signingOptions(), ...signing } : signing;
    assert.throws(
      () => relyingParty(world.options({ signing: options } as Partial<RelyingPartyOptions>)),
      (error: HonninError) => {
        assert.equal(error.code, code);
        assert.ok(error.message.includes(name), error.message);
        assert.ok(!error.message.includes(String(rsaKey.priv.d)));
        return true;
      },
    );
  });
}

test("the redirect URI must not be one of the routes, and the endpoint has to be there, with signing only", () => {
  const redirectUri = "https://shop.example/auth/sign";
  assert.throws(() => openSite(world, {}, { redirectUri }), { code: "options-invalid" });
  assert.ok(world.party({ redirectUri }));
  const { signTransactionsEndpoint: _endpoint, ...rest } = world.provider.environment;
  const environment = rest as typeof world.provider.environment;
  assert.throws(() => openSite(world, {}, { environment }), { code: "options-invalid" });
  assert.ok(world.party({ environment }));
});

test("Workers KV as the store is refused with the reason", () => {
  const call = async () => undefined;
  const store = { get: call, put: call, delete: call, list: call, getWithMetadata: call };
  assert.throws(() => relyingParty({ ...world.options(), store: store as never }), {
    code: "options-invalid",
    message: /^store must not be Workers KV.*atomic.*durableObjectStore/,
  });
});

test("signing needs a store, and a store all four functions", () => {
  const signing = signingOptions();
  const { get, create, replace, delete: remove } = memoryStore();
  for (const store of [undefined, null, {}, { get, create, replace }, { get, set: create, delete: remove }]) {
    assert.throws(() => relyingParty({ ...world.options(), signing, store: store as never }), {
      code: "options-invalid",
      message: /^store must/,
    });
  }
  assert.ok(relyingParty({ ...world.options(), signing, store: { get, create, replace, delete: remove } }));
});
