// The cases themselves: every requirement has one, they are written as files, and OpenSSL agrees with what they expect
// wherever it has an opinion.
import assert from "node:assert/strict";
import { constants, createHash, createPublicKey, publicDecrypt, verify, X509Certificate } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { Body } from "../src/fixtures/case.js";
import {
  certificatePem,
  code,
  defects,
  type Manifest,
  makeBench,
  pem,
  requirements,
  writeFixtures,
} from "../src/index.js";
import { at, file, openssl, withOpenssl } from "./support.js";

const options = { now: new Date("2026-11-20T03:00:00Z"), seed: "fixtures" };
const bench = await makeBench(options);
const bodies = new Map<string, Body>();
for (const [id, one] of defects) bodies.set(id, await one.make(bench));

describe("the cases", () => {
  test("show every requirement", () => {
    const shown = new Set([...defects.values()].map(({ shows }) => shows));
    for (const requirement of Object.keys(requirements))
      assert.ok(shown.has(requirement as never), requirement);
  });
  test("use every code, and no other", () => {
    const known = new Set<string>(["valid", ...Object.values(code)]);
    const used = new Set<string>([...bodies.values()].map(({ expected }) => expected));
    assert.deepEqual(
      [...used].filter((one) => !known.has(one)),
      [],
    );
    assert.deepEqual(
      [...known].filter((one) => !used.has(one)),
      [],
    );
  });
  test("name the same outcome as their signers", () => {
    for (const [id, { expected, result }] of bodies) {
      const first = result?.signers?.find((outcome) => outcome !== "valid");
      if (first !== undefined) assert.equal(expected, first, id);
    }
  });
});

test("every disagreement is about a case", () => {
  for (const id of Object.keys(otherwise)) assert.ok(defects.has(id), id);
});

describe("the files", () => {
  const folder = mkdtempSync(join(tmpdir(), "honnin-fixtures-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  test("are the same every time, and all that the manifest names are there", async () => {
    const [one, two] = [join(folder, "one"), join(folder, "two")];
    await writeFixtures(one, { ...options, crlEntries: 1000 });
    await writeFixtures(two, { ...options, crlEntries: 1000 });
    const names = readdirSync(one).sort();
    assert.deepEqual(readdirSync(two).sort(), names);
    for (const name of names)
      assert.deepEqual(readFileSync(join(one, name)), readFileSync(join(two, name)), name);

    const manifest = JSON.parse(readFileSync(join(one, "manifest.json"), "utf8")) as Manifest;
    assert.equal(manifest.cases.length, defects.size);
    const named = new Set<string>(["manifest.json"]);
    const walk = (value: unknown): void => {
      if (typeof value === "string" && names.includes(value)) named.add(value);
      else if (typeof value === "object" && value !== null) Object.values(value).forEach(walk);
    };
    walk(manifest);
    assert.deepEqual([...named].sort(), names);
    for (const { id, input } of manifest.cases)
      for (const name of Object.values(input)) assert.ok(names.includes(name), `${id}: ${name}`);
    assert.ok(manifest.secrets.includes("見本　花子"));
  });
});

/** Where OpenSSL decides otherwise, and why. Agreement on one of these fails too. */
const lenient = "OpenSSL reads BER and more where DER is asked for";
const otherwise: Readonly<Record<string, string>> = {
  "issuer-by-serial-number": "strict as asked here, OpenSSL wants a key identifier",
  "rsa-1024-authority": "the command's security level lets 1024 bits pass",
  "last-second":
    "OpenSSL takes notAfter for the first second that is too late; RFC 5280 §4.1.2.5 includes it",
  "length-not-shortest": lenient,
  "indefinite-length": lenient,
  "boolean-not-ff": lenient,
  "key-usage-trailing": lenient,
  "key-usage-unused-bit-set": lenient,
  "trailing-octet": "the command reads the first structure of a file and leaves the rest",
  "crl-trailing-octet": "the command reads the first structure of a file and leaves the rest",
  "cms-attributes-not-der": "OpenSSL writes the attributes again in DER before it verifies",
  "cms-other-content-type-without-attributes": "OpenSSL does not ask for signed attributes there",
  "cms-attributes-as-content": "OpenSSL does not look at what the content is",
  "ocsp-trailing-octet": "the command reads the first structure of a file and leaves the rest",
  "cms-trailing-garbage": "the command reads the first structure of a file and leaves the rest",
  "version-4": "OpenSSL does not look at the upper bound",
  "revocation-unknown-not-required": "OpenSSL has no way not to require an answer",
  "cms-content-type-of-another": "OpenSSL does not compare contentType with the content's",
  "cms-algorithm-protection-broken": "OpenSSL does not look at cmsAlgorithmProtection",
};

/** What only the JPKI profile asks for: OpenSSL is not told of it. */
const profileCodes = new Set<string>([
  ...[code.policyUnsupported, code.environmentMismatch, code.hierarchyMismatch],
  ...[code.profileMismatch, code.algorithmNotAllowed],
]);

function certificateByOpenssl({ input, options: wanted, now = options.now }: Body): boolean {
  const { certificate = new Uint8Array() } = input;
  // The command would look for a certificate further on in the file.
  try {
    new X509Certificate(certificate);
  } catch {
    return false;
  }
  const crls = wanted.crls ?? [];
  const leaf = file("leaf.der", certificate);
  return openssl(
    ...["verify", "-policy_check", "-x509_strict", ...at(now)],
    ...["-CAfile", file("anchors.pem", certificatePem(...(wanted.anchors ?? [])))],
    ...(wanted.intermediates === undefined
      ? []
      : ["-untrusted", file("untrusted.pem", certificatePem(...wanted.intermediates))]),
    ...(crls.length === 0 ? [] : ["-crl_check", "-extended_crl", "-use_deltas"]),
    ...crls.flatMap((crl, i) => ["-CRLfile", file(`${i}.crl.pem`, pem("X509 CRL", crl))]),
    leaf,
  ).ok;
}

describe("OpenSSL on certificates", withOpenssl, () => {
  for (const [id, body] of bodies) {
    if (body.call !== "verify-certificate" || profileCodes.has(body.expected)) continue;
    if ((body.options.requireRevocation ?? false) && body.options.crls === undefined) continue;
    test(id, () => {
      assert.equal(certificateByOpenssl(body), (body.expected === "valid") !== id in otherwise);
    });
  }
});

function signatureByNode({ input, options: wanted }: Body): boolean {
  const { certificate, publicKey, data, digest, signature = new Uint8Array() } = input;
  const key =
    certificate === undefined
      ? createPublicKey({ key: Buffer.from(publicKey ?? []), type: "spki", format: "der" })
      : new X509Certificate(certificate).publicKey;
  const [scheme = "", hash = ""] =
    /^(?:rsa-pkcs1|rsa-pss|ecdsa-p...)-(sha\d+|bare)/.exec(wanted.scheme ?? "") ?? [];
  try {
    if (hash === "bare" || data === undefined) {
      const plain = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
      const expected =
        digest ??
        createHash("sha256")
          .update(data ?? "")
          .digest();
      return hash === "bare" ? plain.equals(expected) : plain.subarray(-32).equals(expected);
    }
    if (scheme.startsWith("ecdsa")) {
      if (key.asymmetricKeyDetails?.namedCurve !== (scheme.includes("p384") ? "secp384r1" : "prime256v1"))
        return false;
      return verify(
        hash,
        data,
        { key, dsaEncoding: wanted.scheme?.endsWith("raw") ? "ieee-p1363" : "der" },
        signature,
      );
    }
    if (scheme.startsWith("rsa-pss"))
      return verify(
        hash,
        data,
        { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
        signature,
      );
    return verify(hash, data, key, signature);
  } catch {
    return false;
  }
}

describe("Node on signatures", () => {
  for (const [id, body] of bodies) {
    if (body.call !== "verify-signature") continue;
    test(id, () => assert.equal(signatureByNode(body), (body.expected === "valid") !== id in otherwise));
  }
});

describe("OpenSSL on OCSP", withOpenssl, async () => {
  // The command has no option for the time of a response: these are made for today.
  const today = await makeBench({ ...options, now: new Date() });
  const authority = file("authority.pem", certificatePem(today.jpki.auth.current.certificate));
  for (const [id, { shows, make }] of defects) {
    if (shows !== "rfc-6960" || id.includes("nonce")) continue;
    test(id, async () => {
      const { options: wanted, input, result } = await make(today);
      const [response = new Uint8Array()] = wanted.ocspResponses ?? [];
      const { text } = openssl(
        ...["ocsp", "-respin", file("response.der", response), "-no_nonce", "-CAfile", authority],
        ...[
          ...(id === "ocsp-good-sha256" || id === "ocsp-revoked-delegate" ? ["-sha256"] : []),
          "-issuer",
          authority,
        ],
        ...["-cert", file("leaf.pem", certificatePem(input.certificate ?? new Uint8Array()))],
      );
      const sound = /Response verify OK/.test(text) && !/Status times invalid|WARNING/.test(text);
      const status = sound ? /leaf\.pem: (good|revoked|unknown)/.exec(text)?.[1] : undefined;
      assert.equal((status ?? "unknown") === result?.revocation, !(id in otherwise), text);
      if (status === "revoked") assert.match(text, /Reason: keyCompromise/);
    });
  }
});

describe("OpenSSL on holders", withOpenssl, () => {
  for (const [id, { call, input, result }] of bodies) {
    const holder = result?.holder;
    if (call !== "read-holder" || holder === undefined) continue;
    test(id, () => {
      const { text } = openssl(
        "x509",
        "-inform",
        "der",
        "-in",
        file("leaf.der", input.certificate ?? new Uint8Array()),
        "-noout",
        "-text",
      );
      const entry = (arc: number) =>
        text.split(`1.2.392.200149.8.5.5.${arc}::`)[1]?.split(/, othername|\n/)[0];
      assert.deepEqual([1, 4, 3, 5, 2, 6].map(entry), [
        ...[holder.name, holder.birthDate, holder.gender, holder.address],
        ...[holder.nameSubstitution, holder.addressSubstitution],
      ]);
    });
  }
});

describe("OpenSSL on CMS", withOpenssl, () => {
  for (const [id, { call, input, options: wanted, expected, now = options.now }] of bodies) {
    if (call !== "verify-signed-data" || profileCodes.has(expected)) continue;
    test(id, () => {
      const { cms = new Uint8Array(), content } = input;
      const { ok } = openssl(
        ...["cms", "-verify", "-binary", "-inform", "der", "-in", file("cms.der", cms), ...at(now)],
        ...[
          "-policy_check",
          "-purpose",
          "any",
          "-CAfile",
          file("anchors.pem", certificatePem(...(wanted.anchors ?? []))),
        ],
        ...(wanted.intermediates === undefined
          ? []
          : ["-certfile", file("more.pem", certificatePem(...wanted.intermediates))]),
        ...(content === undefined ? [] : ["-content", file("content", content)]),
      );
      assert.equal(ok, (expected === "valid") !== id in otherwise);
    });
  }
});
