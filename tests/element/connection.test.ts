// The connection of a real browser: event streams that end or are refused, a computer that is offline, a hidden tab.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import type {} from "honnin/element";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import type { FakeSite } from "./fake-handoff.ts";
import { elementSite } from "./pages.ts";

let site: FakeSite;
let browser: Browser;
let context: BrowserContext;
let page: Page;

before(async () => {
  site = await elementSite();
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  site.reset();
  context = await browser.newContext();
  page = await context.newPage();
  // Time stands still unless a test moves it.
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1_000);
});
afterEach(() => context.close());

const states = "/auth/handoff/state";
const reached = (state: string) =>
  page.waitForFunction((expected) => document.querySelector("honnin-login")?.state === expected, state);
const trouble = () => page.locator("honnin-login [part=trouble]");

async function start(): Promise<void> {
  await page.goto(`${site.origin}/ja/autostart`);
  await page.locator("honnin-login [part=qr]").waitFor();
}

/** Waits for a condition of the server. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

test("the event stream alone brings every state", async () => {
  await start();
  await until(() => site.streams === 1);
  for (const state of ["scanned", "numbered", "authorizing"]) {
    site.go(state);
    await reached(state);
  }
  assert.equal(site.count("GET", states), 0);
  assert.equal(site.last("/auth/handoff/events")?.headers.accept, "text/event-stream");
});

test("a stream that ended is opened again by the browser, and nothing is lost meanwhile", async () => {
  await start();
  await until(() => site.streams === 1);
  site.cutStreams();
  site.state = { state: "scanned", expiresIn: 200 };
  await reached("scanned");
  assert.equal(site.count("GET", "/auth/handoff/events"), 2);
  assert.equal(await trouble().isVisible(), false);
});

test("where event streams are refused, polling brings every state", async () => {
  site.faults.events = 503;
  await start();
  await until(() => site.count("GET", "/auth/handoff/events") === 1);
  for (const state of ["scanned", "numbered", "authorizing", "cancelled"]) {
    site.state = { state, expiresIn: 100 };
    await page.clock.runFor(2_000);
    await reached(state);
  }
  assert.equal(site.count("GET", states), 4);
  assert.equal(await trouble().isVisible(), false);
});

test("30 seconds offline: the page says so, keeps the code, and goes on when it is online", async () => {
  await start();
  await until(() => site.streams === 1);
  await context.setOffline(true);
  site.cutStreams();
  await trouble().filter({ hasText: "通信できません" }).waitFor();
  assert.match(
    (await page.locator("honnin-login").getByRole("status").textContent()) ?? "",
    /^通信できません。/,
  );
  await page.clock.runFor(30_000);
  assert.equal(await page.locator("honnin-login [part=qr]").count(), 1);
  assert.equal(await page.locator("honnin-login").getByRole("timer").textContent(), "残り4分30秒");
  site.state = { state: "scanned", expiresIn: 260 };
  await context.setOffline(false);
  await reached("scanned");
  assert.equal(await trouble().isVisible(), false);
});

test("a store that fails is said after the second time, and the code stays", async () => {
  site.faults = { events: 503, state: 503 };
  await start();
  await page.clock.runFor(2_000);
  await until(() => site.count("GET", states) === 1);
  assert.equal(await trouble().isVisible(), false);
  // In steps: the next poll is planned only once the page has seen that the last one failed.
  for (let step = 0; step < 60 && !(await trouble().isVisible()); step++) await page.clock.runFor(500);
  await trouble().filter({ hasText: "サイトとうまく通信できません" }).waitFor();
  assert.equal(site.count("GET", states), 2);
  site.faults = {};
  for (let step = 0; step < 60 && (await trouble().isVisible()); step++) await page.clock.runFor(500);
  await trouble().waitFor({ state: "hidden" });
  assert.equal(
    await page.locator("honnin-login").getByRole("status").textContent(),
    "通信できるようになりました。",
  );
});

test("a hidden tab asks rarely, and at once when the user is back", async () => {
  site.faults.events = 503;
  await start();
  const setHidden = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await setHidden(true);
  // The poll that was planned before the tab was hidden.
  await page.clock.runFor(2_000);
  await until(() => site.count("GET", states) === 1);
  await reached("waiting");
  await page.clock.runFor(14_000);
  assert.equal(site.count("GET", states), 1);
  site.state = { state: "scanned", expiresIn: 100 };
  await setHidden(false);
  await reached("scanned");
  assert.equal(site.count("GET", states), 2);
});

test("a code that nobody scanned lapses on the page, also without a connection", async () => {
  await start();
  await context.setOffline(true);
  site.cutStreams();
  await page.clock.runFor(301_000);
  await reached("lapsed");
  assert.equal(await page.locator("honnin-login [part=qr]").count(), 0);
});
