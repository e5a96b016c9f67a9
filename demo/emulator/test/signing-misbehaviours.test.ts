// What can be ordered for a signature: each breaks what its name says, and the right result is still there afterwards.
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { compactDecrypt, decodeProtectedHeader } from "jose";
import { misbehaviours, signingMisbehaviours } from "../src/index.js";
import { SignTransactions } from "../src/signing/transactions.js";
import {
  authorizationError,
  authorize,
  fetchResult,
  open,
  outcome,
  sha256,
  signingClient,
  start,
  unpadded,
  verifies,
  withPrefix,
} from "./signing-support.js";
import { byTestCard, emulator, RelyingParty } from "./support.js";

const shop = signingClient("signShop");
const ecShop = signingClient("ecShop", { curve: "P-521" }, { resultEncryption: "A128CBC-HS256" });
const op = await emulator({ clients: [shop, ecShop], mode: "test-card" });
const party = await RelyingParty.of(op, shop);
const document = Buffer.from("a document");
const data = withPrefix("sha256", sha256(document));

/** The result as ordered; and then the right one, by a new authorization. */
async function ordered(response: string, on = { party, client: shop }) {
  const id = await start(on.party, data);
  const token = await authorize(on.party, id, { response });
  const right = async () => open(on.client, await fetchResult(op, id, await authorize(on.party, id)));
  return { id, token, right, ask: () => fetchResult(op, id, token) };
}

async function jweOf(response: Response): Promise<string> {
  assert.equal(response.status, 200);
  return ((await response.json()) as { result: string }).result;
}

async function contentOf(response: Response): Promise<string> {
  const { plaintext } = await compactDecrypt(await jweOf(response), shop.decryptionKey);
  return new TextDecoder().decode(plaintext);
}

test("ids are unique, also among those of logins; titles in both languages", () => {
  const ids = [...misbehaviours, ...signingMisbehaviours].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const { id, title } of signingMisbehaviours) {
    assert.match(id, /^sign-[a-z0-9-]+$/);
    assert.ok(title.ja !== "" && title.en !== "" && title.ja !== title.en, id);
  }
});

test("the control API lists them apart from those of logins", async () => {
  const list = async (name: string) => {
    const response = await fetch(`${op.origin}/emulator/${name}`);
    const body = (await response.json()) as { misbehaviours: { id: string }[] };
    return body.misbehaviours.map(({ id }) => id);
  };
  assert.deepEqual(
    await list("signing-misbehaviours"),
    signingMisbehaviours.map(({ id }) => id),
  );
  assert.ok((await list("misbehaviours")).every((id) => !id.startsWith("sign-")));
});

for (const [id, error] of [
  ["sign-cancelled", "access_denied"],
  ["sign-pin-locked", "pin_locked"],
] as const) {
  test(`${id}: ${error}, and the same transaction can be authorized again`, async () => {
    const transaction = await start(party, data);
    const { callback, state } = await byTestCard(
      party,
      { response: id },
      { scope: "openid sign", sign_transaction_id: transaction },
    );
    assert.equal(callback.searchParams.get("error"), error);
    assert.equal(callback.searchParams.get("state"), state);
    const token = await authorize(party, transaction);
    assert.equal(
      verifies("sha256", document, await open(shop, await fetchResult(op, transaction, token))),
      true,
    );
  });
}

test("sign-transaction-expired: 410, and then no authorization", async () => {
  const { id, ask } = await ordered("sign-transaction-expired");
  assert.deepEqual(await outcome(await ask()), [410, "transaction_expired"]);
  assert.equal(await authorizationError(party, id), "transaction_expired");
});

test("sign-other-user: 403", async () => {
  const { ask } = await ordered("sign-other-user");
  assert.deepEqual(await outcome(await ask()), [403, "wrong_user"]);
});

test("sign-result-late: pending twice, then the result", async () => {
  const { ask } = await ordered("sign-result-late");
  for (const _ of [1, 2]) {
    const response = await ask();
    assert.equal(response.headers.get("retry-after"), "1");
    assert.deepEqual(await outcome(response), [202, "pending"]);
  }
  assert.equal(verifies("sha256", document, await open(shop, await ask())), true);
  assert.deepEqual(await outcome(await ask()), [410, "transaction_used"]);
});

test("sign-revoked, sign-unknown-policy, sign-next-card: the card of that kind signs", async () => {
  for (const card of ["revoked", "unknown-policy", "next-card"]) {
    const byOrder = await open(shop, await (await ordered(`sign-${card}`)).ask());
    const id = await start(party, data);
    const byCard = await open(shop, await fetchResult(op, id, await authorize(party, id, { card })));
    assert.equal(byOrder.certificate.fingerprint256, byCard.certificate.fingerprint256);
    assert.equal(verifies("sha256", document, byOrder), true);
  }
});

const contentChecks: Record<string, (text: string) => void> = {
  "sign-content-malformed": (text) => assert.throws(() => JSON.parse(text), SyntaxError),
  "sign-content-missing-certificate": (text) =>
    assert.deepEqual(Object.keys(JSON.parse(text)), ["signature"]),
  "sign-content-missing-signature": (text) =>
    assert.deepEqual(Object.keys(JSON.parse(text)), ["certificate"]),
  "sign-certificate-garbage": (text) => {
    const { certificate } = JSON.parse(text) as { certificate: string };
    const bytes = Buffer.from(certificate, "base64");
    assert.ok(bytes.length > 1000);
    assert.throws(() => new X509Certificate(bytes));
  },
};
for (const [id, check] of Object.entries(contentChecks)) {
  test(`${id}: wrong content, and the right one afterwards`, async () => {
    const { ask, right } = await ordered(id);
    check(await contentOf(await ask()));
    assert.equal(verifies("sha256", document, await right()), true);
  });
}

test("sign-signature-other-hash: a good signature over something else", async () => {
  const { ask, right } = await ordered("sign-signature-other-hash");
  const opened = await open(shop, await ask());
  assert.equal(verifies("sha256", document, opened), false);
  const signed = unpadded(opened);
  assert.deepEqual(signed.subarray(0, 50), data.subarray(0, 50));
  assert.notDeepEqual(signed, data);
  assert.equal(verifies("sha256", document, await right()), true);
});

test("sign-signature-garbage: the length of a signature, but none", async () => {
  const opened = await open(shop, await (await ordered("sign-signature-garbage")).ask());
  assert.equal(opened.signature.length, 256);
  assert.equal(verifies("sha256", document, opened), false);
});

const ec = { party: await RelyingParty.of(op, ecShop), client: ecShop };
for (const [name, on, alg, enc] of [
  ["RSA", { party, client: shop }, "RSA-OAEP-256", "A256GCM"],
  ["EC", ec, "ECDH-ES", "A128CBC-HS256"],
] as const) {
  for (const id of ["sign-jwe-other-key", "sign-jwe-altered-ciphertext", "sign-jwe-altered-tag"]) {
    test(`${id}, ${name}: the agreed header, and cannot be opened`, async () => {
      const { ask, right } = await ordered(id, on);
      const jwe = await jweOf(await ask());
      const header = decodeProtectedHeader(jwe);
      assert.deepEqual([header.alg, header.enc, header.kid], [alg, enc, "enc-1"]);
      await assert.rejects(compactDecrypt(jwe, on.client.decryptionKey), {
        code: "ERR_JWE_DECRYPTION_FAILED",
      });
      assert.equal(verifies("sha256", document, await right()), true);
    });
  }
}

for (const [id, alg] of [
  ["sign-jwe-alg-dir", "dir"],
  ["sign-jwe-alg-rsa1-5", "RSA1_5"],
] as const) {
  test(`${id}: five parts under another algorithm`, async () => {
    const { ask, right } = await ordered(id);
    const jwe = await jweOf(await ask());
    assert.deepEqual(decodeProtectedHeader(jwe), { alg, enc: "A256GCM", kid: "enc-1" });
    assert.equal(jwe.split(".").length, 5);
    assert.equal(verifies("sha256", document, await right()), true);
  });
}

test("sign-jwe-unknown-kid: the right key under a name that nobody knows", async () => {
  const { ask, right } = await ordered("sign-jwe-unknown-kid");
  const jwe = await jweOf(await ask());
  assert.match(String(decodeProtectedHeader(jwe).kid), /^[\w-]{24}$/);
  await compactDecrypt(jwe, shop.decryptionKey);
  assert.equal(verifies("sha256", document, await right()), true);
});

test("sign-jwe-missing: the content in the clear", async () => {
  const { ask, right } = await ordered("sign-jwe-missing");
  const content = JSON.parse(await jweOf(await ask())) as Record<string, string>;
  assert.deepEqual(Object.keys(content), ["signature", "certificate"]);
  assert.equal(verifies("sha256", document, await right()), true);
});

const resultChecks: Record<string, (response: Response) => Promise<void>> = {
  "sign-result-oversized": async (response) => assert.ok((await response.text()).length > 2 * 1024 * 1024),
  "sign-result-malformed": async (response) => assert.rejects(response.json(), SyntaxError),
  "sign-result-not-json": async (response) =>
    assert.match(response.headers.get("content-type") ?? "", /^text\/html/),
  "sign-result-missing": async (response) => assert.deepEqual(await response.json(), {}),
  "sign-result-fail": async (response) => assert.equal(response.status, 500),
  "sign-result-not-found": async (response) => assert.deepEqual(await outcome(response), [404, "not_found"]),
  "sign-result-dropped": async (response) => {
    assert.equal(response.status, 200);
    await assert.rejects(response.json(), TypeError);
  },
};
for (const [id, check] of Object.entries(resultChecks)) {
  test(`${id}: does not count as handed out`, async () => {
    const { ask, right } = await ordered(id);
    await check(await ask());
    assert.equal(verifies("sha256", document, await right()), true);
  });
}

test("sign-result-slow: no answer, and the right one meanwhile", async () => {
  const { id, token, right } = await ordered("sign-result-slow");
  const requests = op.requests.signResult;
  const controller = new AbortController();
  const ended = fetchResult(op, id, token, { signal: controller.signal }).then(
    ({ status }) => `answered ${status}`,
    (error: Error) => error.name,
  );
  assert.equal(verifies("sha256", document, await right()), true);
  assert.equal(op.requests.signResult, requests + 2, "both requests have come");
  controller.abort();
  assert.equal(await ended, "AbortError");
});

test("every one is tested above", () => {
  const circumstances = signingMisbehaviours.filter(({ target }) => target === "circumstances");
  assert.deepEqual(
    circumstances.map(({ id }) => id),
    [
      ...["sign-cancelled", "sign-pin-locked", "sign-transaction-expired", "sign-other-user"],
      ...["sign-result-late", "sign-revoked", "sign-unknown-policy", "sign-next-card"],
    ],
  );
  const others = signingMisbehaviours.filter(({ target }) => target !== "circumstances");
  assert.deepEqual(
    others.map(({ id }) => id).sort(),
    [
      ...Object.keys(contentChecks),
      ...Object.keys(resultChecks),
      ...["sign-signature-other-hash", "sign-signature-garbage", "sign-result-slow"],
      ...[
        "other-key",
        "altered-ciphertext",
        "altered-tag",
        "alg-dir",
        "alg-rsa1-5",
        "unknown-kid",
        "missing",
      ].map((name) => `sign-jwe-${name}`),
    ].sort(),
  );
});

test("what did not go out whole was not handed out", () => {
  const transactions = new SignTransactions(Date.now, 600);
  const hash = sha256(document);
  const transaction = transactions.start("signShop", {
    bytes: hash,
    algorithm: "sha256",
    hash,
  });
  assert.ok(transaction !== undefined);
  const response = new EventEmitter();
  transactions.handOut(transaction, response);
  assert.equal(transaction.result, "sending");
  response.emit("close");
  response.emit("finish");
  assert.deepEqual([transaction.result, transactions.state(transaction)], ["kept", "live"]);
  transactions.handOut(transaction, response);
  response.emit("finish");
  response.emit("close");
  assert.deepEqual([transaction.result, transactions.state(transaction)], ["sent", "used"]);
});

test("not offered, and not taken, without the scope sign", async () => {
  const { response, callback } = await byTestCard(party, { response: "sign-revoked" });
  assert.equal(response.status, 422);
  assert.equal(callback.origin, op.origin);
  const page = await response.text();
  assert.doesNotMatch(page, /value="sign-|name="card"/);
});

test("with it: every order, every kind of card, and only people who can sign", async () => {
  const id = await start(party, data);
  const { response } = await byTestCard(
    party,
    { response: "nonsense" },
    { scope: "openid sign", sign_transaction_id: id },
  );
  const page = await response.text();
  for (const { id: order } of signingMisbehaviours) assert.ok(page.includes(`value="${order}"`), order);
  for (const kind of ["normal", "next-card", "revoked", "unknown-policy"]) {
    assert.match(page, new RegExp(`name="card" value="${kind}"`));
  }
  assert.match(page, /name="person" value="unknown-month"/);
  assert.doesNotMatch(page, /value="no-basic-items"/);
  for (const choice of [{ person: "no-basic-items" }, { card: "gold" }] as Record<string, string>[]) {
    const again = await byTestCard(party, choice, { scope: "openid sign", sign_transaction_id: id });
    assert.equal(again.response.status, 422, JSON.stringify(choice));
  }
});

test("signed already: what is about the signer is not offered, and refused; the rest goes on", async () => {
  const id = await start(party, data);
  await authorize(party, id);
  const changes = { scope: "openid sign", sign_transaction_id: id };
  const about = ["sign-other-user", "sign-revoked", "sign-unknown-policy", "sign-next-card"];
  for (const response of about) {
    const { response: answer, callback } = await byTestCard(party, { response }, changes);
    assert.equal(answer.status, 422);
    assert.equal(callback.origin, op.origin);
    const page = await answer.text();
    assert.match(page, /role="alert"/);
    assert.match(page, /data-signed-before/);
    const disabled = [...page.matchAll(/value="([^"]+)" disabled/g)].map(([, value]) => value);
    assert.deepEqual(disabled, [...about, "normal", "next-card", "revoked", "unknown-policy"]);
  }
  const token = await authorize(party, id, { response: "sign-result-late" });
  assert.deepEqual(await outcome(await fetchResult(op, id, token)), [202, "pending"]);

  const fresh = { scope: "openid sign", sign_transaction_id: await start(party, data) };
  const { response } = await byTestCard(party, { response: "nonsense" }, fresh);
  assert.doesNotMatch(await response.text(), /disabled|data-signed-before/);
});
