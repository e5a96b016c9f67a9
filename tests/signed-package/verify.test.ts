// What a package proves, for which time, and what it is refused for.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cardSign,
  digest,
  makeDelegatedResponder,
  type OcspFields,
  ocspResponse,
} from "@honnin/synthetic-jpki";
import {
  createSignedPackage,
  type HonninError,
  readSignedPackage,
  type SignedPackageJson,
  verifySignedPackage,
} from "honnin";
import {
  anchors,
  crlOf,
  date,
  decoded,
  documentBytes,
  hour,
  jpki,
  judge,
  makePackage,
  next,
  now,
  ocspOf,
  person,
  revokedSerial,
  rules,
  today,
  type Way,
  ways,
  year,
} from "./support.ts";

const [way, bare] = ways as [Way, Way];
const later = rules(today, now + 10 * year);
const made = await makePackage(way, "both");
const hash = digest("sha256", documentBytes);
const encode = (der: Uint8Array) => Buffer.from(der).toString("base64");
const digestOnly = { ...later, document: undefined, digest: hash };

/** The package with this evidence instead. */
function withEvidence(
  time: number | null,
  ocspResponses: Uint8Array[],
  crls: Uint8Array[] = [],
): SignedPackageJson {
  const evidence = { time, crls: crls.map(encode), ocspResponses: ocspResponses.map(encode) };
  return { ...made, evidence };
}

const options = {
  ...rules(today),
  document: { name: "委任状.txt", size: documentBytes.length },
  digest: hash,
  scheme: "rsa-pkcs1-sha256",
  form: "digest-info",
  signature: cardSign(today, hash, "digest-info"),
  certificate: today.certificate,
} as const;

async function refusalOf(call: () => Promise<unknown>, what: string): Promise<HonninError> {
  try {
    await call();
  } catch (error) {
    assert.equal((error as HonninError).name, "HonninError", String(error));
    return error as HonninError;
  }
  return assert.fail(`did not refuse: ${what}`);
}

test("ten years later: what was verified, for when, and by which steps", async () => {
  const text = `${JSON.stringify(made)}\n`;
  for (const given of [text, new TextEncoder().encode(text)]) {
    const result = await verifySignedPackage(given, { ...later, document: new Blob([documentBytes]) });
    assert.deepEqual(result.package, decoded(made));
    assert.equal(result.asOf, now - hour);
    assert.equal(result.asOf, made.evidence.time);
    assert.equal(result.asOfSource, "evidence");
    assert.deepEqual(result.timestamp, { status: "not-enclosed" });
    assert.equal(result.scheme, "rsa-pkcs1-sha256");
    assert.deepEqual(result.revocation, { status: "good" });
    assert.deepEqual(result.path[0]?.revocation, { status: "good" });
    assert.equal(result.profile?.name, "jpki-sign-test");
    assert.deepEqual(result.policies, ["1.2.392.200149.8.5.1.0.20"]);
    assert.deepEqual(result.warnings, ["unknown-authority"]);
    const steps = result.report.steps.map(({ id, status }) => `${id} ${status}`);
    assert.deepEqual(steps.slice(0, 5), [
      "package passed",
      "document-digest passed",
      "signature-method passed",
      "signer-key-usage passed",
      "signature passed",
    ]);
    // One for each piece of evidence; the path is told once.
    assert.equal(steps.filter((step) => step === "revocation passed").length, 2);
    assert.equal(steps.filter((step) => step.startsWith("certificate-signature")).length, 1);
    assert.deepEqual(steps.slice(-2), ["evidence-time passed", "timestamp skipped"]);
    assert.match(result.report.steps.at(-1)?.detail ?? "", /nothing proves when the signature was made/);
  }
});

test("every way of signing, and RFC 5280 alone", async () => {
  for (const each of ways) {
    const one = await makePackage(each, "ocsp");
    assert.equal(await judge(one, rules(each.leaf, now + 10 * year)), "valid", each.name);
    const general = { anchors, now: now + 10 * year, keyUsage: ["nonRepudiation"] } as const;
    const { profile, path, anchor } = await verifySignedPackage(JSON.stringify(one), {
      ...general,
      document: documentBytes,
    });
    assert.equal(profile, null);
    assert.equal(path.length, 1);
    assert.match(anchor.subject, /O=HONNIN-TEST/);
    assert.equal(await judge(one, { ...general, keyUsage: ["keyCertSign"] }), "key-usage-missing");
  }
});

test("the document, whole or as its digest", async () => {
  assert.equal(await judge(made, digestOnly), "valid");
  assert.equal(
    await judge(made, { ...digestOnly, digest: digest("sha256", new Uint8Array()) }),
    "document-mismatch",
  );
  assert.equal(
    await judge(made, { ...digestOnly, digest: digest("sha384", documentBytes) }),
    "options-invalid",
  );
  assert.equal(await judge(made, { ...later, document: new Uint8Array() }), "document-mismatch");
  const shorter = { ...made, document: { ...made.document, size: documentBytes.length - 1 } };
  assert.equal(await judge(shorter, later), "document-mismatch");
  assert.equal(await judge(shorter, digestOnly), "valid");
  const unnamed = { ...made, document: { name: "" } };
  assert.equal(await judge(unnamed, later), "valid");
  assert.equal(await judge(made, { ...later, digest: hash }), "options-invalid");
  assert.equal(await judge(made, { ...later, document: undefined }), "options-invalid");
  assert.equal(await judge(made, { ...digestOnly, onProgress: () => undefined }), "options-invalid");
  assert.equal(await judge(made, { ...digestOnly, size: documentBytes.length }), "options-invalid");
});

test("scheme, form and hash have to belong together", async () => {
  const { signature } = made;
  const wrong: readonly object[] = [
    { ...made, signature: { ...signature, form: "bare" } },
    { ...made, signature: { ...signature, scheme: "rsa-pkcs1-bare" } },
    { ...made, signature: { ...signature, scheme: "rsa-pss-sha256" } },
    { ...made, signature: { ...signature, scheme: "ecdsa-p256-sha256", ecdsaForm: "der" } },
    { ...made, signature: { ...signature, ecdsaForm: "der" } },
    { ...made, signature: { ...signature, scheme: "ecdsa-p384-sha384" } },
    { ...made, signature: { ...signature, scheme: "ecdsa-p384-sha384", ecdsaForm: "raw" } },
  ];
  for (const one of wrong) assert.equal(await judge(one, later), "package-malformed", JSON.stringify(one));
  // A signature over the bare hash is none over a DigestInfo.
  const other = { ...signature, value: (await makePackage(bare, "ocsp")).signature.value };
  assert.equal(await judge({ ...made, signature: other }, later), "signature-mismatch");
});

test("without evidence it is refused, unless the caller says a time and that nothing is required", async () => {
  const empty = withEvidence(null, []);
  const nothing = { revocation: { require: "nothing" } } as const;
  assert.equal(await judge(empty, later), "revocation-unknown");
  assert.equal(await judge(empty, { ...later, at: now }), "revocation-unknown");
  assert.equal(await judge(empty, { ...later, ...nothing }), "options-invalid");
  const given = { ...later, ...nothing, at: now, document: documentBytes };
  const { asOf, asOfSource, revocation, report } = await verifySignedPackage(JSON.stringify(empty), given);
  assert.deepEqual([asOf, asOfSource, revocation], [now, "caller", { status: "not-checked" }]);
  const step = report.steps.find(({ id }) => id === "evidence-time");
  assert.equal(step?.status, "skipped");
  assert.equal(await judge(empty, { ...later, ...nothing, at: now + 6 * year }), "certificate-expired");
  // What is enclosed counts whether it is required or not.
  const revoked = withEvidence(now - hour, [await ocspOf(today, now - hour, revokedFields)]);
  assert.equal(await judge(revoked, { ...later, ...nothing }), "certificate-revoked");
});
const revokedFields: Partial<OcspFields> = {
  status: "revoked",
  revokedAt: date(now - 3 * hour),
  reason: "superseded",
};

test("the time is that of the newest evidence, and has come", async () => {
  const [ocsp, crl] = [await ocspOf(today), crlOf(today)];
  const wrong = [0, now - 20 * year, now - 2 * hour, now - hour - 1, now - hour + 1, now, now + 9 * year];
  for (const time of wrong) {
    const code = await judge(withEvidence(time, [ocsp], [crl]), later);
    assert.equal(code, "evidence-time-mismatch", String(time));
  }
  const time = now - hour;
  assert.equal(await judge(made, rules(today, time - 300)), "valid");
  assert.equal(await judge(made, rules(today, time - 301)), "evidence-in-future");
  const exact = { ...rules(today, time - 1), revocation: { clockTolerance: 0 } };
  assert.equal(await judge(made, exact), "evidence-in-future");
  assert.equal(await judge(made, { ...exact, now: time }), "valid");
});

test("a time of the caller's: the evidence has to be current then", async () => {
  assert.equal(await judge(made, { ...later, at: now }), "valid");
  const given = { ...later, at: now + hour, document: documentBytes };
  const { asOf, asOfSource } = await verifySignedPackage(JSON.stringify(made), given);
  assert.deepEqual([asOf, asOfSource], [now + hour, "caller"]);
  assert.equal(await judge(made, { ...later, at: now + 8 * hour }), "ocsp-expired");
  assert.equal(await judge(made, { ...later, at: now - 2 * hour }), "ocsp-not-yet-valid");
  const time = withEvidence(now - 2 * hour, [await ocspOf(today)]);
  assert.equal(await judge(time, { ...later, at: now }), "evidence-time-mismatch");
  // What nobody can know yet: whether the certificate will have been revoked.
  for (const [at, code] of [
    [now + 300, "valid"],
    [now + 301, "options-invalid"],
  ] as const) {
    assert.equal(await judge(made, { ...rules(today), at }), code);
  }
  const exact = { ...rules(today), revocation: { clockTolerance: 0 } };
  assert.equal(await judge(made, { ...exact, at: now }), "valid");
  assert.equal(await judge(made, { ...exact, at: now + 1 }), "options-invalid");
});

test("each piece of evidence has to settle it alone", async () => {
  const time = now - hour;
  const good = await ocspOf(today);
  const other = await jpki.issueSignCertificate(person, { serial: revokedSerial });
  const cases: readonly (readonly [string, SignedPackageJson, string])[] = [
    [
      "about another certificate",
      withEvidence(time, [good, await ocspOf(other)]),
      "ocsp-certificate-mismatch",
    ],
    [
      "unknown to the responder",
      withEvidence(time, [good, await ocspOf(today, time, { status: "unknown" })]),
      "revocation-unknown",
    ],
    ["revoked", withEvidence(time, [good, await ocspOf(today, time, revokedFields)]), "certificate-revoked"],
    [
      "revoked in the list",
      withEvidence(
        time,
        [good],
        [crlOf(today, time, { entries: [{ serial: today.serial, date: date(time) }] })],
      ),
      "certificate-revoked",
    ],
    ["of another authority", withEvidence(time, [good], [crlOf(next, time)]), "crl-issuer-not-found"],
    [
      "a delta CRL",
      withEvidence(time, [good], [crlOf(today, time, { baseNumber: 6 })]),
      "revocation-unknown",
    ],
    [
      "some reasons only",
      withEvidence(
        time,
        [good],
        [crlOf(today, time, { issuingDistributionPoint: { onlySomeReasons: ["keyCompromise"] } })],
      ),
      "crl-scope-mismatch",
    ],
    ["over", withEvidence(time, [good], [crlOf(today, now - 60 * hour)]), "crl-expired"],
    ["no CRL", withEvidence(time, [good], [good]), "crl-malformed"],
    ["no OCSP response", withEvidence(time, [good, crlOf(today)]), "ocsp-malformed"],
    ["the same twice", withEvidence(time, [good, good]), "valid"],
  ];
  for (const [name, one, code] of cases) assert.equal(await judge(one, later), code, name);
});

test("a certificate that comes with a response was issued by the authority, or the response does not count", async () => {
  const time = now - hour;
  const responder = makeDelegatedResponder(today.authority, {
    key: await jpki.makeKey("responder"),
    serial: new Uint8Array([0x55]),
    notBefore: date(now - year),
    notAfter: date(now + year),
  });
  const answer = (certificates: readonly Uint8Array[]) =>
    ocspResponse({
      certificate: today,
      status: "good",
      thisUpdate: date(time),
      nextUpdate: date(time + hour),
      responder,
      certificates,
    });
  const delegate = responder.certificate;
  assert.equal(await judge(withEvidence(time, [answer([delegate])]), later), "valid");
  assert.equal(
    await judge(withEvidence(time, [answer([delegate, today.authority.certificate])]), later),
    "valid",
  );
  for (const stranger of [jpki.auth.current.certificate, next.certificate]) {
    const code = await judge(withEvidence(time, [answer([delegate, stranger])]), later);
    assert.equal(code, "ocsp-responder-unauthorized");
  }
  // A revocation counts, whatever comes with it.
  const revoked = await ocspOf(today, time, {
    ...revokedFields,
    responder,
    certificates: [delegate, next.certificate],
  });
  assert.equal(await judge(withEvidence(time, [revoked]), later), "certificate-revoked");
});

test("an answer without nextUpdate is of its own time only", async () => {
  const time = now - hour;
  const open = await ocspOf(today, time, { nextUpdate: undefined });
  assert.equal(await judge(withEvidence(time, [open]), later), "valid");
  assert.equal(
    await judge(withEvidence(time + 60, [open], [crlOf(today, time + 60)]), later),
    "ocsp-expired",
  );
  assert.equal(await judge(withEvidence(time, [open]), { ...later, at: time + 301 }), "ocsp-expired");
});

test("the certificate is held to what the caller asks for", async () => {
  const production = { ...later, cards: "production" } as const;
  assert.equal(await judge(made, production), "environment-mismatch");
  assert.equal(await judge(made, { ...later, profile: "jpki-auth" }), "hierarchy-mismatch");
  assert.equal(await judge(made, { ...later, organization: undefined }), "anchor-missing");
  const older = jpki.sign.generations[0]?.certificate as Uint8Array;
  assert.equal(await judge(made, { ...later, anchors: older }), "issuer-not-found");
  assert.equal(await judge(made, { ...later, anchors: jpki.auth.current.certificate }), "anchor-missing");
});

test("options of other functions are none of this one", async () => {
  const crl = crlOf(today);
  for (const revocation of [
    { crls: crl },
    { ocspResponses: [] },
    { reportOnly: true },
    { require: "path" },
    { crlMaxAge: 1 },
    { fetchEvidence: () => null },
    { ask: true },
  ]) {
    const code = await judge(made, { ...later, revocation });
    assert.equal(code, "options-invalid", Object.keys(revocation).join());
  }
  for (const more of [
    { certificate: today.certificate },
    { scheme: way.scheme },
    { at: -1 },
    { at: "now" },
    { at: now * 1000 },
    { at: new Date(Number.NaN) },
    { at: () => now },
    { timestamp: {} },
  ]) {
    assert.equal(await judge(made, { ...later, ...more }), "options-invalid", JSON.stringify(more));
  }
  assert.equal(await judge(made, { ...later, limits: { inputBytes: 1_000 } }), "input-too-large");
});

test("a package is made of the newest evidence that settles it: a response before a list", async () => {
  const evidenceOf = async (given: object) => {
    const read: SignedPackageJson = JSON.parse(await createSignedPackage({ ...options, ...given }));
    return read.evidence;
  };
  const [older, newer] = [await ocspOf(today, now - 3 * hour), await ocspOf(today, now - hour)];
  const [oldList, newList] = [crlOf(today, now - 4 * hour), crlOf(today, now - 60)];
  const unknown = await ocspOf(today, now - 30, { status: "unknown" });
  const future = await ocspOf(today, now + hour);
  const pem = `-----BEGIN X509 CRL-----\n${encode(newList)}\n-----END X509 CRL-----\n`;
  const cases: readonly (readonly [object, object])[] = [
    [
      { ocspResponses: [older, newer, unknown, future], crls: newList },
      { time: now - hour, crls: [], ocspResponses: [encode(newer)] },
    ],
    [{ ocspResponses: newer }, { time: now - hour, crls: [], ocspResponses: [encode(newer)] }],
    [
      { ocspResponses: unknown, crls: [oldList, pem] },
      { time: now - 60, crls: [encode(newList)], ocspResponses: [] },
    ],
    [
      { ocspResponses: [unknown, future], crls: [crlOf(next)] },
      { time: null, crls: [], ocspResponses: [] },
    ],
    [{}, { time: null, crls: [], ocspResponses: [] }],
  ];
  for (const [given, evidence] of cases)
    assert.deepEqual(await evidenceOf(given), evidence, JSON.stringify(given).slice(0, 60));
});

test("what is made is complete, says what was found, and reads well", async () => {
  const text = await createSignedPackage({
    ...options,
    ocspResponses: await ocspOf(today),
    claims: { transaction: "8b1f4f0e-6f5e-4a6c-9a53-6d6f3c1d2b10" },
  });
  assert.ok(text.endsWith("}\n"));
  assert.ok(text.startsWith('{\n  "format": "honnin-signed-package",\n  "version": 1,\n'));
  const { claims, certificate, ...rest } = await readSignedPackage(text);
  assert.deepEqual(certificate, new Uint8Array(today.certificate));
  assert.deepEqual(claims.createdAt, now);
  assert.equal(claims.profile, "jpki-sign-test");
  assert.equal(claims.cards, "test");
  assert.equal(claims.transaction, "8b1f4f0e-6f5e-4a6c-9a53-6d6f3c1d2b10");
  assert.equal(claims.report.steps.at(-1)?.id, "timestamp");
  // Nothing of the holder's outside of the certificate.
  const shown = JSON.stringify([claims, rest]);
  for (const secret of [person.name, person.address, person.birthDate, person.municipality]) {
    assert.ok(!shown.includes(secret), secret);
  }
  const report = { steps: [] };
  const other = await createSignedPackage({
    ...options,
    claims: { createdAt: 5, profile: null, cards: "production", report },
  });
  assert.deepEqual((await readSignedPackage(other)).claims, {
    createdAt: 5,
    profile: null,
    cards: "production",
    report,
  });
});

test("nothing is made that would not verify", async () => {
  const good = await ocspOf(today);
  const p384 = digest("sha384", documentBytes);
  const cases: readonly (readonly [object, string])[] = [
    [{ signature: cardSign(today, hash, "bare") }, "signature-mismatch"],
    [{ signature: cardSign(next, p384, "der-ecdsa") }, "signature-mismatch"],
    [{ digest: digest("sha256", new Uint8Array()) }, "signature-mismatch"],
    [{ digest: p384 }, "package-malformed"],
    [{ form: "bare" }, "package-malformed"],
    [{ ecdsaForm: "der" }, "package-malformed"],
    [{ scheme: "rsa-pss-sha256" }, "package-malformed"],
    [{ scheme: "rsa" }, "package-malformed"],
    [{ certificate: next.certificate }, "key-unsuitable"],
    [{ certificate: new Uint8Array(3) }, "certificate-malformed"],
    [{ anchors: jpki.auth.current.certificate }, "anchor-missing"],
    [{ cards: "production" }, "environment-mismatch"],
    [{ now: now + 6 * year, ocspResponses: undefined }, "certificate-expired"],
    // The list is older and knows nothing of it yet.
    [
      { ocspResponses: await ocspOf(today, now - hour, revokedFields), crls: crlOf(today) },
      "certificate-revoked",
    ],
    [{ document: { name: "x".repeat(1_001) } }, "package-malformed"],
    [{ document: { name: "x", holder: person.name } }, "package-malformed"],
    [{ document: { name: "x", size: 1.5 } }, "package-malformed"],
    [{ document: undefined }, "options-invalid"],
    [{ document: "委任状.txt" }, "options-invalid"],
    [{ claims: { createdAt: -1 } }, "options-invalid"],
    [{ claims: { holder: person.name } }, "package-malformed"],
    [{ claims: { report: { steps: [{ id: "x" }] } } }, "package-malformed"],
    [{ timestamps: new Uint8Array(3) }, "options-invalid"],
    [{ timestamps: Array(5).fill(new Uint8Array(3)) }, "package-malformed"],
    [{ signature: "text" }, "options-invalid"],
    [{ revocation: { fetchEvidence: () => null } }, "options-invalid"],
    [{ policy: "1.2.3" }, "options-invalid"],
    [{ ocspResponses: Array(65).fill(good) }, "options-invalid"],
  ];
  for (const [given, code] of cases) {
    const what = Object.keys(given).join();
    const all = { ...options, ocspResponses: good, ...given } as never;
    const refusal = await refusalOf(() => createSignedPackage(all), what);
    assert.equal(refusal.code, code, `${what}: ${refusal.message}`);
    assert.ok(!JSON.stringify([refusal.message, refusal.report]).includes(person.name));
  }
});
