// WebKit as WebKitGTK builds it: its small browser under its driver, on a screen that nobody sees.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
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
import { WebDriver, WebDriverError } from "./web-driver.ts";

const miniBrowser = process.env.HONNIN_WEBKIT || "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

export const isInstalled =
  existsSync(miniBrowser) &&
  ["WebKitWebDriver", "Xvfb", "localedef"].every((name) => existsSync(`/usr/bin/${name}`));

export async function launch(): Promise<Browser> {
  const { server, display } = await startScreen();
  const folder = await mkdtemp(join(tmpdir(), "honnin-webkit-"));
  /** It asks for pages in the language of the system, which may have no other than C: they are made for it. */
  const locales = async (language: "ja" | "en"): Promise<NodeJS.ProcessEnv> => {
    const name = language === "ja" ? "ja_JP" : "en_US";
    const made = join(folder, `${name}.UTF-8`);
    if (!existsSync(made)) await promisify(execFile)("localedef", ["-i", name, "-f", "UTF-8", made]);
    return { LOCPATH: folder, LC_ALL: `${name}.UTF-8` };
  };
  return {
    async newSession({ language = "ja", device = "computer" } = {}): Promise<Session> {
      // Its window does not become narrower than 447 px.
      const { width, height } = device === "phone" ? phone : screen;
      const args = device === "phone" ? [`--user-agent=${phone.userAgent}`] : [];
      // A driver has one session, and each session's browser keeps nothing.
      const driver = await WebDriver.start(
        "WebKitWebDriver",
        (port) => [`--port=${port}`],
        {
          ...process.env,
          DISPLAY: display,
          ...(await locales(language)),
          // There is nobody to read the screen aloud to.
          NO_AT_BRIDGE: "1",
        },
        {
          acceptInsecureCerts: true,
          // After a step back to another site the driver waits for a load that has ended long ago, and so for ever.
          pageLoadStrategy: "none",
          timeouts: { implicit: 0, pageLoad: patience, script: patience },
          "webkitgtk:browserOptions": { binary: miniBrowser, args: ["--automation", ...args] },
        },
      );
      let first = true;
      return {
        async openTab() {
          if (first) {
            first = false;
            const handle = (await driver.get("/window")) as string;
            await driver.post("/window/rect", { width, height, x: 0, y: 0 });
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
      await rm(folder, { recursive: true });
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

  open = (url: string) => this.#leave("/url", { url });
  reload = () => this.#leave("/refresh");
  back = () => this.#leave("/back");
  forward = () => this.#leave("/forward");

  async url(): Promise<string> {
    const driver = await this.#here();
    // Of the page that is there: the driver itself names the one that is on its way.
    return (await this.#again(() => driver.run("return location.href"))) as string;
  }

  click = (selector: string) => this.#with(selector, (driver, element) => driver.post(`${element}/click`));

  type = (selector: string, text: string) =>
    this.#with(selector, (driver, element) => driver.post(`${element}/value`, { text }));

  async press(keys: string): Promise<void> {
    const driver = await this.#here();
    const typed = keyNames.has(keys) ? [keyCodes[keys] ?? keys] : [...keys];
    const actions = typed.flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    await driver.post("/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  async focused(): Promise<string> {
    const driver = await this.#here();
    return (await this.#again(() => driver.run(`return (${describeFocus})()`))) as string;
  }

  async hide(): Promise<void> {
    await (await this.#here()).post("/window/minimize");
  }

  async show(): Promise<void> {
    await (await this.#here()).post("/window/rect", { ...screen, x: 0, y: 0 });
  }

  async isHidden(): Promise<boolean> {
    return (await (await this.#here()).run("return document.hidden")) as boolean;
  }

  text = (selector: string) =>
    this.#with<string>(selector, (driver, element) => driver.read(`${element}/text`));

  attribute = (selector: string, name: string) =>
    this.#with<string | null>(selector, (driver, element) => driver.read(`${element}/attribute/${name}`));

  reveal = (selector: string) => this.#with(selector, (driver, element) => driver.reveal(element));

  async has(selector: string): Promise<boolean> {
    const driver = await this.#here();
    return (await this.#again(() => driver.count(selector))) > 0;
  }

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

  /** Done when another document than before is complete. */
  async #leave(command: string, body?: object): Promise<void> {
    const driver = await this.#here();
    const ask = async (): Promise<readonly [born: number, state: string]> =>
      (await driver.run("return [performance.timeOrigin, document.readyState]")) as [number, string];
    const [before] = await ask();
    await driver.post(command, body);
    await this.#again(async () => {
      const [born, state] = await ask();
      if (born === before || state !== "complete")
        throw new WebDriverError("timeout", `${command} did not end`);
    });
  }

  /** The session's one driver, turned to this tab. */
  async #here(): Promise<WebDriver> {
    await this.#driver.post("/window", { handle: this.#handle });
    return this.#driver;
  }

  async #with<T = void>(
    selector: string,
    act: (driver: WebDriver, element: string) => Promise<unknown>,
  ): Promise<T> {
    const driver = await this.#here();
    return this.#again(async () => {
      // What is pressed while styles arrive is pressed where it was.
      const state = await driver.run("return document.readyState");
      if (state !== "complete") throw new WebDriverError("timeout", `the page with ${selector} is ${state}`);
      return (await act(driver, await driver.find(selector))) as T;
    });
  }

  /** Tries until it succeeds; a page may leave while its element is in hand. */
  async #again<T>(attempt: () => Promise<T>): Promise<T> {
    for (const start = performance.now(); ; await wait(50)) {
      try {
        return await attempt();
      } catch (error) {
        const isEarly = error instanceof WebDriverError && early.has(error.error);
        if (!isEarly || performance.now() - start > patience) throw error;
      }
    }
  }
}

/** Of WebDriver's own, for keys without a character. */
const keyCodes: Readonly<Record<string, string>> = { Tab: "\uE004", Enter: "\uE007", Space: " " };

/** What the protocol says while a page is still on its way. */
const early: ReadonlySet<string> = new Set([
  "no such element",
  "stale element reference",
  "no such window",
  "no such frame",
  "element not interactable",
  "javascript error",
  "timeout",
]);
