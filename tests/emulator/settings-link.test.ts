// The settings link in a real browser: what the cookie and the form's Origin come to is the browser's to say.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startEmulator } from "@honnin/emulator";
import { launchChromium } from "../support/chromium.ts";

test("a browser that opens the link changes settings, another one on the same machine does not", async () => {
  const emulator = await startEmulator({ publicOrigin: "https://op.example", quiet: true });
  const browser = await launchChromium();
  try {
    const operator = await (await browser.newContext()).newPage();
    const link = emulator.newControlLink();
    await operator.goto(link);
    assert.equal(operator.url(), `http://127.0.0.1:${emulator.port}/`);
    await operator.check('input[value="test-card"]');
    await operator.click('[data-testid="set-mode"]');
    await operator.waitForSelector('input[value="test-card"][checked]');

    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(`http://127.0.0.1:${emulator.port}/`);
    assert.equal(await stranger.locator("[data-access]").getAttribute("data-access"), "secret-missing");
    assert.equal(await stranger.locator("form").count(), 0);
    assert.equal((await stranger.goto(link))?.status(), 404);
  } finally {
    await browser.close();
    await emulator.close();
  }
});
