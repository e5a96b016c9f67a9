// The wrapper around the verifier. The verdicts themselves are tested against the table of the whole project.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { HonninError, type KeySource, remoteKeys, type VerifyIdTokenOptions, verifyIdToken } from "honnin";
import { CompactSign } from "jose";
import { Endpoint } from "../support/endpoint.ts";
import { questionsDuring } from "../support/questions.ts";
import { codeOf, refusalOf } from "../support/refusal.ts";
import { clientId, issuer, jwkSet, makeKey, nonce, sign } from "../support/tokens.ts";

const now = 1_800_000_000;
const key = await makeKey("1");
const other = await makeKey("2");
const token = await sign(key, now);
const base: VerifyIdTokenOptions = { issuer, clientId, nonce, keys: jwkSet(key), now };

/** A source that counts its calls. */
function source(get: () => unknown, refresh: () => unknown = () => undefined) {
  const calls = { get: 0, refresh: 0 };
  const keys = {
    get: async () => {
      calls.get++;
      return get();
    },
    refresh: async () => {
      calls.refresh++;
      return refresh();
    },
  } as KeySource;
  return { keys, calls };
}

test("a valid token gives header, claims and the steps made", async () => {
  const { header, claims, report } = await verifyIdToken(token, base);
  assert.deepEqual(header, { alg: "ES256", kid: "1" });
  assert.deepEqual(claims, { iss: issuer, sub: "person", aud: clientId, iat: now, exp: now + 300, nonce });
  assert.equal(report.steps.find(({ id }) => id === "signature")?.status, "passed");
  assert.ok(report.steps.every(({ status }) => status !== "failed"));
});

test("the report is made when it is first read, and only then", async () => {
  const brief = await questionsDuring(async () => verifyIdToken(token, base));
  assert.deepEqual(brief, [true]);
  const read = await questionsDuring(async () => {
    const verified = await verifyIdToken(token, base);
    assert.equal(verified.report, verified.report);
  });
  assert.deepEqual(read, [true, false]);
});

test("the report is an ordinary member, although it is read only when it is asked for", async () => {
  const verified = await verifyIdToken(token, base);
  const { report } = verified;
  assert.ok(report.steps.length > 15);
  assert.equal(verified.report, report);
  for (const copy of [{ ...verified }, structuredClone(verified), JSON.parse(JSON.stringify(verified))])
    assert.deepEqual(copy, { header: verified.header, claims: verified.claims, report });
});

test("the report is that of the verification, whatever the caller changes before it is read", async () => {
  const { report: expected } = await verifyIdToken(token, base);
  const sources = { get: async () => JSON.stringify(base.keys), refresh: async () => undefined };
  const trustedAudiences = ["other"];
  const options = { ...base, keys: sources, trustedAudiences, now: () => now };
  const verified = await verifyIdToken(token, options);
  Object.assign(verified.claims, { iss: "other", exp: 0 });
  Object.assign(sources, { get: async () => "{}" });
  Object.assign(options, { nonce: "other", now: () => 0 });
  trustedAudiences.pop();
  assert.deepEqual(verified.report, expected);
});

test("claims of any text, and any white space around them, stay as they are", async () => {
  const name = '本人 太郎\u2028"\\𠮷\n"report":{';
  const claims = { iss: issuer, sub: "person", aud: clientId, iat: now, exp: now + 300, nonce, name };
  const spaced = `\n ${JSON.stringify(claims, undefined, 1)}\r\n\n`;
  const signed = await new CompactSign(new TextEncoder().encode(spaced))
    .setProtectedHeader({ alg: "ES256", kid: key.kid })
    .sign(key.privateKey);
  const verified = await verifyIdToken(signed, base);
  assert.deepEqual(verified.claims, claims);
  assert.equal(verified.report.steps.at(-1)?.id, "authentication-time");
  const { code, report } = await refusalOf(() => verifyIdToken(signed, { ...base, nonce: name }));
  assert.deepEqual([code, report?.steps.at(-1)?.id], ["nonce-mismatch", "nonce"]);
});

test("arguments that are not ASCII, in any of the three texts, are read as they are", async () => {
  const clientId = "店🏪";
  const other = await sign({ ...key, kid: "鍵" }, now, { aud: clientId });
  const keys = JSON.stringify({
    note: "é",
    ...jwkSet({ ...key, publicJwk: { ...key.publicJwk, kid: "鍵" } }),
  });
  assert.equal((await verifyIdToken(other, { ...base, clientId, keys })).claims.aud, clientId);
  assert.equal(
    (await refusalOf(() => verifyIdToken(`${other}é`, { ...base, clientId, keys }))).code,
    "token-malformed",
  );
  // A text that UTF-8 cannot write is refused, not changed.
  const half = { ...base, clientId: "店\ud83c", keys };
  assert.equal((await refusalOf(() => verifyIdToken(other, half))).code, "options-invalid");
});

test("a refusal is a HonninError with the steps up to the one that failed", async () => {
  const error = await refusalOf(() => verifyIdToken(token, { ...base, nonce: "other" }));
  assert.ok(error instanceof HonninError);
  assert.equal(error.code, "nonce-mismatch");
  assert.equal(error.report?.steps.at(-1)?.status, "failed");
  assert.ok(error.report?.steps.some(({ id, status }) => id === "signature" && status === "passed"));
});

test("bytes of any kind are no options, and no part of a key", async () => {
  const buffer = new ArrayBuffer(1);
  const foreign: unknown = runInNewContext("new ArrayBuffer(1)");
  const kinds = [new Uint8Array(1), new DataView(buffer), buffer, new SharedArrayBuffer(1), foreign];
  for (const bytes of kinds) {
    const inKey = { keys: [{ ...key.publicJwk, x: bytes }] };
    for (const options of [{ acrValues: [bytes] }, { keys: inKey }]) {
      const { code, message } = await refusalOf(() => verifyIdToken(token, { ...base, ...options } as never));
      assert.equal(code, "options-invalid");
      assert.match(message, /^(acrValues|x) must not be bytes\.$/);
    }
  }
});

test("keys are a set, its text, or a source of texts", async () => {
  const text = JSON.stringify(jwkSet(other, key));
  const { keys, calls } = source(() => text);
  for (const form of [jwkSet(key), text, keys]) {
    assert.equal((await verifyIdToken(token, { ...base, keys: form })).claims.sub, "person");
  }
  assert.deepEqual(calls, { get: 1, refresh: 0 });
});

test("the clock of this machine is used when no time is given", async (t) => {
  const { now: _, ...clocked } = base;
  t.mock.timers.enable({ apis: ["Date"], now: now * 1000 });
  await verifyIdToken(token, clocked);
  t.mock.timers.setTime((now + 361) * 1000);
  const { code, message } = await refusalOf(() => verifyIdToken(token, clocked));
  assert.equal(code, "token-expired");
  assert.match(message, /\b61\b/);
  await verifyIdToken(token, { ...clocked, now: now + 359 });
  await verifyIdToken(token, { ...clocked, now: now + 0.5 });
});

test("an unknown key makes the source look for newer ones, once", async () => {
  const { keys, calls } = source(
    () => JSON.stringify(jwkSet(other)),
    () => JSON.stringify(jwkSet(key)),
  );
  const { report } = await verifyIdToken(token, { ...base, keys });
  assert.deepEqual(calls, { get: 1, refresh: 1 });
  // Of the newer keys.
  assert.deepEqual(report, (await verifyIdToken(token, base)).report);
});

test("a key that stays unknown is key-not-found, with the report", async () => {
  const text = JSON.stringify(jwkSet(other));
  for (const newer of [undefined, text, '{"keys":[]}']) {
    const { keys, calls } = source(
      () => text,
      () => newer,
    );
    const { code, report } = await refusalOf(() => verifyIdToken(token, { ...base, keys }));
    assert.equal(code, "key-not-found");
    assert.equal(report?.steps.at(-1)?.status, "failed");
    assert.equal(calls.refresh, 1);
  }
});

test("keys that another caller brought meanwhile are used, though it is too early to ask again", async () => {
  const texts = [JSON.stringify(jwkSet(other)), JSON.stringify(jwkSet(key))];
  const { keys, calls } = source(() => texts.shift());
  await verifyIdToken(token, { ...base, keys });
  assert.deepEqual(calls, { get: 2, refresh: 1 });
});

test("no other refusal makes the source look for newer keys", async () => {
  const impostor = { ...other, kid: "1", publicJwk: { ...other.publicJwk, kid: "1" } };
  const { keys, calls } = source(() => JSON.stringify(jwkSet(impostor)));
  assert.equal(await codeOf(() => verifyIdToken(token, { ...base, keys })), "signature-mismatch");
  assert.equal(calls.refresh, 0);
});

test("newer keys that cannot be had leave key-not-found, and say why", async () => {
  const down = new HonninError("endpoint-timeout", "slow");
  for (const [failure, why] of [
    [down, /endpoint-timeout/],
    [new TypeError("x"), /the key source failed/],
  ] as const) {
    const { keys } = source(
      () => '{"keys":[]}',
      () => {
        throw failure;
      },
    );
    const { code, message, cause, report } = await refusalOf(() => verifyIdToken(token, { ...base, keys }));
    assert.equal(code, "key-not-found");
    assert.match(message, why);
    assert.equal(cause, failure);
    assert.ok(report);
  }
});

test("a source that fails, or gives no text, ends in a code", async () => {
  const fail = (error: unknown) => () => {
    throw error;
  };
  const codes = [
    [source(fail(new HonninError("keys-unreachable", "down"))), "keys-unreachable"],
    [source(fail(new HonninError("response-too-large", "big"))), "response-too-large"],
    [source(fail(new TypeError("x"))), "keys-unreachable"],
    [source(fail(undefined)), "keys-unreachable"],
    [source(() => undefined), "key-set-malformed"],
    [source(() => jwkSet(key)), "key-set-malformed"],
    [
      source(
        () => '{"keys":[]}',
        () => 1,
      ),
      "key-not-found",
    ],
  ] as const;
  for (const [{ keys }, code] of codes) {
    assert.equal(await codeOf(() => verifyIdToken(token, { ...base, keys })), code);
  }
});

test("keys rotated under load: every valid login passes", async () => {
  const endpoint = new Endpoint();
  const { url, fetch, now } = endpoint;
  const keys = remoteKeys(url, { fetch, now, coolDown: 30 });
  let fetches = 0;
  for (let generation = 0; generation < 5; generation++) {
    const signer = await makeKey(`generation ${generation}`);
    endpoint.text = JSON.stringify(jwkSet(signer));
    endpoint.time += 30;
    const fresh = await sign(signer, endpoint.time);
    const logins = Array.from({ length: 50 }, () =>
      verifyIdToken(fresh, { ...base, keys, now: endpoint.time }),
    );
    for (const { header } of await Promise.all(logins)) assert.equal(header.kid, signer.kid);
    assert.ok(endpoint.fetches - fetches <= 2);
    fetches = endpoint.fetches;
  }
});

test("1,000 tokens with unknown keys cause one fetch a cool-down, and a valid one still passes", async () => {
  const endpoint = new Endpoint();
  endpoint.text = JSON.stringify(jwkSet(key));
  const keys = remoteKeys(endpoint.url, { fetch: endpoint.fetch, now: endpoint.now });
  const options = { ...base, keys };
  await verifyIdToken(token, options);
  const forged = await sign({ ...other, kid: "invented" }, now);
  for (let i = 0; i < 10; i++) {
    const codes = await Promise.all(
      Array.from({ length: 100 }, () => codeOf(() => verifyIdToken(forged, options))),
    );
    assert.deepEqual(new Set(codes), new Set(["key-not-found"]));
  }
  assert.equal(endpoint.fetches, 2);
  endpoint.goDown();
  endpoint.time += 30;
  for (let i = 0; i < 100; i++)
    assert.equal(await codeOf(() => verifyIdToken(forged, options)), "key-not-found");
  assert.equal(endpoint.fetches, 3);
  await verifyIdToken(token, options);
});

test("what is not a token ends in a code", async () => {
  for (const bad of [
    undefined,
    null,
    1,
    {},
    "",
    ".",
    "a.b.c",
    "a.b.c.d",
    "…",
    "\ud800.a.b",
    `${token} `,
    `\ufeff${token}`,
  ]) {
    assert.equal(await codeOf(() => verifyIdToken(bad as never, base)), "token-malformed", String(bad));
  }
});

test("a token of empty parts has no JSON in them", async () => {
  assert.equal(await codeOf(() => verifyIdToken("..", base)), "json-malformed");
});

test("what is too large is refused with its report, and does not grow the module's memory", async (t) => {
  // The memory of the instance in use is the last that a view was made of.
  let memory: ArrayBufferLike | undefined;
  const { DataView: original } = globalThis;
  t.after(() => Object.assign(globalThis, { DataView: original }));
  class Watched extends DataView<ArrayBufferLike> {
    constructor(buffer: ArrayBufferLike) {
      super(buffer);
      memory = buffer;
    }
  }
  Object.assign(globalThis, { DataView: Watched });
  const large = "a".repeat(50_000_000);
  const fits = token + "a".repeat(65_536 - token.length);
  assert.notEqual(await codeOf(() => verifyIdToken(fits, base)), "token-too-large");
  for (const [idToken, options, code] of [
    [`${fits}a`, base, "token-too-large"],
    [token, { ...base, maxTokenBytes: token.length - 1 }, "token-too-large"],
    [large, base, "token-too-large"],
    [large, { ...base, maxTokenBytes: 1_048_576 }, "token-too-large"],
    [large, { ...base, maxTokenBytes: 1e9 }, "options-invalid"],
    [token, { ...base, keys: large }, "key-set-malformed"],
    [token, { ...base, keys: `${JSON.stringify(base.keys)}${" ".repeat(262_144)}` }, "key-set-malformed"],
    [token, { ...base, accessToken: large }, "options-invalid"],
  ] as const) {
    const { code: actual, report } = await refusalOf(() => verifyIdToken(idToken, options));
    assert.equal(actual, code);
    assert.ok(code === "options-invalid" || report?.steps.at(-1)?.status === "failed");
  }
  assert.ok(memory !== undefined && memory.byteLength < 16_000_000, `${memory?.byteLength}`);
});

for (const [what, change] of [
  ["an unknown member", { maxage: 1 }],
  ["a member named __proto__", JSON.parse('{"__proto__":1}')],
  ["an unknown member by inheritance", Object.create({ maxage: 1 })],
  ["no issuer", { issuer: undefined }],
  ["no clientId", { clientId: undefined }],
  ["no nonce", { nonce: undefined }],
  ["a nonce of another type", { nonce: 1 }],
  // As JSON this would say that no nonce was sent.
  ["a nonce that is not a number", { nonce: Number.NaN }],
  ["a nonce that is not Unicode", { nonce: "\ud800" }],
  ["an empty list of algorithms", { algorithms: [] }],
  ["an algorithm list that is a text", { algorithms: "ES256" }],
  ["an algorithm that is nothing", { algorithms: [undefined] }],
  ["a tolerance that is not a number", { clockTolerance: Number.NaN }],
  ["a tolerance without end", { clockTolerance: Number.POSITIVE_INFINITY }],
  ["a negative tolerance", { clockTolerance: -1 }],
  ["a tolerance as text", { clockTolerance: "60" }],
  ["a function for a limit", { maxAge: () => 1 }],
  ["a symbol for a limit", { maxAge: Symbol("1") }],
  ["a bigint for a limit", { maxAge: 1n }],
  ["null for a limit", { maxAge: null }],
  ["a time that is none", { now: Number.NaN }],
  ["a time in milliseconds", { now: 1_795_143_600_000 }],
  ["keys that are none", { keys: 1 }],
  ["keys missing", { keys: undefined }],
  ["keys null", { keys: null }],
  ["half a source", { keys: { get: async () => "" } }],
  ["a set without an array", { keys: { keys: {} } }],
  ["a set that is not JSON", { keys: { keys: [{ n: 1n }] } }],
] as [string, object][]) {
  test(`options with ${what} are refused`, async () => {
    const options = Object.assign(Object.create(Object.getPrototypeOf(change)), base);
    for (const name of Object.keys(change)) {
      Object.defineProperty(options, name, { value: change[name as never], enumerable: true });
    }
    assert.equal(await codeOf(() => verifyIdToken(token, options)), "options-invalid");
  });
}

test("options that are no object are refused", async () => {
  for (const options of [undefined, null, "x", 1]) {
    assert.equal(await codeOf(() => verifyIdToken(token, options as never)), "options-invalid");
  }
});

test("options that were inherited count, those that are undefined do not", async () => {
  const inherited = Object.create({ ...base, maxTokenAge: 10, now: now + 100 });
  assert.equal(await codeOf(() => verifyIdToken(token, inherited)), "token-too-old");
  await verifyIdToken(token, { ...base, maxAge: undefined, accessToken: undefined });
});

test("no refusal repeats the token or the claims", async () => {
  const claims = { sub: "SECRET", nonce: "SECRET", iss: "https://SECRET.example", aud: "SECRET" };
  const accessToken = "SECRET";
  for (const [name, value] of Object.entries(claims)) {
    if (name === "sub") continue;
    const leaky = await sign(key, now, { sub: "SECRET", [name]: value });
    const { message, report } = await refusalOf(() => verifyIdToken(leaky, { ...base, accessToken }));
    assert.ok(!message.includes("SECRET") && !JSON.stringify(report).includes("SECRET"), name);
  }
});

test("options are data: what writes itself as JSON cannot turn a check off", async () => {
  const good = { issuer, clientId, nonce, keys: jwkSet(key), now };
  assert.equal((await verifyIdToken(token, good)).claims.sub, "person");
  for (const wrong of [
    { nonce: { toJSON: () => null } },
    { nonce: new String(nonce) },
    { acrValues: { toJSON: () => undefined } },
    { acrValues: [] },
    { accessToken: { toJSON: () => undefined } },
    { algorithms: [{ toJSON: () => "ES256" }] },
    { clockTolerance: { toJSON: () => 600 } },
    { now: { toJSON: () => now } },
    { keys: { keys: [{ toJSON: () => key.publicJwk }] } },
  ]) {
    const code = await codeOf(() => verifyIdToken(token, { ...good, ...wrong } as never));
    assert.ok(
      ["options-invalid", "key-set-malformed", "key-not-found"].includes(code),
      `${Object.keys(wrong)}: ${code}`,
    );
  }
  const list = Object.assign(["aal3"], { toJSON: () => undefined });
  assert.equal(await codeOf(() => verifyIdToken(token, { ...good, acrValues: list })), "claim-missing");
});

test("no report says that nothing was requested: the verifier does not know the request", async () => {
  const weak = await sign(key, now, { acr: "aal1" });
  const { report } = await verifyIdToken(weak, base);
  const step = report.steps.find(({ id }) => id === "authentication-context");
  assert.equal(step?.status, "skipped");
  assert.equal(step?.detail, "no accepted acr values are set");
  const skipped = report.steps.filter(({ status }) => status === "skipped");
  for (const { id, detail } of skipped) assert.doesNotMatch(detail, /ask|request/i, id);
  assert.equal(await codeOf(() => verifyIdToken(weak, { ...base, acrValues: [] })), "options-invalid");
});
