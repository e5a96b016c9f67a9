// Chromium through Playwright: the control, since all other tests run in it.
import type { BrowserContext, Browser as Chromium, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { type Browser, type Cookie, patience, type SessionChoice, screen, type Tab } from "./browser.ts";

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
  { language = "ja" }: SessionChoice = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: screen,
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

  async open(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  async reload(): Promise<void> {
    await this.#page.reload();
  }

  async back(): Promise<void> {
    await this.#page.goBack();
  }

  async forward(): Promise<void> {
    await this.#page.goForward();
  }

  url = async () => this.#page.url();
  click = (selector: string) => this.#page.locator(selector).first().click();
  type = (selector: string, text: string) => this.#page.locator(selector).pressSequentially(text);
  text = (selector: string) => this.#page.locator(selector).first().innerText();
  attribute = (selector: string, name: string) => this.#page.locator(selector).first().getAttribute(name);
  has = async (selector: string) => (await this.#page.locator(selector).count()) > 0;
  screenshot = () => this.#page.screenshot();
  cookies = (): Promise<readonly Cookie[]> => this.#context.cookies(this.#page.url());

  async setCookies(cookies: readonly Cookie[]): Promise<void> {
    await this.#context.addCookies(
      cookies.map(({ sameSite, ...cookie }) => ({ ...cookie, sameSite: sameSite as "Lax" })),
    );
  }

  clearCookies = () => this.#context.clearCookies({ domain: new URL(this.#page.url()).hostname });
}
