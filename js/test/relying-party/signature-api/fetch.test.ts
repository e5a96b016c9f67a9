import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { type FetchSignatureResultOptions, fetchSignatureResult } from "../../../src/relying-party/index.js";
import { always, json, type Misbehaviour } from "../answers.js";
import { useWorld } from "../setup.js";

const world = await useWorld();

const transactionId = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
const jwe = "aGVhZGVy.a2V5.aXY.Y2lwaGVydGV4dA.dGFn";
const token = "the-users-token";
let waited: number[] = [];
beforeEach(() => {
  waited = [];
});

function fetchIt(more: Partial<FetchSignatureResultOptions> = {}): Promise<string> {
  return fetchSignatureResult({
    environment: world.provider.environment,
    transactionId,
    accessToken: token,
    wait: async (seconds) => void waited.push(seconds),
    ...more,
  });
}

/** Answers one after the other; the last one again and again. */
function answers(...list: Misbehaviour[]): void {
  let next = 0;
  world.provider.misbehave.result = (request, response) => {
    const answer = list[Math.min(next, list.length - 1)];
    next += 1;
    return answer?.(request, response);
  };
}
const good: Misbehaviour = (_, r) => json(r, 200, { result: jwe });
const pending: Misbehaviour = (_, r) => json(r, 202, { status: "pending" });
const nothing: Misbehaviour = (_, r) => void r.writeHead(204).end();
const lost: Misbehaviour = (_, r) => void r.destroy();
const cutOff: Misbehaviour = (_, r) => {
  r.writeHead(200, { "content-type": "application/json", "content-length": "500" });
  r.write('{"result":"');
  setImmediate(() => r.destroy());
};
const status = (code: number, retryAfter?: string): Misbehaviour => {
  return (_, r) => {
    if (retryAfter !== undefined) r.setHeader("retry-after", retryAfter);
    json(r, code, { error: "temporarily_unavailable" });
  };
};

test("the result comes in JSON, under a name that can be changed, or as a JWE itself", async () => {
  const seen: unknown[] = [];
  world.provider.misbehave.result = (request, response) => {
    seen.push([request.method, request.url, request.headers.authorization]);
    json(response, 200, { result: jwe, more: 1 });
  };
  assert.equal(await fetchIt(), jwe);
  assert.deepEqual(seen, [["GET", `/api/sign-transactions/${transactionId}/result`, `Bearer ${token}`]]);
  answers((_, r) => json(r, 200, { jwe }));
  assert.equal(await fetchIt({ names: { result: "jwe" } }), jwe);
  answers(always(200, "application/jose; charset=utf-8", jwe));
  assert.equal(await fetchIt(), jwe);
  assert.deepEqual(waited, []);
});

const passing: [string, Misbehaviour][] = [
  ["202", pending],
  ["204", nothing],
  ["408", status(408)],
  ["425", status(425)],
  ["429", status(429)],
  ["500", status(500)],
  ["503", status(503)],
  ["a lost connection", lost],
  ["an answer that is cut off", cutOff],
  ["a time-out", () => {}],
];
for (const [name, misbehave] of passing) {
  test(`${name} is asked again`, async () => {
    answers(misbehave, misbehave, good);
    assert.equal(await fetchIt({ timeout: 0.2 }), jwe);
    assert.equal(world.provider.signing.resultRequests, 3);
    assert.deepEqual(waited, [0.5, 1]);
  });
}

test("waiting doubles up to a bound, and ends with what was wrong last", async () => {
  answers(pending);
  await assert.rejects(fetchIt(), { code: "signature-result-pending" });
  assert.deepEqual(waited, [0.5, 1, 2]);
  assert.equal(world.provider.signing.resultRequests, 4);
  waited.length = 0;
  await assert.rejects(fetchIt({ attempts: 7 }), { code: "signature-result-pending" });
  assert.deepEqual(waited, [0.5, 1, 2, 4, 8, 8]);
  for (const [last, code] of [
    [nothing, "signature-result-pending"],
    [status(429), "endpoint-unavailable"],
    [status(425), "endpoint-unavailable"],
    [status(503), "endpoint-unavailable"],
    [lost, "endpoint-unreachable"],
    [() => {}, "endpoint-timeout"],
  ] as const) {
    waited = [];
    answers(pending, last);
    await assert.rejects(fetchIt({ attempts: 2, timeout: 0.2 }), { code });
    assert.deepEqual(waited, [0.5]);
  }
  waited = [];
  answers(pending);
  await assert.rejects(fetchIt({ attempts: 4, delay: 3, maxDelay: 5 }), { code: "signature-result-pending" });
  assert.deepEqual(waited, [3, 5, 5]);
  waited = [];
  await assert.rejects(fetchIt({ attempts: 1 }), { code: "signature-result-pending" });
  assert.deepEqual(waited, []);
});

test("Retry-After in seconds is honoured up to the bound; a date and nonsense are not", async () => {
  for (const [value, seconds] of [
    ["3", 3],
    ["0", 0.5],
    ["3600", 8],
    ["99999999999", 0.5],
    ["-5", 0.5],
    ["Wed, 25 Nov 2026 07:28:00 GMT", 0.5],
  ] as const) {
    waited = [];
    answers(status(503, value), good);
    await fetchIt();
    assert.deepEqual(waited, [seconds], value);
  }
});

test("without a wait of the caller's there is a timer", async () => {
  answers(pending, good);
  assert.equal(await fetchIt({ wait: undefined, delay: 0 }), jwe);
});

const refusals: [string, string, Misbehaviour, RegExp?][] = [
  ["401", "signature-result-refused", status(401), /status 401: temporarily_unavailable\.$/],
  ["403", "signature-result-refused", (_, r) => json(r, 403, { error: "<花子>" }), /status 403\.$/],
  ["404", "signature-result-refused", always(404, "text/html", "<h1>"), /status 404\.$/],
  ["403 wrong_user", "signature-user-mismatch", (_, r) => json(r, 403, { error: "wrong_user" })],
  [
    "410 transaction_expired",
    "signature-transaction-expired",
    (_, r) => json(r, 410, { error: "transaction_expired" }),
  ],
  [
    "404 transaction_expired",
    "signature-transaction-expired",
    (_, r) => json(r, 404, { error: "transaction_expired" }),
  ],
  [
    "410 transaction_used",
    "signature-transaction-used",
    (_, r) => json(r, 410, { error: "transaction_used" }),
  ],
  [
    "404 transaction_used",
    "signature-transaction-used",
    (_, r) => json(r, 404, { error: "transaction_used" }),
  ],
  ["201", "signature-result-malformed", (_, r) => json(r, 201, { result: jwe })],
  ["no member", "signature-result-malformed", (_, r) => json(r, 200, { jwe })],
  ["a number", "signature-result-malformed", (_, r) => json(r, 200, { result: 7 })],
  ["an array", "response-malformed", (_, r) => json(r, 200, [jwe])],
  ["JSON cut off", "response-malformed", always(200, "application/json", '{"result":')],
  ["HTML", "response-malformed", always(200, "text/html", jwe)],
  ["text", "response-malformed", always(200, "text/plain", jwe)],
  ["a JWS", "signature-result-malformed", (_, r) => json(r, 200, { result: "a.b.c" })],
  ["no header", "signature-result-malformed", (_, r) => json(r, 200, { result: ".b.c.d.e" })],
  ["a JWE with a line break", "signature-result-malformed", always(200, "application/jose", `${jwe}\n`)],
  ["not UTF-8", "response-malformed", always(200, "application/jose", new Uint8Array([0x61, 0xff]))],
  ["a redirect", "response-malformed", (_, r) => void r.writeHead(307, { location: "/x" }).end()],
  ["too much", "response-too-large", (_, r) => json(r, 200, { result: jwe, padding: "x".repeat(300_000) })],
];
for (const [name, code, misbehave, message] of refusals) {
  test(`${name} is ${code}, at once`, async () => {
    answers(misbehave);
    await assert.rejects(fetchIt(), (error: Error & { code: string }) => {
      assert.equal(error.code, code);
      if (message !== undefined) assert.match(error.message, message);
      assert.ok(!JSON.stringify([error.message, String(error.cause)]).includes(token));
      assert.doesNotMatch(error.message, /花子/);
      return true;
    });
    assert.equal(world.provider.signing.resultRequests, 1);
  });
}

test("error names can be changed", async () => {
  const errors = { transactionExpired: "gone", transactionUsed: "spent", wrongUser: "not_you" };
  for (const [error, code] of [
    ["gone", "signature-transaction-expired"],
    ["spent", "signature-transaction-used"],
    ["not_you", "signature-user-mismatch"],
    ["wrong_user", "signature-result-refused"],
  ] as const) {
    answers((_, r) => json(r, 403, { error }));
    await assert.rejects(fetchIt({ names: { errors } }), { code });
  }
});

const wrong: [string, object][] = [
  ["an id that is no UUID", { transactionId: "../../userinfo" }],
  ["no id", { transactionId: undefined }],
  ["a token that breaks the header", { accessToken: "a\nb" }],
  ["no token", { accessToken: "" }],
  ["no attempt", { attempts: 0 }],
  ["too many attempts", { attempts: 21 }],
  ["a negative delay", { delay: -1 }],
  ["an endless delay", { maxDelay: Number.POSITIVE_INFINITY }],
  ["a wait that is none", { wait: 5 }],
  ["plain http", { environment: { signTransactionsEndpoint: "http://a.example/sign" } }],
];
for (const [name, more] of wrong) {
  test(`${name} is options-invalid, and nothing is sent`, async () => {
    await assert.rejects(fetchIt(more), { code: "options-invalid" });
    assert.equal(world.provider.signing.resultRequests, 0);
  });
}
