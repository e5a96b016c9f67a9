// The devices that a person uses the demo with, and pictures of what they show.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, devices, type Page } from "playwright-core";
import { root } from "../support/paths.ts";

const { defaultBrowserType: _, ...iphone } = devices["iPhone 14"] as BrowserContextOptions & {
  defaultBrowserType: string;
};

/** 390 px wide, with touch. */
export const phone: BrowserContextOptions = iphone;
export const computer: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };

/** A page in a browser of its own: no cookie is shared. */
export async function openDevice(
  browser: Browser,
  device: BrowserContextOptions,
  locale: string,
): Promise<Page> {
  const context = await browser.newContext({ ...device, locale });
  context.setDefaultTimeout(20_000);
  return context.newPage();
}

// Pictures of every page on the way, for eyes. Rendering them takes most of the time of these tests.
const pictures = process.env.HONNIN_PICTURES === "1" ? join(root, ".cache", "pictures") : undefined;

/** Checks that the page is not wider than the screen. With `HONNIN_PICTURES=1`, takes a picture of it too. */
export async function shoot(page: Page, name: string): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${name} is ${overflow} px wider than the screen`);
  if (pictures === undefined) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}
