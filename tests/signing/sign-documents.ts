// Documents are signed with either card in either form by a real browser, against the relying party in real workerd. Each package is
// verified on another page, in Node and natively.
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
import { chooseDocument, hashOf, type Method, openVerifier, sign, verify } from "./browser-flow.ts";
import { makeDocument, type TestDocument } from "./documents.ts";
import { verifyCardNatively } from "./native.ts";
import { trustOf } from "./trust.ts";

const MiB = 2 ** 20;
/** The maximum memory of a page while it hashes a document of any size. */
const mostMemory = 200 * MiB;

/** A size, by its name, and the methods that a document of it is signed by. */
export type Sizes = Readonly<Record<string, { readonly bytes: number; readonly by: readonly Method[] }>>;

export interface SignedDocuments {
  readonly folder: () => string;
  readonly stack: () => Stack;
  readonly browser: () => Browser;
  readonly documentOf: (size: string) => TestDocument;
  readonly packageOf: (size: string, method: Method) => { readonly path: string; readonly text: string };
}

/** Registers the tests for each size and method. What they made is there for tests that are registered later. */
export function signDocuments(sizes: Sizes): SignedDocuments {
  let folder: string;
  let stack: Stack;
  let browser: Browser;
  const documents = new Map<string, TestDocument>();
  const packages = new Map<string, { readonly path: string; readonly text: string }>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "honnin-signing-"));
    stack = await startStack();
    browser = await launchChromium();
    for (const [name, { bytes }] of Object.entries(sizes))
      documents.set(name, await makeDocument(folder, `document of ${name}.bin`, bytes));
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

  for (const [size, { bytes, by }] of Object.entries(sizes)) {
    for (const method of by) {
      test(`${size}, ${method}: hashed in the browser and signed`, async () => {
        const document = documentOf(size);
        const page = await browser.newPage({ locale: "ja-JP" });
        const watch = await watchRenderers(browser);
        const digest = await chooseDocument(page, stack.site.origin, document, method);
        const memory = await watch.stop();
        assert.equal(digest, document.digests[hashOf(method)]);
        if (process.platform === "linux") assert.ok(memory > 0, "the memory was measured");
        assert.ok(memory < mostMemory, `the page took ${(memory / MiB).toFixed(0)} MiB`);
        if (bytes > 100 * MiB)
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
        const page = await browser.newPage({ locale: "ja-JP" });
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
        const whole = bytes < 100 * MiB || method === by[0];
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

  return {
    folder: () => folder,
    stack: () => stack,
    browser: () => browser,
    documentOf,
    packageOf,
  };
}
