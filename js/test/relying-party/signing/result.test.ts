// What the service has for a result, and what is found in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { certificateCodes } from "../../../src/error-codes.js";
import { endsSignature } from "../../../src/relying-party/signing/endings.js";
import { json, type Misbehaviour } from "../answers.js";
import { codeOf } from "../browser.js";
import { encrypt, makeKey, payloadOf, revoked, rsaKey, rules, today, unknownPolicy } from "./cards.js";
import { assertGone, sealRsa, signOnce, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

test("a result that comes late is waited for", async () => {
  world.provider.signing.late = 2;
  const { response, signings } = await signOnce(world, { attempts: 3 });
  assert.equal(response.status, 303);
  assert.equal(signings.length, 1);
});

const endings: [string, string, Misbehaviour][] = [
  ["of another user", "signature-user-mismatch", (_, r) => json(r, 403, { error: "wrong_user" })],
  ["expired", "signature-transaction-expired", (_, r) => json(r, 410, { error: "transaction_expired" })],
  ["malformed", "signature-result-malformed", (_, r) => json(r, 200, { result: 7 })],
];
for (const [name, code, misbehave] of endings) {
  test(`a result that is ${name} ends the signature as ${code}`, async () => {
    world.provider.misbehave.result = misbehave;
    const { response, errors, ...opened } = await signOnce(world);
    assert.equal(await codeOf(response), code);
    assert.equal(errors[0]?.[1].resumePath, undefined);
    assertGone(opened);
    assert.equal(await codeOf(await opened.resume()), "signature-not-found");
  });
}

const results: [string, string, boolean, (data: Uint8Array) => string | Promise<string>][] = [
  ["over another hash", "signature-mismatch", false, (data) => sealRsa(data.map((byte) => byte ^ 1))],
  ["by a revoked card", "certificate-revoked", false, (data) => encrypt(payloadOf(revoked, data))],
  ["under an unknown policy", "policy-unsupported", false, (data) => encrypt(payloadOf(unknownPolicy, data))],
  ["that is garbage inside", "signature-result-malformed", false, () => encrypt("garbage")],
  [
    "in another algorithm",
    "algorithm-not-allowed",
    false,
    async (data) =>
      encrypt(payloadOf(today, data), { key: { ...rsaKey.pub, alg: "RSA-OAEP" }, alg: "RSA-OAEP" }),
  ],
  [
    "for another key",
    "signature-result-undecryptable",
    true,
    async (data) => encrypt(payloadOf(today, data), { key: (await makeKey("RSA-OAEP-256")).pub }),
  ],
];
for (const [name, code, stays, seal] of results) {
  test(`a result ${name} is ${code}`, async () => {
    world.provider.signing.seal = seal;
    const { response, ...opened } = await signOnce(world);
    assert.equal(await codeOf(response), code);
    assert.equal(opened.signings.length, 0);
    if (!stays) return assertGone(opened);
    assert.equal(opened.store.entries.size, 1);
    assert.equal(await codeOf(await opened.resume()), code);
    assert.equal(world.provider.signing.resultRequests, 1);
  });
}

test("what is wrong with our own settings or package, or with evidence, does not end a signature", () => {
  for (const code of certificateCodes) {
    const stays =
      /^(revocation-unknown|input-too-large|anchor-missing|issuer-not-found|environment-mismatch|.*-budget-exhausted|(crl|ocsp|evidence|package)-.*)$/.test(
        code,
      );
    assert.equal(endsSignature("opening", code), !stays, code);
    for (const phase of ["authorizing", "fetching", "hook"] as const) {
      assert.equal(endsSignature(phase, code), false, code);
    }
  }
});

test("evidence that could not be fetched loses nothing: resuming verifies what is here", async () => {
  let out = true;
  const { revocation: _revocation, ...path } = rules();
  const verify = () => ({
    ...path,
    revocation: {
      require: "certificate" as const,
      fetchEvidence: () => {
        if (out) throw new Error("the responder is out");
        return { crls: rules().revocation?.crls };
      },
    },
  });
  const { response, ...opened } = await signOnce(world, { open: { keys: rsaKey.priv, verify } as never });
  assert.equal(await codeOf(response), "revocation-unknown");
  assert.match(await response.text(), /有効性を確認できませんでした/);
  out = false;
  assert.equal((await opened.resume()).status, 303);
  assert.equal(opened.signings.length, 1);
  assert.equal(world.provider.signing.resultRequests, 1);
  assertGone(opened);
});

test("revocation is required unless the site says otherwise, and a result says which", async () => {
  const { revocation: _revocation, ...path } = rules();
  for (const [revocation, code, status] of [
    [undefined, "revocation-unknown", undefined],
    [{}, "revocation-unknown", undefined],
    [{ require: undefined }, "revocation-unknown", undefined],
    [{ crls: rules().revocation?.crls }, undefined, "good"],
    [{ require: "nothing" }, undefined, "not-checked"],
  ] as const) {
    for (const verify of [{ ...path, revocation }, () => ({ ...path, revocation })]) {
      const { response, signings } = await signOnce(world, { open: { keys: rsaKey.priv, verify } as never });
      assert.equal(await codeOf(response), code);
      const [signed] = signings;
      assert.equal(
        signed?.verification === "passed" ? signed.signature.revocation.status : undefined,
        status,
      );
    }
  }
});
