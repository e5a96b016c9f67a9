// The time of now, as every public function takes it.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createSignedPackage,
  type Now,
  remoteKeys,
  verifyCertificate,
  verifyIdToken,
  verifySignature,
  verifySignedData,
  verifySignedPackage,
} from "honnin";
import { environments } from "honnin/launch";
import {
  clientAssertion,
  exchangeCode,
  memoryStore,
  refreshTokens,
  requestClientCredentialsToken,
  startSignature,
} from "honnin/relying-party";
import { readClock, readNow, readTime } from "../src/time.js";
import { refusalOf } from "./support/refusal.ts";

const seconds = 1_795_143_600;
const unit = "now is in milliseconds; give a Unix time in seconds, or a Date.";
const rule = "now must be a Unix time in seconds, or a Date.";

const wrong: readonly (readonly [string, unknown, string])[] = [
  ["milliseconds", seconds * 1000, unit],
  ["milliseconds of 1973", 100_000_000_001, unit],
  ["a function that gives milliseconds", () => seconds * 1000, unit],
  ["Date.now", Date.now, unit],
  ["not a number", Number.NaN, rule],
  ["without end", Number.POSITIVE_INFINITY, rule],
  ["negative", -1, rule],
  ["a Date that is none", new Date(Number.NaN), rule],
  ["a Date before 1970", new Date(-1), rule],
  ["a Date too far away", new Date(8.64e15), rule],
  ["a function that gives a Date that is none", () => new Date("x"), rule],
  ["a function that gives nothing", () => undefined, rule],
  ["a function that gives a function", () => () => seconds, rule],
  ["a promise", Promise.resolve(seconds), rule],
  ["a text", String(seconds), rule],
  ["null", null, rule],
  ["a bigint", 1n, rule],
  ["an object with getTime", { getTime: () => 0 }, rule],
];

test("a Date, seconds, and a function that gives either", () => {
  for (const now of [seconds, new Date(seconds * 1000), () => seconds, () => new Date(seconds * 1000)]) {
    assert.equal(readNow(now), seconds);
  }
  assert.equal(readNow(seconds + 0.25), seconds + 0.25);
  assert.equal(readNow(0), 0);
  assert.equal(readNow(100_000_000_000), 100_000_000_000);
  const before = Date.now() / 1000;
  const clock = readNow(undefined);
  assert.ok(clock >= before && clock <= Date.now() / 1000);
});

test("what is no time, by its name", async () => {
  for (const [name, now, message] of wrong) {
    const refusal = await refusalOf(async () => readNow(now));
    assert.deepEqual([refusal.code, refusal.message], ["options-invalid", message], name);
  }
  const at = await refusalOf(async () => readTime(seconds * 1000, "at"));
  assert.equal(at.message, unit.replace("now", "at"));
  const cause = new Error("no");
  const failed = await refusalOf(async () =>
    readNow(() => {
      throw cause;
    }),
  );
  assert.deepEqual([failed.code, failed.cause], ["options-invalid", cause]);
});

test("a clock is read each time, and what is fixed once", () => {
  let time = seconds;
  const clock = readClock(() => time);
  assert.equal(clock(), seconds);
  time += 1;
  assert.equal(clock(), seconds + 1);
  const date = new Date(seconds * 1000);
  const fixed = readClock(date);
  date.setTime(0);
  assert.equal(fixed(), seconds);
  readClock(() => assert.fail("was called before its time"));
});

const client = { environment: environments.sandbox, clientId: "city", clientKey: {} };
const clientKey = async () =>
  (await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]))
    .privateKey;
const functions: Readonly<Record<string, (now: Now) => unknown>> = {
  verifyIdToken: (now) =>
    verifyIdToken("x", {
      issuer: "https://op.example",
      clientId: "a",
      nonce: null,
      keys: '{"keys":[]}',
      now,
    }),
  verifyCertificate: (now) => verifyCertificate("", { anchors: [], now }),
  verifySignature: (now) =>
    verifySignature({
      data: new Uint8Array(),
      signature: new Uint8Array(),
      scheme: "rsa-pkcs1-sha256",
      publicKey: "",
      now,
    }),
  verifySignedData: (now) => verifySignedData("", { anchors: [], now }),
  verifySignedPackage: (now) => verifySignedPackage("", { digest: new Uint8Array(), anchors: [], now }),
  createSignedPackage: (now) => createSignedPackage({ now } as never),
  remoteKeys: (now) => remoteKeys("https://op.example/", { now }).get(),
  memoryStore: (now) => memoryStore({ now }).create("key", "value", 60),
  clientAssertion: async (now) =>
    clientAssertion({ clientId: "city", audience: "x", clientKey: await clientKey(), now }),
  exchangeCode: async (now) =>
    exchangeCode({
      ...client,
      clientKey: await clientKey(),
      code: "x",
      codeVerifier: "x".repeat(43),
      redirectUri: "https://shop.example/",
      now,
    }),
  refreshTokens: async (now) =>
    refreshTokens({ ...client, clientKey: await clientKey(), refreshToken: "x", now }),
  requestClientCredentialsToken: async (now) =>
    requestClientCredentialsToken({ ...client, clientKey: await clientKey(), now }),
  startSignature: (now) =>
    startSignature({ ...client, form: "bare", digest: new Uint8Array(32), accessToken: "x", now } as never),
};

for (const [name, call] of Object.entries(functions)) {
  test(`${name} refuses milliseconds and says so`, async () => {
    for (const now of [seconds * 1000, () => seconds * 1000]) {
      const refusal = await refusalOf(async () => call(now));
      assert.deepEqual([refusal.code, refusal.message], ["options-invalid", unit]);
    }
  });
}
