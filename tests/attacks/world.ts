// The shop, Chromium and the people of a test.
import { after, before } from "node:test";
import type {} from "honnin/element";
import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { type Shop, startShop } from "./site.ts";

export interface World {
  readonly shop: Shop;
  /** Somebody's browser, with nothing in it, until the test ends. */
  browser(t: { after(work: () => Promise<void>): void }): Promise<BrowserContext>;
}

/** Started before the tests of a file and stopped after them. */
export function useWorld(): World {
  let shop: Shop | undefined;
  let browser: Browser | undefined;
  before(async () => {
    shop = await startShop();
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await shop?.close();
  });
  return {
    get shop() {
      if (shop === undefined) throw new Error("not started");
      return shop;
    },
    async browser(t) {
      if (browser === undefined) throw new Error("not started");
      const context = await browser.newContext();
      t.after(() => context.close());
      return context;
    },
  };
}

/** Presses the button of the element. @returns the address in the code */
export async function showCode(page: Page, where: Page | Frame = page): Promise<string> {
  const started = page.waitForResponse((response) => new URL(response.url()).pathname === "/auth/handoff");
  await where.locator("honnin-login button").first().click();
  return ((await (await started).json()) as { url: string }).url;
}

/** Scans the code with a phone. @returns the number that it shows */
export async function scanCode(phone: Page, url: string): Promise<string> {
  await phone.goto(url);
  await phone.locator("form button").click();
  return phone.locator(".number").innerText();
}

/** At the service: holds the card to the phone. */
export async function useCard(page: Page): Promise<void> {
  await page.locator('input[name="person"][value="ordinary"]').check();
  await page.locator('[data-testid="authenticate"]').click();
}

export const reached = (where: Page | Frame, state: string) =>
  where.waitForFunction((expected) => document.querySelector("honnin-login")?.state === expected, state);

/** Who is logged in, by the session of this browser. */
export async function whoIs(context: BrowserContext, { origin }: Shop): Promise<string | undefined> {
  return ((await (await context.request.get(`${origin}/me`)).json()) as { sub: string } | null)?.sub;
}

/** The names of the cookies that the handler gave this browser. */
export async function cookieNames(context: BrowserContext): Promise<string[]> {
  return (await context.cookies())
    .map(({ name }) => name.replace(/-[0-9a-f]{8}.*/, ""))
    .filter((name) => name.startsWith("honnin-"));
}

/** The code on a page of the handler. */
export const codeOn = (page: Page | Frame) => page.locator("[data-code]").getAttribute("data-code");
