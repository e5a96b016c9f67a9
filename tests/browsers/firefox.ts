// Firefox through Puppeteer, which speaks WebDriver BiDi with it.
import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import puppeteer, {
  type BrowserContext,
  type Browser as Firefox,
  type KeyInput,
  type Page,
} from "puppeteer-core";
import {
  type Browser,
  type Cookie,
  describeFocus,
  keyNames,
  patience,
  phone,
  type Session,
  screen,
  type Tab,
} from "./browser.ts";

const path = process.env.HONNIN_FIREFOX || "/usr/bin/firefox-esr";

export const isInstalled = existsSync(path);

export async function launch(): Promise<Browser> {
  /** Languages are a setting of the whole browser: one for each that is asked for. */
  const running = new Map<"ja" | "en", Promise<Firefox>>();
  return {
    async newSession({ language = "ja", device = "computer" } = {}): Promise<Session> {
      const started = running.get(language) ?? start(language === "ja" ? "ja,en-US,en" : "en-US,en");
      running.set(language, started);
      const context = await (await started).createBrowserContext();
      return {
        openTab: async () => {
          const page = await context.newPage();
          page.setDefaultTimeout(patience);
          if (device === "phone") {
            await page.setViewport(phone);
            await page.setUserAgent({ userAgent: phone.userAgent });
          }
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

interface Found {
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  /** Whether it can be pressed. */
  readonly isReady: boolean;
}

/** In the page. */
function findIn(selector: string, scroll: boolean): Found | null {
  let found: (Document | Element)[] = [document];
  for (const step of selector.split(" >>> "))
    found = found.flatMap((root) => [...((root as Element).shadowRoot ?? root).querySelectorAll(step)]);
  const [first] = found as HTMLElement[];
  if (first === undefined) return null;
  if (scroll) first.scrollIntoView({ block: "center", behavior: "instant" });
  const attributes = Object.fromEntries([...first.attributes].map(({ name, value }) => [name, value]));
  const box = first.getBoundingClientRect();
  const isReady = document.readyState === "complete" && box.width > 0 && !first.matches(":disabled");
  return {
    text: first.innerText ?? "",
    attributes,
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    isReady,
  };
}

class FirefoxTab implements Tab {
  readonly #context: BrowserContext;
  readonly #page: Page;
  #cover: Page | undefined;

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

  /**
   * Puppeteer's own click tries again if the page leaves while it is clicked, and then waits for an element that is gone. Here what stands
   * still is pressed once.
   */
  async click(selector: string): Promise<void> {
    const page = await this.#inFront();
    const { x, y } = await this.#again(async () => {
      const [one, two] = [await this.#ask(selector, true), await this.#ask(selector, true)];
      if (!two.isReady || one.x !== two.x || one.y !== two.y) throw new Error(`${selector} is not ready`);
      return two;
    });
    await page.mouse.click(x, y).catch((thrown: unknown) => {
      if (!/no such (frame|window|node)|discarded|destroyed|Actors/i.test(String(thrown))) throw thrown;
    });
  }

  async type(selector: string, text: string): Promise<void> {
    const page = await this.#inFront();
    await page.waitForSelector(selector);
    await page.type(selector, text);
  }

  async press(keys: string): Promise<void> {
    const { keyboard } = await this.#inFront();
    if (keyNames.has(keys)) await keyboard.press(keys as KeyInput);
    else await keyboard.type(keys);
  }

  focused = async () => (await this.#inFront()).evaluate(describeFocus);

  async text(selector: string): Promise<string> {
    await this.#inFront();
    return (await this.#ask(selector)).text;
  }

  async attribute(selector: string, name: string): Promise<string | null> {
    await this.#inFront();
    return (await this.#ask(selector)).attributes[name] ?? null;
  }

  async reveal(selector: string): Promise<void> {
    await this.#inFront();
    await this.#ask(selector, true);
  }

  async has(selector: string): Promise<boolean> {
    return (await this.#again(() => this.#page.evaluate(findIn, selector, false))) !== null;
  }

  /** In one step: in a second one, the element may be gone. */
  #ask(selector: string, scroll = false): Promise<Found> {
    return this.#again(async () => {
      const found = await this.#page.evaluate(findIn, selector, scroll);
      if (found === null) throw new Error(`the page has no ${selector}`);
      return found;
    });
  }

  /** A page may leave while it is asked. */
  async #again<T>(attempt: () => Promise<T>): Promise<T> {
    for (const start = performance.now(); ; await wait(50)) {
      try {
        return await attempt();
      } catch (thrown) {
        if (performance.now() - start > patience) throw thrown;
      }
    }
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await (await this.#inFront()).screenshot());
  }

  /** Behind a tab of its own. */
  async hide(): Promise<void> {
    this.#cover ??= await this.#context.newPage();
    await this.#cover.bringToFront();
  }

  async show(): Promise<void> {
    await this.#cover?.close();
    this.#cover = undefined;
    await this.#inFront();
  }

  isHidden = () => this.#page.evaluate(() => document.hidden);

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
