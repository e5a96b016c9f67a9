// Documents of several sizes, signed and verified everywhere. `sign.full.test.ts` takes larger ones.
import assert from "node:assert/strict";
import { openAsBlob } from "node:fs";
import { test } from "node:test";
import { readSignedPackage, verifySignedPackage } from "honnin";
import { methods, openVerifier, verify } from "./browser-flow.ts";
import { verifyCardNatively } from "./native.ts";
import { signDocuments } from "./sign-documents.ts";
import { trustOf } from "./trust.ts";

const MiB = 2 ** 20;
const { folder, stack, browser, documentOf, packageOf } = signDocuments({
  "1 byte": { bytes: 1, by: methods },
  "10 MiB": { bytes: 10 * MiB, by: methods },
  // 2^32 bits.
  "512 MiB": { bytes: 512 * MiB, by: ["digest-info"] },
});

test("another document, and one that was altered, are refused everywhere with document-mismatch", async () => {
  const { path, text } = packageOf("10 MiB", "digest-info");
  const other = documentOf("1 byte");
  const page = await browser().newPage({ locale: "ja-JP" });
  await openVerifier(page, stack().site.origin);
  assert.equal((await verify(page, path, other)).verdict, "document-mismatch");
  await page.context().close();
  await assert.rejects(
    verifySignedPackage(text, {
      ...trustOf(stack().emulator, "rsa-pkcs1-sha256"),
      document: await openAsBlob(other.path),
    }),
    { code: "document-mismatch" },
  );
  const { status, answer } = await verifyCardNatively(folder(), stack().emulator, path, other.path);
  assert.deepEqual([status, answer?.code], [1, "document-mismatch"]);
});

test("a package made today verifies ten years ahead, without a network, as good as of the time of its evidence", async () => {
  const { path, text } = packageOf("1 byte", "digest-info");
  const document = documentOf("1 byte");
  const context = await browser().newContext({ locale: "ja-JP" });
  const page = await context.newPage();
  await openVerifier(page, stack().site.origin);
  await context.setOffline(true);
  const date = `${new Date().getUTCFullYear() + 10}-11-25`;
  const found = await verify(page, path, document, date);
  assert.equal(found.verdict, "good", found.text);
  assert.match(found.text, /タイムスタンプ/);
  await context.close();

  const { evidence } = await readSignedPackage(text);
  const now = Math.floor(Date.now() / 1000) + 10 * 31_557_600;
  const verified = await verifySignedPackage(text, {
    ...trustOf(stack().emulator, "rsa-pkcs1-sha256"),
    document: await openAsBlob(document.path),
    now,
  });
  assert.equal(verified.asOf, evidence.time);
  assert.deepEqual(verified.timestamp, { status: "not-enclosed" });
  const note = verified.report.steps.find(({ id }) => id === "timestamp");
  assert.equal(note?.status, "skipped");
  assert.match(note?.detail ?? "", /not a trusted timestamp/);
});
