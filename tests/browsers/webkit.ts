// WebKit as WebKitGTK builds it: its small browser under its driver, on a screen that nobody sees.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { acceptedLanguages, type Browser, type Cookie, patience, type Session, screen, type Tab } from "./browser.ts";
import { WebDriver, WebDriverError } from "./web-driver.ts";

const miniBrowser = process.env.HONNIN_WEBKIT || "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

export const isInstalled =
  existsSync(miniBrowser) && ["WebKitWebDriver", "Xvfb"].every((name) => existsSync(`/usr/bin/${name}`));

export async function launch(): Promise<Browser> {
  const { server, display } = await startScreen();
  return {
    async newSession({ language = "ja" } = {}): Promise<Session> {
      // A driver has one session, and each session's browser keeps nothing.
      const driver = await WebDriver.start(
        "WebKitWebDriver",
        (port) => [`--port=${port}`],
        {
          ...process.env,
          DISPLAY: display,
          LANGUAGE: acceptedLanguages[language].replaceAll("-", "_").replaceAll(",", ":"),
          // There is nobody to read the screen aloud to.
          NO_AT_BRIDGE: "1",
        },
        {
          acceptInsecureCerts: true,
          timeouts: { implicit: 0, pageLoad: patience, script: patience },
          "webkitgtk:browserOptions": { binary: miniBrowser, args: ["--automation"] },
        },
      );
      let first = true;
      return {
        async openTab() {
          if (first) {
            first = false;
            const handle = (await driver.get("/window")) as string;
            await driver.post("/window/rect", { ...screen, x: 0, y: 0 });
            return new WebKitTab(driver, handle);
          }
          const { handle } = (await driver.post("/window/new", { type: "tab" })) as { handle: string };
          return new WebKitTab(driver, handle);
        },
        close: () => driver.close(),
      };
    },
    async close() {
      const ended = once(server, "exit");
      server.kill();
      await ended;
    },
  };
}

/** The server picks a display that is free, and says which. */
async function startScreen(): Promise<{ readonly server: ChildProcess; readonly display: string }> {
  const size = `${screen.width}x${screen.height}x24`;
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", size, "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const [number] = await once(server.stdio[3] as Readable, "data", { signal: AbortSignal.timeout(patience) });
  return { server, display: `:${String(number).trim()}` };
}

class WebKitTab implements Tab {
  readonly #driver: WebDriver;
  readonly #handle: string;

  constructor(driver: WebDriver, handle: string) {
    this.#driver = driver;
    this.#handle = handle;
  }

  async open(url: string): Promise<void> {
    await (await this.#here()).post("/url", { url });
  }

  async reload(): Promise<void> {
    await (await this.#here()).post("/refresh");
  }

  async back(): Promise<void> {
    await (await this.#here()).post("/back");
  }

  async forward(): Promise<void> {
    await (await this.#here()).post("/forward");
  }

  async url(): Promise<string> {
    return (await (await this.#here()).get("/url")) as string;
  }

  click = (selector: string) => this.#with(selector, (driver, element) => driver.post(`${element}/click`));

  type = (selector: string, text: string) =>
    this.#with(selector, (driver, element) => driver.post(`${element}/value`, { text }));

  text = (selector: string) =>
    this.#with<string>(selector, (driver, element) => driver.get(`${element}/text`));

  attribute = (selector: string, name: string) =>
    this.#with<string | null>(selector, (driver, element) => driver.get(`${element}/attribute/${name}`));

  has = async (selector: string) => (await (await this.#here()).count(selector)) > 0;

  async screenshot(): Promise<Buffer> {
    return Buffer.from((await (await this.#here()).get("/screenshot")) as string, "base64");
  }

  async cookies(): Promise<readonly Cookie[]> {
    return (await (await this.#here()).get("/cookie")) as Cookie[];
  }

  async setCookies(cookies: readonly Cookie[]): Promise<void> {
    const driver = await this.#here();
    for (const cookie of cookies) await driver.post("/cookie", { cookie });
  }

  async clearCookies(): Promise<void> {
    await (await this.#here()).delete("/cookie");
  }

  /** The session's one driver, turned to this tab. */
  async #here(): Promise<WebDriver> {
    await this.#driver.post("/window", { handle: this.#handle });
    return this.#driver;
  }

  /**
   * Asks again and again, also if the page left while its element was in hand: a driver that is told to wait by itself never
   * answers if a script leads on to another page meanwhile.
   */
  async #with<T = void>(
    selector: string,
    act: (driver: WebDriver, element: string) => Promise<unknown>,
  ): Promise<T> {
    const driver = await this.#here();
    for (const start = performance.now(); ; await wait(50)) {
      try {
        return (await act(driver, await driver.find(selector))) as T;
      } catch (error) {
        const isEarly = error instanceof WebDriverError && early.has(error.error);
        if (!isEarly || performance.now() - start > patience) throw error;
      }
    }
  }
}

/** What the protocol says while a page is still on its way. */
const early = new Set([
  "no such element",
  "stale element reference",
  "no such window",
  "element not interactable",
  "javascript error",
]);
