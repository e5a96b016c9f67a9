// Firefox through Puppeteer, which speaks WebDriver BiDi with it.
import { existsSync } from "node:fs";
import puppeteer, { type BrowserContext, type Browser as Firefox, type Page } from "puppeteer-core";
import { acceptedLanguages, type Browser, type Cookie, patience, type Session, screen, type Tab } from "./browser.ts";

const path = process.env.HONNIN_FIREFOX || "/usr/bin/firefox-esr";

export const isInstalled = existsSync(path);

export async function launch(): Promise<Browser> {
  /** Languages are a setting of the whole browser: one for each that is asked for. */
  const running = new Map<"ja" | "en", Promise<Firefox>>();
  return {
    async newSession({ language = "ja" } = {}): Promise<Session> {
      const started = running.get(language) ?? start(acceptedLanguages[language]);
      running.set(language, started);
      const context = await (await started).createBrowserContext();
      return {
        openTab: async () => {
          const page = await context.newPage();
          page.setDefaultTimeout(patience);
          return new FirefoxTab(context, page);
        },
        close: () => context.close(),
      };
    },
    async close() {
      for (const browser of running.values()) await (await browser).close();
    },
  };
}

function start(languages: string): Promise<Firefox> {
  return puppeteer.launch({
    browser: "firefox",
    executablePath: path,
    headless: true,
    acceptInsecureCerts: true,
    defaultViewport: screen,
    extraPrefsFirefox: { "intl.accept_languages": languages },
  });
}

class FirefoxTab implements Tab {
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

  back = () => this.#page.evaluate(() => history.back());
  forward = () => this.#page.evaluate(() => history.forward());
  url = async () => this.#page.url();
  click = (selector: string) => this.#page.locator(selector).click();

  async type(selector: string, text: string): Promise<void> {
    await this.#page.waitForSelector(selector);
    await this.#page.type(selector, text);
  }

  async text(selector: string): Promise<string> {
    await this.#page.waitForSelector(selector);
    return this.#page.$eval(selector, (element) => (element as HTMLElement).innerText);
  }

  async attribute(selector: string, name: string): Promise<string | null> {
    await this.#page.waitForSelector(selector);
    return this.#page.$eval(selector, (element, name) => element.getAttribute(name), name);
  }

  has = async (selector: string) => (await this.#page.$(selector)) !== null;
  screenshot = async () => Buffer.from(await this.#page.screenshot());

  async cookies(): Promise<readonly Cookie[]> {
    const { hostname } = new URL(this.#page.url());
    const all = await this.#context.cookies();
    return all
      .filter(({ domain }) => domain === hostname)
      .map(({ name, value, domain, path, httpOnly = false, secure, sameSite }) => {
        return { name, value, domain, path, httpOnly, secure, sameSite };
      });
  }

  async setCookies(cookies: readonly Cookie[]): Promise<void> {
    await this.#context.setCookie(
      ...cookies.map(({ sameSite, ...cookie }) => ({ ...cookie, sameSite: sameSite as "Lax" })),
    );
  }

  async clearCookies(): Promise<void> {
    const { hostname } = new URL(this.#page.url());
    const all = await this.#context.cookies();
    await this.#context.deleteCookie(...all.filter(({ domain }) => domain === hostname));
  }
}
