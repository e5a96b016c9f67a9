// Firefox through Puppeteer, which speaks WebDriver BiDi with it.
import { existsSync } from "node:fs";
import puppeteer, { type BrowserContext, type Browser as Firefox, type Page } from "puppeteer-core";
import { type Browser, type Cookie, patience, type Session, screen, type Tab } from "./browser.ts";

const path = process.env.HONNIN_FIREFOX || "/usr/bin/firefox-esr";

export const isInstalled = existsSync(path);

export async function launch(): Promise<Browser> {
  /** Languages are a setting of the whole browser: one for each that is asked for. */
  const running = new Map<"ja" | "en", Promise<Firefox>>();
  return {
    async newSession({ language = "ja" } = {}): Promise<Session> {
      const started = running.get(language) ?? start(language === "ja" ? "ja,en-US,en" : "en-US,en");
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
    await (await this.#inFront()).goto(url);
  }

  async reload(): Promise<void> {
    await (await this.#inFront()).reload();
  }

  back = () => this.#go(-1);
  forward = () => this.#go(1);

  async url(): Promise<string> {
    // Puppeteer itself does not notice pages that the history shows as they were left.
    return this.#page.evaluate(() => location.href).catch(() => this.#page.url());
  }

  async click(selector: string): Promise<void> {
    await (await this.#inFront()).locator(selector).click();
  }

  async type(selector: string, text: string): Promise<void> {
    const page = await this.#inFront();
    await page.waitForSelector(selector);
    await page.type(selector, text);
  }

  async text(selector: string): Promise<string> {
    const page = await this.#inFront();
    await page.waitForSelector(selector);
    return page.$eval(selector, (element) => (element as HTMLElement).innerText);
  }

  async attribute(selector: string, name: string): Promise<string | null> {
    const page = await this.#inFront();
    await page.waitForSelector(selector);
    return page.$eval(selector, (element, name) => element.getAttribute(name), name);
  }

  has = async (selector: string) => (await this.#page.$(selector)) !== null;

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await (await this.#inFront()).screenshot());
  }

  /** Done when another document is there. Puppeteer waits for a load, which a page that was kept as it was left does not have. */
  async #go(steps: number): Promise<void> {
    const page = await this.#inFront();
    const before = await page.evaluate((steps) => {
      setTimeout(() => history.go(steps));
      return performance.timeOrigin;
    }, steps);
    const isAnother = (before: number) =>
      performance.timeOrigin !== before && document.readyState === "complete";
    await page.waitForFunction(isAnother, {}, before);
  }

  /** A tab that nobody sees draws nothing, and whoever waits for it to draw waits in vain. */
  async #inFront(): Promise<Page> {
    await this.#page.bringToFront();
    return this.#page;
  }

  async cookies(): Promise<readonly Cookie[]> {
    const { hostname } = new URL(this.#page.url());
    const all = await this.#context.cookies();
    return all
      .filter(({ domain }) => domain === hostname || (domain.startsWith(".") && hostname.endsWith(domain)))
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
