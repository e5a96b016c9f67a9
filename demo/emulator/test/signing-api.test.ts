// The signing API's answers: who may start a transaction, who gets its result, and when.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mock, test } from "node:test";
import { MAX_LIVE_TRANSACTIONS } from "../src/signing/transactions.js";
import {
  authorizationError,
  authorize,
  clientToken,
  fetchResult,
  open,
  outcome,
  post,
  signingClient,
  start,
  withPrefix,
} from "./signing-support.js";
import { emulator, login, newClient, RelyingParty } from "./support.js";

let time = Date.now();
const shop = signingClient("signShop");
const other = signingClient("otherShop", { curve: "P-256" });
const keyless = newClient("keylessShop");
const op = await emulator({ clients: [shop, other, keyless], mode: "test-card", now: () => time });
const party = await RelyingParty.of(op, shop);
const otherParty = await RelyingParty.of(op, other);
const token = await clientToken(party);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const hash = randomBytes(32);

test("started: an id and its life; each has its own", async () => {
  const answers = await Promise.all(
    [hash, withPrefix("sha256", hash), randomBytes(48), withPrefix("sha384", randomBytes(48)), hash].map(
      async (data) => {
        const response = await post(op, token, { data: base64(data) });
        assert.equal(response.status, 201);
        assert.equal(response.headers.get("cache-control"), "no-store");
        return (await response.json()) as { id: string; expires_in: number };
      },
    ),
  );
  for (const { id, ...rest } of answers) {
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(rest, { expires_in: 600 });
  }
  assert.equal(new Set(answers.map(({ id }) => id)).size, answers.length);
});

test("a client token with the scope sign starts one too", async () => {
  assert.equal((await post(op, await clientToken(party, "sign"), { data: base64(hash) })).status, 201);
});

const digestInfo = withPrefix("sha256", hash);
const altered = (index: number) => {
  const bytes = Buffer.from(digestInfo);
  bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index);
  return bytes;
};
const wrongBodies: [string, unknown][] = [
  ["no object", null],
  ["an array", [base64(hash)]],
  ["no data", {}],
  ["data as a number", { data: 1 }],
  ["empty data", { data: "" }],
  ["31 octets", { data: base64(hash.subarray(1)) }],
  ["33 octets", { data: base64(Buffer.concat([hash, Buffer.of(0)])) }],
  ["SHA-1's length", { data: base64(hash.subarray(12)) }],
  ["SHA-512's length", { data: base64(randomBytes(64)) }],
  ["base64url", { data: Buffer.alloc(32, 0xff).toString("base64url") }],
  ["base64 without padding", { data: base64(hash).replace("=", "") }],
  ["base64 with a line break", { data: `${base64(hash)}\n` }],
  ["base64 whose last bits are not zero", { data: `${base64(Buffer.alloc(32)).slice(0, -2)}B=` }],
  ["a DigestInfo of another algorithm", { data: base64(altered(14)) }],
  ["a DigestInfo of another length", { data: base64(altered(1)) }],
  ["a DigestInfo with a byte more", { data: base64(Buffer.concat([digestInfo, Buffer.of(0)])) }],
  ["much too long data", { data: "A".repeat(10_000) }],
];
for (const [name, body] of wrongBodies) {
  test(`refused to start: ${name}`, async () => {
    assert.deepEqual(await outcome(await post(op, token, body)), [400, "invalid_request"]);
  });
}

test("refused to start: another content type, broken JSON, too much of it, another method", async () => {
  const authorization = `Bearer ${token}`;
  const send = (body: string, type: string) =>
    fetch(op.signTransactionsEndpoint, {
      method: "POST",
      headers: { authorization, "content-type": type },
      body,
    });
  const right = JSON.stringify({ data: base64(hash) });
  assert.deepEqual(await outcome(await send(right, "text/plain")), [415, "invalid_request"]);
  assert.deepEqual(await outcome(await send("{", "application/json")), [400, "invalid_request"]);
  const large = JSON.stringify({ data: base64(hash), filler: "x".repeat(70_000) });
  assert.deepEqual(await outcome(await send(large, "application/json")), [413, "invalid_request"]);
  const get = await fetch(op.signTransactionsEndpoint, { headers: { authorization } });
  assert.equal(get.status, 405);
  assert.equal(get.headers.get("allow"), "POST");
});

test("no CORS", async () => {
  const response = await fetch(op.signTransactionsEndpoint, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, origin: "https://shop.example" },
  });
  assert.equal(response.headers.get("access-control-allow-origin"), null);
});

test("refused to start: no token, an unknown one, a person's", async () => {
  const { tokens } = await login(party);
  const anonymous = await fetch(op.signTransactionsEndpoint, { method: "POST", body: "{}" });
  assert.equal(anonymous.headers.get("www-authenticate"), 'Bearer error="invalid_token"');
  assert.deepEqual(await outcome(anonymous), [401, "invalid_token"]);
  for (const wrong of ["x", "x.y.z", `${token}x`, tokens.access_token]) {
    assert.deepEqual(await outcome(await post(op, wrong, { data: base64(hash) })), [401, "invalid_token"]);
  }
});

test("refused to start: a client without a key for results", async () => {
  const keylessToken = await clientToken(await RelyingParty.of(op, keyless));
  const response = await post(op, keylessToken, { data: base64(hash) });
  assert.deepEqual(await outcome(response), [403, "unauthorized_client"]);
});

test("a token that has lapsed is refused by both endpoints", async () => {
  const id = await start(party);
  const user = await authorize(party, id);
  mock.timers.enable({ apis: ["Date"], now: Date.now() + 301_000 });
  try {
    assert.deepEqual(await outcome(await post(op, token, { data: base64(hash) })), [401, "invalid_token"]);
    assert.deepEqual(await outcome(await fetchResult(op, id, user)), [401, "invalid_token"]);
  } finally {
    mock.timers.reset();
  }
  await open(shop, await fetchResult(op, id, user));
});

test("no result for: no token, a client's, one without the scope sign", async () => {
  const id = await start(party);
  await authorize(party, id);
  const { tokens } = await login(party);
  for (const wrong of ["", "x.y.z", token]) {
    assert.deepEqual(await outcome(await fetchResult(op, id, wrong)), [401, "invalid_token"]);
  }
  assert.deepEqual(await outcome(await fetchResult(op, id, tokens.access_token)), [
    403,
    "insufficient_scope",
  ]);
});

test("no result of no transaction, nor of another client's", async () => {
  const id = await start(party);
  const user = await authorize(party, id);
  for (const unknown of ["1b4e28ba-2fa1-41d2-883f-0016d3cca427", "x", "%00", "__proto__"]) {
    assert.deepEqual(await outcome(await fetchResult(op, unknown, user)), [404, "not_found"]);
  }
  const foreign = await authorize(otherParty, await start(otherParty));
  assert.deepEqual(await outcome(await fetchResult(op, id, foreign)), [404, "not_found"]);
});

test("another client's transaction cannot be authorized", async () => {
  assert.equal(await authorizationError(otherParty, await start(party)), "invalid_request");
});

test("pending: whoever signed something else asks too early here", async () => {
  const user = await authorize(party, await start(party));
  const response = await fetchResult(op, await start(party), user);
  assert.equal(response.headers.get("retry-after"), "1");
  assert.deepEqual(await outcome(response), [202, "pending"]);
});

test("the id is the same in upper case; HEAD fetches nothing", async () => {
  const id = await start(party);
  const user = await authorize(party, id.toUpperCase());
  const head = await fetchResult(op, id, user, { method: "HEAD" });
  assert.deepEqual([head.status, head.headers.get("allow")], [405, "GET"]);
  await open(shop, await fetchResult(op, id.toUpperCase(), user));
});

test("two at once: one gets the result", async () => {
  const id = await start(party);
  const user = await authorize(party, id);
  const answers = await Promise.all(Array.from({ length: 5 }, () => fetchResult(op, id, user)));
  const statuses = answers.map(({ status }) => status).sort();
  assert.equal(statuses.filter((status) => status === 200).length, 1);
  assert.ok(statuses.every((status) => [200, 202, 410].includes(status)));
  assert.deepEqual(await outcome(await fetchResult(op, id, user)), [410, "transaction_used"]);
});

test("ten minutes: the result is gone, and the transaction cannot be authorized", async () => {
  const [early, late] = [await start(party), await start(party)];
  time += 599_000;
  const user = await authorize(party, early);
  time += 1_000;
  assert.deepEqual(await outcome(await fetchResult(op, early, user)), [410, "transaction_expired"]);
  for (const id of [early, late]) {
    assert.equal(await authorizationError(party, id), "transaction_expired");
  }
});

test("a used transaction stays used, and cannot be authorized again", async () => {
  const id = await start(party);
  const user = await authorize(party, id);
  await open(shop, await fetchResult(op, id, user));
  assert.equal(await authorizationError(party, id), "transaction_expired");
  time += 3_600_000;
  assert.deepEqual(await outcome(await fetchResult(op, id, user)), [410, "transaction_used"]);
});

test("signTransactionSeconds sets the life", async () => {
  const short = await emulator({ clients: [shop], signTransactionSeconds: 5, now: () => time });
  const shortParty = await RelyingParty.of(short, shop);
  const response = await post(short, await clientToken(shortParty), { data: base64(hash) });
  assert.equal(((await response.json()) as { expires_in: number }).expires_in, 5);
});

for (const seconds of [0, -1, 0.5, 86_401, Number.NaN, Number.POSITIVE_INFINITY, "600"]) {
  test(`signTransactionSeconds is refused: ${seconds}`, async () => {
    const options = { clients: [shop], signTransactionSeconds: seconds as number };
    await assert.rejects(emulator(options), { name: "EmulatorError", code: "lifetime-invalid" });
  });
}

test("again by the same person: nothing is signed anew, and the new token gets the result", async () => {
  const id = await start(party);
  await authorize(party, id, { card: "normal" });
  const user = await authorize(party, id, { card: "next-card" });
  const { certificate } = await open(shop, await fetchResult(op, id, user));
  assert.equal(certificate.publicKey.asymmetricKeyType, "rsa");
});

test("again by another person: no result for them, and still one for who signed", async () => {
  const id = await start(party);
  const first = await authorize(party, id, { person: "ordinary" });
  const second = await authorize(party, id, { person: "ordinary-woman" });
  assert.deepEqual(await outcome(await fetchResult(op, id, second)), [403, "wrong_user"]);
  await open(shop, await fetchResult(op, id, first));
});

test("one card has one certificate; another kind, and another person, another", async () => {
  const serial = async (choice: { person?: string; card?: string }) => {
    const id = await start(party);
    const user = await authorize(party, id, choice);
    return (await open(shop, await fetchResult(op, id, user))).certificate.serialNumber;
  };
  const normal = await serial({});
  assert.equal(await serial({}), normal);
  const others = [await serial({ card: "revoked" }), await serial({ person: "unknown-month" })];
  assert.equal(new Set([normal, ...others]).size, 3);
});

test("too many open transactions: 429, and room again when they have lapsed", async () => {
  const begun = await clientToken(otherParty);
  const ask = async () => (await post(op, begun, { data: base64(hash) })).status;
  for (let count = 0; count < MAX_LIVE_TRANSACTIONS; count += 50) {
    await Promise.all(Array.from({ length: 50 }, ask));
  }
  const full = await post(op, begun, { data: base64(hash) });
  assert.equal(full.headers.get("retry-after"), "60");
  assert.deepEqual(await outcome(full), [429, "too_many_requests"]);
  assert.equal((await post(op, token, { data: base64(hash) })).status, 201, "only that client");
  time += 600_000;
  assert.equal(await ask(), 201);
});

test("both endpoints are counted", async () => {
  const { signTransactions, signResult } = op.requests;
  const id = await start(party);
  await fetchResult(op, id, "x");
  assert.equal(op.requests.signTransactions, signTransactions + 1);
  assert.equal(op.requests.signResult, signResult + 1);
});

test("faults of both endpoints hit everybody, and use nothing up", async () => {
  const id = await start(party);
  const user = await authorize(party, id);
  for (const [endpoint, ask] of [
    ["signTransactions", (signal?: AbortSignal) => started(signal)],
    [
      "signResult",
      (signal?: AbortSignal) => fetchResult(op, id, user, signal === undefined ? {} : { signal }),
    ],
  ] as const) {
    op.setFault(endpoint, "fail");
    assert.equal((await ask()).status, 500);
    op.setFault(endpoint, "malformed");
    await assert.rejects((await ask()).json(), SyntaxError);
    op.setFault(endpoint, "oversized");
    assert.ok((await (await ask()).text()).length > 2 * 1024 * 1024);
    op.setFault(endpoint, "slow");
    await assert.rejects(ask(AbortSignal.timeout(300)), { name: "TimeoutError" });
    op.setFault(endpoint, "none");
  }
  await open(shop, await fetchResult(op, id, user));
});

function started(signal?: AbortSignal): Promise<Response> {
  return fetch(op.signTransactionsEndpoint, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ data: base64(hash) }),
    ...(signal === undefined ? {} : { signal }),
  });
}
