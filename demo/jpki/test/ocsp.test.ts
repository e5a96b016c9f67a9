// OCSP responses, as OpenSSL checks them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import {
  answerOcspRequest,
  certificatePem,
  makeDelegatedResponder,
  type OcspFields,
  ocspFailure,
  ocspResponse,
  type Responder,
  samplePerson,
} from "../src/index.js";
import { file, jpki, now, openssl, withOpenssl } from "./support.js";

const { auth } = jpki;
const authority = auth.current;
const leaf = await jpki.issueAuthCertificate(samplePerson);
const hour = 3_600_000;
// OpenSSL's command knows no other time than its own for OCSP.
const clock = new Date(Math.floor(Date.now() / 1000) * 1000);
const times = { thisUpdate: new Date(clock.getTime() - hour), nextUpdate: new Date(clock.getTime() + hour) };
const validity = {
  notBefore: new Date(clock.getTime() - 24 * hour),
  notAfter: new Date(clock.getTime() + 24 * hour),
};
const base: OcspFields = { certificate: leaf, status: "good", ...times };
const key = await jpki.makeKey("responder");
const serial = Uint8Array.of(0x21, 0, 1);
const delegate = makeDelegatedResponder(authority, { key, serial, ...validity });

function check(response: Uint8Array, ...options: string[]) {
  return openssl(
    ...["ocsp", "-respin", file("response.der", response), "-attime", String(clock.getTime() / 1000)],
    ...["-issuer", file("issuer.pem", certificatePem(authority.certificate))],
    ...["-CAfile", file("ca.pem", certificatePem(authority.certificate))],
    ...["-cert", file("leaf.pem", certificatePem(leaf.certificate)), "-no_nonce", ...options],
  );
}

describe("by the authority itself", withOpenssl, () => {
  test("good, revoked, unknown", () => {
    assert.match(check(ocspResponse(base)).text, /Response verify OK[\s\S]*leaf\.pem: good/);
    const revoked = ocspResponse({
      ...base,
      status: "revoked",
      reason: "keyCompromise",
      revokedAt: times.thisUpdate,
    });
    assert.match(check(revoked).text, /leaf\.pem: revoked[\s\S]*Reason: keyCompromise/);
    assert.match(check(ocspResponse({ ...base, status: "unknown" })).text, /leaf\.pem: unknown/);
  });
  test("named by key; certID by SHA-256; further answers", async () => {
    assert.match(
      check(ocspResponse({ ...base, responderId: "key" })).text,
      /Response verify OK[\s\S]*: good/,
    );
    const sha256 = ocspResponse({ ...base, hash: "sha256" });
    // The hash holds for the requests that come after it.
    assert.match(
      openssl(
        ...["ocsp", "-respin", file("response.der", sha256), "-sha256", "-no_nonce"],
        ...["-issuer", file("issuer.pem", certificatePem(authority.certificate))],
        ...["-CAfile", file("ca.pem", certificatePem(authority.certificate))],
        ...["-cert", file("leaf.pem", certificatePem(leaf.certificate))],
      ).text,
      /Response verify OK[\s\S]*leaf\.pem: good/,
    );
    const other = await jpki.issueAuthCertificate(samplePerson, { key: leaf.key });
    const others = [{ certificate: other, status: "revoked", ...times } as const];
    assert.match(check(ocspResponse({ ...base, others })).text, /leaf\.pem: good/);
    assert.match(check(ocspResponse({ ...base, certificate: other })).text, /No Status found/);
  });
  test("P-384", () => {
    const response = ocspResponse({
      ...base,
      certificate: { authority: auth.nextCard, serial: leaf.serial },
    });
    const { text } = openssl(
      ...["ocsp", "-respin", file("next.der", response), "-no_nonce", "-issuer"],
      ...[
        file("next.pem", certificatePem(auth.nextCard.certificate)),
        "-CAfile",
        file("next.pem", certificatePem(auth.nextCard.certificate)),
      ],
      ...["-serial", `0x${Buffer.from(leaf.serial).toString("hex")}`],
    );
    assert.match(text, /Response verify OK[\s\S]*: good/);
  });
  test("expired", () => {
    const old = new Date(clock.getTime() - 72 * hour);
    const response = ocspResponse({ ...base, thisUpdate: old, nextUpdate: new Date(old.getTime() + hour) });
    assert.match(check(response).text, /[Ss]tatus (times invalid|expired)/);
  });
});

describe("by a delegate", withOpenssl, () => {
  const by = (responder: Responder) => check(ocspResponse({ ...base, responder }));
  test("with the right to do so", () => assert.match(by(delegate).text, /Response verify OK[\s\S]*: good/));
  test("without id-kp-OCSPSigning", () => {
    const responder = makeDelegatedResponder(authority, { key, serial, ...validity, ocspSigning: false });
    assert.match(by(responder).text, /missing ocspsigning usage/i);
  });
  test("of another authority, and of none", () => {
    const stranger = makeDelegatedResponder(jpki.sign.current, { key, serial, ...validity });
    assert.match(by(stranger).text, /Response Verify Failure/i);
    const forged = makeDelegatedResponder(authority, {
      key,
      serial,
      ...validity,
      signer: jpki.sign.current.signer,
    });
    assert.match(by(forged).text, /Response Verify Failure/i);
  });
  test("whose key did not sign", () => {
    assert.match(
      check(ocspResponse({ ...base, responder: delegate, signer: leaf.authority.signer })).text,
      /Response Verify Failure/i,
    );
  });
});

test("failures have no answer", withOpenssl, () => {
  assert.match(check(ocspFailure("tryLater")).text, /trylater/);
  assert.match(check(ocspFailure("unauthorized")).text, /unauthorized/);
});

describe("the responder", withOpenssl, () => {
  const request = (...options: string[]) => {
    const path = file("request.der", "");
    const { ok, text } = openssl(
      ...["ocsp", "-issuer", file("issuer.pem", certificatePem(authority.certificate)), ...options],
      ...["-cert", file("leaf.pem", certificatePem(leaf.certificate)), "-reqout", path],
    );
    assert.ok(ok, text);
    return { path, bytes: readFileSync(path) };
  };
  const options = {
    authorities: [...auth.generations],
    responder: () => delegate,
    lookup: (_: unknown, hex: string) =>
      hex === Buffer.from(leaf.serial).toString("hex")
        ? ({ status: "revoked", reason: "superseded", revokedAt: now } as const)
        : ({ status: "unknown" } as const),
    now: clock,
  };
  test("answers what OpenSSL asks, with its nonce", () => {
    for (const extra of [[], ["-sha256"]]) {
      const { path, bytes } = request(...extra);
      const { text } = openssl(
        ...[
          "ocsp",
          "-reqin",
          path,
          "-no_nonce",
          "-respin",
          file("response.der", answerOcspRequest(bytes, options)),
        ],
        ...["-issuer", file("issuer.pem", certificatePem(authority.certificate))],
        ...["-CAfile", file("ca.pem", certificatePem(authority.certificate))],
        ...[...extra, "-cert", file("leaf.pem", certificatePem(leaf.certificate))],
      );
      // The option keeps a second nonce out of the request; the one that is in it is still compared.
      assert.match(text, /Response verify OK/);
      assert.doesNotMatch(text, /nonce/i);
      assert.match(text, /leaf\.pem: revoked[\s\S]*superseded/);
    }
  });
  test("declines what is not for it", () => {
    const { bytes } = request();
    const elsewhere = answerOcspRequest(bytes, { ...options, authorities: [jpki.sign.current] });
    assert.deepEqual(elsewhere, ocspFailure("unauthorized"));
    assert.deepEqual(answerOcspRequest(Uint8Array.of(0x30, 0), options), ocspFailure("malformedRequest"));
    assert.deepEqual(answerOcspRequest(bytes.subarray(0, 20), options), ocspFailure("malformedRequest"));
  });
});
