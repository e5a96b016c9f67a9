// The same verifier without JavaScript and WebAssembly: the example of the crate, as anybody may run it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { certificatePem, nextCardPolicies, organization } from "@honnin/synthetic-jpki";
import { verifyNatively } from "../support/native.ts";
import { withOpenssl } from "../support/openssl.ts";
import { anchors, documentBytes, makePackage, now, type Way, ways, year } from "./support.ts";
import { TimestampAuthority } from "./timestamp-authority.ts";

const folder = mkdtempSync(join(tmpdir(), "honnin-native-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const document = file("document", documentBytes);
const trusted = file("anchors.pem", certificatePem(...anchors));

async function packageOf(way: Way): Promise<string> {
  return file("package.json", JSON.stringify(await makePackage(way, "both")));
}

const common = ["--document", document, "--anchors", trusted, "--now", String(now + 10 * year)];
const testCards = ["--organization", organization, "--cards", "test"];
const nextCard = ["--policy", nextCardPolicies.sign, "--scheme", "ecdsa-p384-sha384"];

test("good packages of both cards end in 0", async () => {
  for (const way of ways) {
    const of = way.scheme === "ecdsa-p384-sha384" ? nextCard : [];
    const { status, answer, stderr } = await verifyNatively([
      "--package",
      await packageOf(way),
      ...common,
      ...testCards,
      ...of,
    ]);
    assert.equal(status, 0, `${way.name}: ${JSON.stringify(answer)} ${stderr}`);
    assert.equal(answer?.scheme, way.scheme);
    assert.equal(answer?.asOfSource, "evidence");
  }
});

test("others end in 1, with the code", async () => {
  const [way] = ways as [Way];
  const given = ["--package", await packageOf(way), "--anchors", trusted];
  const other = file("other", "another document");
  const later = ["--now", String(now + 10 * year)];
  const cases: readonly (readonly [readonly string[], string])[] = [
    [[...given, "--document", other, ...later, ...testCards], "document-mismatch"],
    [[...given, "--document", document, ...later], "environment-mismatch"],
    [[...given, "--document", document, ...testCards, "--now", String(now - year)], "evidence-in-future"],
    [[...given, "--document", document, ...testCards, ...later, "--at", String(now + year)], "ocsp-expired"],
    [["--package", other, ...common, ...testCards], "package-malformed"],
  ];
  for (const [flags, code] of cases) {
    const { status, answer } = await verifyNatively(flags);
    assert.deepEqual([status, answer?.code], [1, code]);
  }
});

const noEvidence = { time: null, crls: [], ocspResponses: [] };

test("--require says whether a package without evidence is refused", async () => {
  const [way] = ways as [Way];
  const path = file(
    "bare.json",
    JSON.stringify({ ...(await makePackage(way, "both")), evidence: noEvidence }),
  );
  const given = ["--package", path, ...common, ...testCards];
  const at = ["--at", String(now)];
  const refused: readonly (readonly [readonly string[], string])[] = [
    [at, "revocation-unknown"],
    [["--require", "certificate", ...at], "revocation-unknown"],
    // For which time, nobody says.
    [["--require", "nothing"], "options-invalid"],
    [["--require", "path", ...at], "options-invalid"],
  ];
  for (const [flags, code] of refused) {
    const { status, answer } = await verifyNatively([...given, ...flags]);
    assert.deepEqual([status, answer?.code], [1, code], flags.join(" "));
  }
  const { status, answer } = await verifyNatively([...given, "--require", "nothing", ...at]);
  assert.deepEqual(
    [status, answer?.asOfSource, answer?.revocation],
    [0, "caller", { status: "not-checked" }],
  );
});

test("--timestamp-anchors says whom to believe about time", withOpenssl, async (t) => {
  const authority = new TimestampAuthority();
  t.after(() => authority.close());
  const [way] = ways as [Way];
  const made = await makePackage(way, "both");
  const token = authority.token(Uint8Array.from(Buffer.from(made.signature.value, "base64")));
  const timestamps = [Buffer.from(token).toString("base64")];
  const path = file("stamped.json", JSON.stringify({ ...made, evidence: noEvidence, timestamps }));
  const given = ["--package", path, ...common, ...testCards, "--require", "nothing"];
  const believed = ["--timestamp-anchors", file("authority.pem", authority.anchor)];
  const { status, answer } = await verifyNatively([...given, ...believed]);
  assert.deepEqual([status, answer?.asOfSource], [0, "timestamp"]);
  const refused: readonly (readonly [readonly string[], string])[] = [
    [[], "options-invalid"],
    [["--timestamp-anchors", trusted], "issuer-not-found"],
    [["--timestamp-anchors", document], "certificate-malformed"],
  ];
  for (const [flags, code] of refused) {
    const { status, answer } = await verifyNatively([...given, ...flags]);
    assert.deepEqual([status, answer?.code], [1, code], flags.join(" "));
  }
});

test("flags that are wrong end in 2, with the reason and the usage", async () => {
  const [way] = ways as [Way];
  const files = ["--package", await packageOf(way), "--document", document, "--anchors", trusted];
  const given = [...files, "--now", String(now), ...testCards];
  const missing = join(folder, "missing.pem");
  const cases: readonly (readonly [readonly string[], string])[] = [
    [["--document", document], "--package is missing"],
    [[...given, "--now"], "--now has no value"],
    [[...given, "--now", "1"], "--now is there twice"],
    [[...given, "--strict", "no"], "there is no flag --strict"],
    [[...given, "--policy", "1.2"], "--policy goes with --scheme and --organization"],
    // More than 32 bits.
    [[...files, "--now", "4294967296"], "4294967296 is no time in seconds"],
    [[...given, "--at", "-1"], "-1 is no time in seconds"],
    [[...given, "--timestamp-anchors", missing], `${missing}: `],
  ];
  for (const [flags, reason] of cases) {
    const { status, stderr } = await verifyNatively(flags);
    assert.equal(status, 2);
    assert.ok(stderr.startsWith(reason), stderr);
    assert.match(stderr, /\n\nUsage: verify_package/);
  }
});
