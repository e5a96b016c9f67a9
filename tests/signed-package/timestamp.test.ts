// Timestamps: tokens that OpenSSL makes, and what they are refused for.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type SignedPackageJson, verifySignedPackage } from "honnin";
import { withOpenssl } from "../support/openssl.ts";
import {
  documentBytes,
  judge,
  makePackage,
  rules,
  now as signedAt,
  today,
  type Way,
  ways,
  year,
} from "./support.ts";
import { TimestampAuthority, type TokenOptions } from "./timestamp-authority.ts";

const [way, other] = ways as [Way, Way];
const encode = (der: Uint8Array) => Buffer.from(der).toString("base64");
const concat = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));

/** A short element of DER. */
function tlv(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const value = concat(...content);
  assert.ok(value.length < 256);
  const length = value.length < 128 ? [value.length] : [0x81, value.length];
  return concat(Uint8Array.of(tag, ...length), value);
}

const sha256 = tlv(0x30, tlv(0x06, Uint8Array.of(0x60, 0x86, 0x48, 1, 101, 3, 4, 2, 1)));

/** A TSTInfo over these bytes (RFC 3161 §2.4.2). */
async function tstInfo(data: Uint8Array, time: string, more: { version?: number; end?: Uint8Array } = {}) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(data)));
  return tlv(
    0x30,
    tlv(0x02, Uint8Array.of(more.version ?? 1)),
    tlv(0x06, Uint8Array.of(0x88, 0x37, 1)),
    tlv(0x30, sha256, tlv(0x04, hash)),
    tlv(0x02, Uint8Array.of(7)),
    tlv(0x18, new TextEncoder().encode(time)),
    more.end ?? new Uint8Array(),
  );
}
const digits = (seconds: number) =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19).replace(/[-T:]/g, "")}Z`;

test("timestamps over the signature", withOpenssl, async (t) => {
  const authority = new TimestampAuthority();
  t.after(() => authority.close());
  const made = await makePackage(way, "ocsp");
  const signature = Uint8Array.from(Buffer.from(made.signature.value, "base64"));
  const clock = Math.floor(Date.now() / 1000);
  const now = Math.max(clock, signedAt) + 10 * year;
  const later = { ...rules(today, now), timestamp: { anchors: authority.anchor } };
  const stamped = (...tokens: readonly Uint8Array[]): SignedPackageJson => ({
    ...made,
    timestamps: tokens.map(encode),
  });
  const verify = (given: SignedPackageJson, options: object = later) =>
    verifySignedPackage(JSON.stringify(given), { ...options, document: documentBytes } as never);
  const token = authority.token(signature);

  await t.test("verified: the time, and who says so", async () => {
    const { timestamp, asOf, asOfSource, report } = await verify(stamped(token));
    assert.ok(timestamp.status === "verified");
    assert.ok(Math.abs(timestamp.time - clock) < 120, String(timestamp.time));
    assert.equal(timestamp.authority, "CN=Timestamps\\, stamp,O=HONNIN-TEST");
    // The evidence still decides what everything is verified for.
    assert.deepEqual([asOf, asOfSource], [made.evidence.time, "evidence"]);
    const step = report.steps.at(-1);
    assert.deepEqual([step?.id, step?.status], ["timestamp", "passed"]);
    assert.match(step?.detail ?? "", /with SHA-256$/);
  });

  await t.test("not checked where nobody is to be believed, and none enclosed", async () => {
    const { timestamp, report } = await verify(stamped(token), rules(today, now));
    assert.deepEqual(timestamp, { status: "not-checked" });
    assert.equal(report.steps.at(-1)?.status, "skipped");
    // Not even its form.
    assert.deepEqual((await verify(stamped(Uint8Array.of(1)), rules(today, now))).timestamp, {
      status: "not-checked",
    });
    assert.deepEqual((await verify(made)).timestamp, { status: "not-enclosed" });
  });

  await t.test("every hash of the imprint and of the certificate", async () => {
    const options: readonly TokenOptions[] = [{ hash: "sha384" }, { hash: "sha512", namedBy: "sha512" }];
    for (const given of options) {
      const { timestamp } = await verify(stamped(authority.token(signature, given)));
      assert.equal(timestamp.status, "verified");
    }
    const old = await verify(stamped(authority.token(signature, { namedBy: "sha1" })));
    assert.match(old.report.steps.at(-1)?.detail ?? "", /with SHA-1$/);
    const broken = authority.token(signature, { hash: "sha1" });
    assert.equal(await judge(stamped(broken), later), "timestamp-malformed");
  });

  await t.test("several: each has to hold, and the earliest counts", async () => {
    const early = authority.signed(await tstInfo(signature, digits(clock + 5)));
    const { timestamp } = await verify(
      stamped(authority.signed(await tstInfo(signature, digits(clock + 9))), early),
    );
    assert.ok(timestamp.status === "verified");
    assert.equal(timestamp.time, clock + 5);
    assert.equal(await judge(stamped(token, Uint8Array.of(1)), later), "timestamp-malformed");
  });

  await t.test("without evidence, it says the time to verify for", async () => {
    const evidence = { time: null, crls: [], ocspResponses: [] };
    const alone = { ...stamped(token), evidence };
    assert.equal(await judge(alone, later), "revocation-unknown");
    const nothing = { ...later, revocation: { require: "nothing" } };
    const { asOf, asOfSource, timestamp, revocation } = await verify(alone, nothing);
    assert.ok(timestamp.status === "verified");
    assert.deepEqual([asOf, asOfSource], [timestamp.time, "timestamp"]);
    assert.deepEqual(revocation, { status: "not-checked" });
    const unbelieved = { ...nothing, timestamp: undefined };
    assert.equal(await judge(alone, unbelieved), "options-invalid");
    assert.equal((await verify(alone, { ...nothing, at: signedAt })).asOfSource, "caller");
  });

  await t.test("of another signature", async () => {
    const wrong = Buffer.from((await makePackage(other, "ocsp")).signature.value, "base64");
    assert.equal(await judge(stamped(authority.token(wrong)), later), "timestamp-mismatch");
    assert.equal(await judge(stamped(authority.token(documentBytes)), later), "timestamp-mismatch");
  });

  await t.test("of a time that has not come", async () => {
    const soon = { ...later, now: Math.max(clock, signedAt) + year };
    for (const [seconds, code] of [
      [300, "valid"],
      [301, "timestamp-in-future"],
    ] as const) {
      const info = await tstInfo(signature, digits(soon.now + seconds));
      assert.equal(await judge(stamped(authority.signed(info)), soon), code);
    }
  });

  await t.test("by somebody else", async () => {
    const anchors = today.authority.certificate;
    assert.equal(await judge(stamped(token), { ...later, timestamp: { anchors } }), "issuer-not-found");
    const info = await tstInfo(signature, digits(clock + 5));
    assert.equal(await judge(stamped(authority.signed(info)), later), "valid");
    for (const signer of ["lenient", "more", "other"] as const) {
      const code = await judge(stamped(authority.signed(info, { signer })), later);
      assert.equal(code, "extended-key-usage-missing", signer);
    }
    const outlived = stamped(authority.signed(await tstInfo(signature, "20200101000000Z")));
    assert.equal(await judge(outlived, later), "certificate-not-yet-valid");
  });

  await t.test("the signer's certificate may be handed over instead", async () => {
    const bare = stamped(authority.token(signature, { enclosed: false }));
    assert.equal(await judge(bare, later), "timestamp-malformed");
    const timestamp = { anchors: authority.anchor, intermediates: authority.certificate };
    assert.equal(await judge(bare, { ...later, timestamp }), "valid");
  });

  await t.test("what is no token", async () => {
    const info = await tstInfo(signature, digits(clock + 5));
    const time = (text: string) => tstInfo(signature, text);
    const cases: readonly (readonly [string, Uint8Array])[] = [
      ["the answer around it", authority.token(signature, { answer: true })],
      ["empty", Uint8Array.of(0x30, 0)],
      ["another type of content", authority.signed(info, { type: "1.2.840.113549.1.7.1" })],
      ["the signer is not named", authority.signed(info, { named: false })],
      ["another version", authority.signed(await tstInfo(signature, digits(clock), { version: 2 }))],
      ["something behind its end", authority.signed(concat(info, Uint8Array.of(0)))],
      ["a member too many", authority.signed(await tstInfo(signature, digits(clock), { end: tlv(0xa2) }))],
      ["no DER", authority.signed(new TextEncoder().encode("now"))],
      ["a fraction of zeros", authority.signed(await time(digits(clock).replace("Z", ".0Z")))],
      ["a time zone", authority.signed(await time(digits(clock).replace("Z", "+0900")))],
    ];
    for (const [name, one] of cases)
      assert.equal(await judge(stamped(one), later), "timestamp-malformed", name);
    const fraction = authority.signed(await time(digits(clock + 5).replace("Z", ".25Z")));
    assert.equal(await judge(stamped(fraction), later), "valid");
  });

  await t.test("a changed byte never makes it one of another time", async () => {
    let refused = 0;
    const { timestamp: before } = await verify(stamped(token));
    for (const [at, byte] of token.entries()) {
      const copy = Uint8Array.from(token);
      copy[at] = byte ^ (1 << (at % 8));
      try {
        assert.deepEqual((await verify(stamped(copy))).timestamp, before, `byte ${at}`);
      } catch (error) {
        const { name, code } = error as { name: string; code: string };
        assert.equal(name, "HonninError", String(error));
        assert.match(
          code,
          /^(timestamp-|certificate-|issuer-not-found|extended-key-usage-missing|extension-|key-|algorithm-)/,
          `byte ${at}`,
        );
        refused += 1;
      }
    }
    // The rest says the same in other words: versions, and algorithms that are named once more.
    assert.ok(refused > token.length * 0.95, `${refused} of ${token.length}`);
  });

  await t.test("options", async () => {
    const cases: readonly (readonly [unknown, string])[] = [
      [{}, "options-invalid"],
      [{ anchors: authority.anchor, now }, "options-invalid"],
      [{ anchors: [] }, "issuer-not-found"],
      [{ anchors: "x" }, "certificate-malformed"],
      [null, "options-invalid"],
      [1, "options-invalid"],
    ];
    for (const [timestamp, wanted] of cases) {
      const code = await judge(stamped(token), { ...later, timestamp });
      assert.equal(code, wanted, JSON.stringify(timestamp));
    }
  });
});
