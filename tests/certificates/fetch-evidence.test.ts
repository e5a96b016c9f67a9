// revocation.fetchEvidence: what is asked for, what becomes of it, and where it ends.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  answerOcspRequest,
  cardSign,
  digest,
  makeCrl,
  ocspResponse,
  pem,
  samplePerson,
  signedData,
} from "@honnin/synthetic-jpki";
import {
  type EvidenceRequest,
  type HonninError,
  verifyCertificate,
  verifySignature,
  verifySignedData,
} from "honnin";
import { auth, card, codeOf, jpki, now, serialOf, sign } from "./support.ts";

const time = new Date(now * 1000);
type Status = Parameters<typeof answerOcspRequest>[1]["lookup"];
const responder = (lookup: Status) => (request: Uint8Array) =>
  answerOcspRequest(request, { authorities: jpki.auth.generations, lookup, now: time });
const good = responder(() => ({ status: "good" }));
const crl = (revoked: boolean) =>
  makeCrl({
    issuer: sign.authority,
    thisUpdate: time,
    nextUpdate: new Date(time.getTime() + 86_400_000),
    entries: revoked ? [{ serial: sign.serial, date: time, reason: "affiliationChanged" }] : [],
  });

test("the request says whose certificate it is, where to ask, and holds a request for OCSP", async () => {
  const requests: EvidenceRequest[] = [];
  const { revocation, path, warnings } = await verifyCertificate(
    auth.certificate,
    card("auth", {
      require: "path",
      fetchEvidence: (request) => {
        requests.push(request);
        return { ocspResponses: good(request.ocspRequest ?? new Uint8Array()) };
      },
    }),
  );
  assert.deepEqual(revocation, { status: "good" });
  assert.deepEqual(path[0]?.revocation, { status: "good" });
  assert.deepEqual(warnings, ["unknown-authority"]);
  assert.equal(requests.length, 1);
  const [request] = requests;
  assert.deepEqual(request?.certificate, new Uint8Array(auth.certificate));
  assert.equal(request?.serialNumber, serialOf(auth));
  assert.match(request?.issuer ?? "", /O=HONNIN-TEST,C=JP$/);
  assert.equal(request?.ocspUrls.length, 1);
  assert.match(request?.ocspUrls[0] ?? "", /^http:/);
  assert.deepEqual(request?.distributionPoints[0]?.urls, []);
  assert.match(request?.distributionPoints[0]?.directoryNames[0] ?? "", /CN=Mihon-shi CRLDP,OU=Tokyo-to,/);
  assert.ok((request?.issuerPublicKey.length ?? 0) > 256);
});

test("the nonce that the caller gives goes into the request", async () => {
  const ocspNonce = new Uint8Array(16).fill(0xab);
  let request: Uint8Array | undefined;
  const revocation = {
    ocspNonce,
    require: "certificate" as const,
    fetchEvidence: (missing: EvidenceRequest) => {
      request = missing.ocspRequest;
      return null;
    },
  };
  assert.equal(
    await codeOf(() => verifyCertificate(auth.certificate, card("auth", revocation))),
    "revocation-unknown",
  );
  assert.ok(Buffer.from(request ?? []).includes(Buffer.from(ocspNonce)));
});

test("revoked by what was fetched: refused, or reported", async () => {
  const fetchEvidence = () => ({ crls: [crl(true)] });
  const refusal = await verifyCertificate(sign.certificate, card("sign", { fetchEvidence })).catch(
    (e: HonninError) => e,
  );
  assert.equal((refusal as HonninError).code, "certificate-revoked");
  const { revocation } = await verifyCertificate(
    sign.certificate,
    card("sign", { fetchEvidence, reportOnly: true }),
  );
  assert.deepEqual(revocation, { status: "revoked", reason: "affiliationChanged", time: now });
});

test("promises, PEM, and evidence that is at hand already", async () => {
  const asPem = async () => ({ crls: pem("X509 CRL", crl(false)) });
  const { revocation } = await verifyCertificate(sign.certificate, card("sign", { fetchEvidence: asPem }));
  assert.equal(revocation.status, "good");
  let calls = 0;
  const fetchEvidence = () => {
    calls += 1;
    return undefined;
  };
  await verifyCertificate(sign.certificate, card("sign", { fetchEvidence, crls: crl(false) }));
  assert.equal(calls, 0, "nothing is missing");
});

test("evidence that settles nothing: asked once, and no more", async () => {
  let calls = 0;
  const fetchEvidence = () => {
    calls += 1;
    return { crls: [new Uint8Array([0x30, 0x00])], ocspResponses: [new Uint8Array([1])] };
  };
  const { revocation } = await verifyCertificate(sign.certificate, card("sign", { fetchEvidence }));
  assert.equal(revocation.status, "unknown");
  assert.equal(calls, 1);
  const required = card("sign", { fetchEvidence, require: "certificate" });
  assert.equal(await codeOf(() => verifyCertificate(sign.certificate, required)), "crl-malformed");
});

test("a fetch that throws: a warning, or the cause of the refusal", async () => {
  const cause = new Error("no network");
  const fetchEvidence = () => {
    throw cause;
  };
  const { revocation, warnings } = await verifyCertificate(sign.certificate, card("sign", { fetchEvidence }));
  assert.deepEqual(revocation, { status: "not-checked" });
  assert.ok(warnings.includes("revocation-fetch-failed"));
  const refusal = await verifyCertificate(
    sign.certificate,
    card("sign", { fetchEvidence, require: "path" }),
  ).catch((error: HonninError) => error);
  assert.equal((refusal as HonninError).code, "revocation-unknown");
  assert.equal((refusal as HonninError).cause, cause);
});

test("a fetch that gives something else, or too much", async () => {
  for (const given of [1, "x", [], { crl: crl(false) }, { crls: 1 }, { ocspResponses: [{}] }]) {
    const fetchEvidence = () => given as never;
    const code = await codeOf(() => verifyCertificate(sign.certificate, card("sign", { fetchEvidence })));
    assert.equal(code, "options-invalid", JSON.stringify(given));
  }
  const fetchEvidence = () => ({ crls: new Uint8Array(10_000) });
  const options = { ...card("sign", { fetchEvidence }), limits: { inputBytes: 9_000 } };
  assert.equal(await codeOf(() => verifyCertificate(sign.certificate, options)), "input-too-large");
  const notCallable = card("sign", { fetchEvidence: "x" as never });
  assert.equal(await codeOf(() => verifyCertificate(sign.certificate, notCallable)), "options-invalid");
  const internal = card("sign", { ask: true } as never);
  assert.equal(await codeOf(() => verifyCertificate(sign.certificate, internal)), "options-invalid");
});

test("a certificate that is refused for another reason: nothing is fetched", async () => {
  const fetchEvidence = () => assert.fail("was called");
  const expired = { ...card("sign", { fetchEvidence }), now: now + 20 * 365 * 86_400 };
  assert.equal(await codeOf(() => verifyCertificate(sign.certificate, expired)), "certificate-expired");
});

test("for signatures and for every signer of a message, too", async () => {
  const data = new TextEncoder().encode("document");
  const signature = cardSign(sign, digest("sha256", data), "digest-info");
  const fetchEvidence = () => ({ crls: crl(false) });
  const options = card("sign", { fetchEvidence, require: "path" });
  const scheme = "rsa-pkcs1-sha256";
  const certificate = sign.certificate;
  assert.equal(
    (await verifySignature({ ...options, data, signature, scheme, certificate })).revocation.status,
    "good",
  );
  const cms = signedData({ content: data, signers: [{ leaf: sign }] });
  assert.equal((await verifySignedData(cms, options)).signers[0]?.revocation.status, "good");
});

test("OCSP answers about another certificate do not count", async () => {
  const other = await jpki.issueAuthCertificate(samplePerson);
  const response = ocspResponse({ certificate: other, status: "good", thisUpdate: time, nextUpdate: time });
  const options = card("auth", {
    require: "certificate",
    fetchEvidence: () => ({ ocspResponses: response }),
  });
  assert.equal(await codeOf(() => verifyCertificate(auth.certificate, options)), "ocsp-certificate-mismatch");
});
