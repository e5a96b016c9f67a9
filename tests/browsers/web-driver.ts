// The WebDriver protocol over HTTP (https://www.w3.org/TR/webdriver2/): one program that drives one session.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { patience } from "./browser.ts";

/** What an element is called in messages. */
const elementKey = "element-6066-11e4-a52e-4f735466cecf";

/** Milliseconds in which a page that is there answers. */
const briefly = 3_000;

export class WebDriverError extends Error {
  /** As the protocol names it, such as `no such element`. */
  readonly error: string;

  constructor(error: string, message: string) {
    super(`${error}: ${message}`);
    this.error = error;
  }
}

export class WebDriver {
  readonly #program: ChildProcess;
  readonly #origin: string;
  #session = "";

  private constructor(program: ChildProcess, origin: string) {
    this.#program = program;
    this.#origin = origin;
  }

  /** @param flags for the port that it is to listen on */
  static async start(
    command: string,
    flags: (port: number) => readonly string[],
    env: NodeJS.ProcessEnv,
    capabilities: object,
  ): Promise<WebDriver> {
    const port = await freePort();
    const program = spawn(command, flags(port), { env, stdio: "ignore" });
    const driver = new WebDriver(program, `http://127.0.0.1:${port}`);
    try {
      await driver.#listening();
      const { sessionId } = (await driver.#request("POST", "/session", {
        capabilities: { alwaysMatch: capabilities },
      })) as { sessionId: string };
      driver.#session = `/session/${sessionId}`;
      return driver;
    } catch (error) {
      await driver.#end();
      throw error;
    }
  }

  /** Of a page that may leave at this moment and take the answer with it: whoever asks is to ask again. */
  read(path: string): Promise<unknown> {
    return this.#request("GET", this.#session + path, undefined, briefly);
  }

  get(path: string): Promise<unknown> {
    return this.#request("GET", this.#session + path);
  }

  post(path: string, body: object = {}): Promise<unknown> {
    return this.#request("POST", this.#session + path, body);
  }

  delete(path: string): Promise<unknown> {
    return this.#request("DELETE", this.#session + path);
  }

  /** The path of the first element that the selector finds now; see {@link read}. */
  async find(selector: string): Promise<string> {
    const [found] = await this.#select(selector);
    if (found === undefined) throw new WebDriverError("no such element", selector);
    return `/element/${found[elementKey]}`;
  }

  async count(selector: string): Promise<number> {
    return (await this.#select(selector)).length;
  }

  /** What a script returns, given as the body of a function; see {@link read}. */
  run(script: string): Promise<unknown> {
    return this.#request("POST", `${this.#session}/execute/sync`, { script, args: [] }, briefly);
  }

  /** @param element as {@link find} gives it */
  async reveal(element: string): Promise<void> {
    const script = 'arguments[0].scrollIntoView({ block: "center", behavior: "instant" })';
    const args = [{ [elementKey]: element.split("/").at(-1) }];
    await this.#request("POST", `${this.#session}/execute/sync`, { script, args }, briefly);
  }

  /** By a script, because this driver's own search does not look into shadow trees. */
  async #select(selector: string): Promise<readonly Record<string, string>[]> {
    const steps = JSON.stringify(selector.split(" >>> "));
    const script = `let found = [document];
      for (const step of ${steps}) found = found.flatMap((root) => [...(root.shadowRoot ?? root).querySelectorAll(step)]);
      return found;`;
    return (await this.run(script)) as readonly Record<string, string>[];
  }

  async close(): Promise<void> {
    try {
      await this.delete("");
    } finally {
      await this.#end();
    }
  }

  async #listening(): Promise<void> {
    for (const start = performance.now(); ; await wait(20)) {
      try {
        await this.#request("GET", "/status");
        return;
      } catch (error) {
        if (this.#program.exitCode !== null || performance.now() - start > patience) throw error;
      }
    }
  }

  async #end(): Promise<void> {
    if (this.#program.exitCode !== null || this.#program.signalCode !== null) return;
    const ended = once(this.#program, "exit");
    this.#program.kill();
    await ended;
  }

  async #request(method: string, path: string, body?: object, limit = 1.5 * patience): Promise<unknown> {
    // A driver that hangs must not hang the tests; what it may wait for itself is shorter.
    const signal = AbortSignal.timeout(limit);
    const init = { method, signal, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(this.#origin + path, init).catch((cause) => {
      throw new WebDriverError("timeout", `${method} ${path} was not answered: ${cause.message}`);
    });
    const { value } = (await response.json()) as { value: unknown };
    if (response.ok) return value;
    const { error, message } = value as { error: string; message: string };
    throw new WebDriverError(error, `${message} (${method} ${path})`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
