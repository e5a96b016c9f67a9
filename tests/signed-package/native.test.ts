// The same verifier without JavaScript and WebAssembly: the example of the crate, as anybody may run it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { certificatePem, nextCardPolicies, organization } from "@honnin/synthetic-jpki";
import { verifyNatively } from "../support/native.ts";
import { anchors, documentBytes, makePackage, now, type Way, ways, year } from "./support.ts";

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
const testCards = ["--organization", organization, "--environment", "test"];
const nextCard = ["--policy", nextCardPolicies.sign, "--algorithm", "ecdsa-p384-sha384"];

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

test("flags that are wrong end in 2", async () => {
  const [way] = ways as [Way];
  const given = ["--package", await packageOf(way), ...common, ...testCards];
  for (const flags of [
    ["--document", document],
    [...given, "--now"],
    [...given, "--strict", "no"],
    [...given, "--policy", "1.2"],
  ]) {
    const { status, stderr } = await verifyNatively(flags);
    assert.equal(status, 2);
    assert.match(stderr, /Usage: verify_package/);
  }
});
