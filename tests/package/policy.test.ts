// A Content Security Policy without connect-src for the modules: the error names it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launchChromium } from "../support/chromium.ts";
import { servePolicyPages } from "./policy-pages.ts";

test("a policy that blocks the request for a module is named, and nothing else is", async () => {
  const { pages, close } = await servePolicyPages();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    for (const [url, says] of pages) {
      await page.goto(url);
      assert.match(await page.innerText("#said"), says);
    }
  } finally {
    await browser.close();
    await close();
  }
});
