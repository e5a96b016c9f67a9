// Tab-nabbing: a page of another site opens one of the handler's in a window, and exchanges it once the user trusts the address.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { codeOn, scanCode, showCode, useWorld } from "./world.ts";

const world = useWorld();

declare global {
  var opened: Window | null;
}

/** A page of another site that opens this address. */
async function open(context: BrowserContext, url: string): Promise<{ evil: Page; popup: Page }> {
  const { shop } = world;
  shop.pages.set("/evil", "<!doctype html><title>evil</title><button>open</button>");
  shop.pages.set("/fake", "<!doctype html><title>fake</title><p>Type the number here</p>");
  const evil = await context.newPage();
  await evil.goto(`${shop.elsewhere}/evil`);
  await evil.evaluate((address) => {
    document.querySelector("button")?.addEventListener("click", () => {
      globalThis.opened = window.open(address);
    });
  }, url);
  const [popup] = await Promise.all([context.waitForEvent("page"), evil.locator("button").click()]);
  // Before that, it is the empty page, which belongs to its opener.
  await popup.waitForURL(url);
  return { evil, popup };
}

const exchange = (evil: Page) =>
  evil.evaluate(() => {
    const { opened } = globalThis;
    if (opened !== null && !opened.closed) opened.location.href = "/fake";
    return opened?.closed;
  });

test("a page without the header can be exchanged, so that this shows something", async (t) => {
  const victim = await world.browser(t);
  world.shop.pages.set("/plain", "<!doctype html><title>plain</title><p>plain</p>");
  const { evil, popup } = await open(victim, `${world.shop.origin}/plain`);
  assert.equal(await exchange(evil), false);
  await popup.waitForURL("**/fake");
});

test("the handler's pages are out of reach for whoever opened them, and know no opener", async (t) => {
  const { shop } = world;
  const victim = await world.browser(t);
  const pc = await (await world.browser(t)).newPage();
  await pc.goto(`${shop.origin}/shop`);
  const url = await showCode(pc);
  const isSafe = async (address: string, look: (popup: Page) => Promise<unknown>) => {
    const { evil, popup } = await open(victim, address);
    // The browser tells the opener a moment later.
    await evil.waitForFunction(() => globalThis.opened?.closed === true);
    assert.equal(await exchange(evil), true, address);
    assert.equal(await popup.evaluate(() => window.opener), null);
    await look(popup);
    assert.equal(popup.url(), address);
  };
  await isSafe(url, (popup) => popup.locator("form button").waitFor());
  await isSafe(`${shop.origin}/auth/callback?state=x&code=y`, async (popup) => {
    assert.equal(await codeOn(popup), "login-cookie-missing");
  });
  await scanCode(await victim.newPage(), url);
  await isSafe(`${shop.origin}/auth/handoff/phone`, (popup) => popup.locator(".number").waitFor());
});

test("the way to the service by the element leaves it no opener, and opens no window", async (t) => {
  const victim = await world.browser(t);
  const page = await victim.newPage();
  await page.goto(`${world.shop.origin}/shop`);
  for (const link of await page.locator("honnin-login a").all())
    assert.equal(await link.getAttribute("target"), null);
  await page.locator('honnin-login [part=link][href^="/auth/login"]').click();
  await page.waitForURL("**/test-card");
  assert.equal(await page.evaluate(() => window.opener), null);
  assert.equal(victim.pages().length, 1);
});
