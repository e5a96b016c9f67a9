import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as esbuild from "esbuild";
import { launchChromium } from "../support/chromium.ts";
import { root } from "../support/paths.ts";
import { serveStatic } from "../support/static-server.ts";
import { differences, type Verdict } from "./judge.ts";
import { loadSuite, skipPkits } from "./suite.ts";

test("Chromium judges all 249 cases of PKITS as it says", { skip: skipPkits }, async (t) => {
  const suite = loadSuite();
  const folder = await mkdtemp(join(tmpdir(), "honnin-test-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await esbuild.build({
    entryPoints: [join(root, "tests/pkits/judge.ts")],
    outfile: join(folder, "judge.js"),
    format: "esm",
  });
  const server = await serveStatic({ honnin: join(root, "js"), test: folder });
  t.after(() => server.close());
  const browser = await launchChromium();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${server.origin}/`);
  const verdicts = await page.evaluate(async (cases) => {
    const { verifyCertificate } = await import("/honnin/dist/entries/browser.js" as string);
    const { judge } = await import("/test/judge.js" as string);
    return judge(verifyCertificate, cases) as Promise<Verdict[]>;
  }, suite);
  assert.deepEqual(differences(verdicts, suite), []);
});
