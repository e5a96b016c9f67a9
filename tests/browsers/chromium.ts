// Chromium through Playwright: the control, since all other tests run in it.
import { setTimeout as wait } from "node:timers/promises";
import type { BrowserContext, Browser as Chromium, Locator, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import {
  type Browser,
  type Cookie,
  describeFocus,
  keyNames,
  patience,
  phone,
  type SessionChoice,
  screen,
  type Tab,
} from "./browser.ts";

export async function launch(): Promise<Browser> {
  const browser = await launchChromium();
  return {
    newSession: async (choice) => {
      const context = await newContext(browser, choice);
      return {
        openTab: async () => new ChromiumTab(context, await context.newPage()),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

async function newContext(
  browser: Chromium,
  { language = "ja", device = "computer" }: SessionChoice = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...(device === "phone"
      ? { viewport: phone, userAgent: phone.userAgent, hasTouch: true, isMobile: true }
      : { viewport: screen }),
    locale: language === "ja" ? "ja-JP" : "en-US",
    ignoreHTTPSErrors: true,
  });
  context.setDefaultTimeout(patience);
  return context;
}

class ChromiumTab implements Tab {
  readonly #context: BrowserContext;
  readonly #page: Page;

  constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.#page = page;
  }

  /** Playwright looks into shadow trees by itself. */
  #locate(selector: string): Locator {
    return this.#page.locator(selector.replaceAll(" >>> ", " "));
  }

  async open(url: string): Promise<void> {
    await this.#navigate(() => this.#page.goto(url));
  }

  async reload(): Promise<void> {
    await this.#navigate(() => this.#page.reload());
  }

  /** Until it succeeds, while the browser's own page for a navigation that failed takes the place of this one: 10 s at most. */
  async #navigate(go: () => Promise<unknown>): Promise<void> {
    const start = performance.now();
    for (;;) {
      try {
        await go();
        return;
      } catch (error) {
        const isTaken = /Not attached to an active page|interrupted by another navigation/.test(
          String(error),
        );
        if (!isTaken || performance.now() - start > 10_000) throw error;
        await wait(200);
      }
    }
  }

  async back(): Promise<void> {
    await this.#page.goBack();
  }

  async forward(): Promise<void> {
    await this.#page.goForward();
  }

  url = async () => this.#page.url();
  click = (selector: string) => this.#locate(selector).first().click();
  type = (selector: string, text: string) => this.#locate(selector).pressSequentially(text);
  press = (keys: string) =>
    keyNames.has(keys) ? this.#page.keyboard.press(keys) : this.#page.keyboard.type(keys);
  focused = () => this.#page.evaluate(describeFocus);
  text = (selector: string) => this.#locate(selector).first().innerText();
  attribute = (selector: string, name: string) => this.#locate(selector).first().getAttribute(name);
  has = async (selector: string) => (await this.#locate(selector).count()) > 0;
  reveal = (selector: string) => this.#locate(selector).first().scrollIntoViewIfNeeded();
  screenshot = () => this.#page.screenshot();
  hide = () => this.#pretend(true);
  show = () => this.#pretend(false);
  isHidden = () => this.#page.evaluate(() => document.hidden);

  /** Playwright keeps every tab visible, whatever is in front of it: only the page's script is told otherwise. */
  #pretend(hidden: boolean): Promise<void> {
    return this.#page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  }

  cookies = (): Promise<readonly Cookie[]> => this.#context.cookies(this.#page.url());

  async setCookies(cookies: readonly Cookie[]): Promise<void> {
    await this.#context.addCookies(
      cookies.map(({ sameSite, ...cookie }) => ({ ...cookie, sameSite: sameSite as "Lax" })),
    );
  }

  clearCookies = () => this.#context.clearCookies({ domain: new URL(this.#page.url()).hostname });
}
