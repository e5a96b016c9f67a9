// Documents of every size, signed with either card in either form by a real browser, against the relying party in real
// workerd; each package verified on another page, in Node and natively.
import assert from "node:assert/strict";
import { openAsBlob } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { readSignedPackage, verifySignedPackage } from "honnin";
import type { Browser } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { watchRenderers } from "../support/renderer-memory.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { chooseDocument, hashOf, type Method, methods, openVerifier, sign, verify } from "./browser-flow.ts";
import { makeDocument, type TestDocument } from "./documents.ts";
import { verifyCardNatively } from "./native.ts";
import { trustOf } from "./trust.ts";

const MiB = 2 ** 20;
const sizes = { "1 byte": 1, "10 MiB": 10 * MiB, "2 GiB": 2 ** 31 };
/** What a page may take while it hashes two GiB. */
const mostMemory = 200 * MiB;

let folder: string;
let stack: Stack;
let browser: Browser;
const documents = new Map<string, TestDocument>();
const packages = new Map<string, { readonly path: string; readonly text: string }>();

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "honnin-signing-"));
  stack = await startStack();
  browser = await launchChromium();
  for (const [name, size] of Object.entries(sizes))
    documents.set(name, await makeDocument(folder, `document of ${name}.bin`, size));
});

after(async () => {
  await browser?.close();
  await stack?.close();
  await rm(folder, { recursive: true, force: true });
});

function documentOf(size: string): TestDocument {
  const document = documents.get(size);
  assert.ok(document);
  return document;
}

function packageOf(size: string, method: Method) {
  const made = packages.get(`${size} ${method}`);
  assert.ok(made, "signed before");
  return made;
}

for (const size of Object.keys(sizes)) {
  for (const method of methods) {
    test(`${size}, ${method}: hashed in the browser and signed`, async () => {
      const document = documentOf(size);
      const page = await browser.newPage();
      const watch = await watchRenderers(browser);
      const digest = await chooseDocument(page, stack.site.origin, document, method);
      const memory = await watch.stop();
      assert.equal(digest, document.digests[hashOf(method)]);
      if (process.platform === "linux") assert.ok(memory > 0, "the memory was measured");
      assert.ok(memory < mostMemory, `the page took ${(memory / MiB).toFixed(0)} MiB`);
      if (size === "2 GiB")
        console.log(`# ${method}: the page took ${(memory / MiB).toFixed(0)} MiB at most`);

      const text = await sign(page, method);
      await page.context().close();
      const made = await readSignedPackage(text);
      assert.equal(Buffer.from(made.digest.value).toString("hex"), digest);
      assert.deepEqual(made.document, {
        name: document.name,
        mediaType: "application/octet-stream",
        size: document.size,
      });
      const path = join(folder, `${size} ${method}.json`);
      await writeFile(path, text);
      packages.set(`${size} ${method}`, { path, text });
    });

    test(`${size}, ${method}: verified on another page`, async () => {
      const page = await browser.newPage();
      await openVerifier(page, stack.site.origin);
      const found = await verify(page, packageOf(size, method).path, documentOf(size));
      await page.context().close();
      assert.equal(found.verdict, "good", found.text);
      for (const id of ["document-digest", "signature", "revocation", "evidence-time"])
        assert.equal(found.checks[id], "passed", `the check ${id}`);
      assert.equal(found.checks.timestamp, "skipped");
    });

    test(`${size}, ${method}: verified in Node`, async () => {
      const { text } = packageOf(size, method);
      const { path, digests } = documentOf(size);
      const { signature } = await readSignedPackage(text);
      // The longest one once as a file: its digest is the same for every package.
      const whole = size !== "2 GiB" || method === "digest-info";
      const { revocation, asOf, asOfSource } = await verifySignedPackage(text, {
        ...trustOf(stack.emulator, signature.scheme),
        ...(whole
          ? { document: await openAsBlob(path) }
          : { digest: Buffer.from(digests[hashOf(method)], "hex") }),
      });
      assert.equal(revocation.status, "good");
      assert.equal(asOfSource, "evidence");
      assert.ok(Math.abs(asOf - Date.now() / 1000) < 3_600);
    });

    test(`${size}, ${method}: verified natively`, async () => {
      const { path } = packageOf(size, method);
      const { status, answer } = await verifyCardNatively(
        folder,
        stack.emulator,
        path,
        documentOf(size).path,
      );
      assert.equal(status, 0, JSON.stringify(answer));
      assert.equal(answer?.revocation?.status, "good");
    });
  }
}

test("another document, and one that was altered, are refused everywhere with document-mismatch", async () => {
  const { path, text } = packageOf("10 MiB", "digest-info");
  const other = documentOf("1 byte");
  const page = await browser.newPage();
  await openVerifier(page, stack.site.origin);
  assert.equal((await verify(page, path, other)).verdict, "document-mismatch");
  await page.context().close();
  await assert.rejects(
    verifySignedPackage(text, {
      ...trustOf(stack.emulator, "rsa-pkcs1-sha256"),
      document: await openAsBlob(other.path),
    }),
    { code: "document-mismatch" },
  );
  const { status, answer } = await verifyCardNatively(folder, stack.emulator, path, other.path);
  assert.deepEqual([status, answer?.code], [1, "document-mismatch"]);
});

test("a package made today verifies ten years ahead, without a network, as good as of the time of its evidence", async () => {
  const { path, text } = packageOf("1 byte", "digest-info");
  const document = documentOf("1 byte");
  const context = await browser.newContext();
  const page = await context.newPage();
  await openVerifier(page, stack.site.origin);
  await context.setOffline(true);
  const date = `${new Date().getUTCFullYear() + 10}-11-25`;
  const found = await verify(page, path, document, date);
  assert.equal(found.verdict, "good", found.text);
  assert.match(found.text, /タイムスタンプ/);
  await context.close();

  const { evidence } = await readSignedPackage(text);
  const now = Math.floor(Date.now() / 1000) + 10 * 31_557_600;
  const verified = await verifySignedPackage(text, {
    ...trustOf(stack.emulator, "rsa-pkcs1-sha256"),
    document: await openAsBlob(document.path),
    now,
  });
  assert.equal(verified.asOf, evidence.time);
  assert.deepEqual(verified.timestamp, { status: "not-enclosed" });
  const note = verified.report.steps.find(({ id }) => id === "timestamp");
  assert.equal(note?.status, "skipped");
  assert.match(note?.detail ?? "", /not a trusted timestamp/);
});
