// A server process that is killed now and then, and started again.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./server.ts", import.meta.url));

/** What a caller knows: the reply, or nothing if the process ended before it replied. */
export type Outcome = boolean | "unknown";

export class ServerProcess {
  readonly #socket: string;
  /** Whether Redis still has a connection of this name. */
  readonly #isConnected: (name: string) => Promise<boolean>;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  #child: ChildProcess | undefined;
  #port = 0;
  /** Settles when the process runs, and nothing of an earlier one is on its way to Redis. */
  ready: Promise<void> = Promise.resolve();

  constructor(socket: string, isConnected: (name: string) => Promise<boolean>) {
    this.#socket = socket;
    this.#isConnected = isConnected;
    this.ready = this.#start();
  }

  async #start(): Promise<void> {
    const child = spawn(process.execPath, ["--import", "tsx", program, this.#socket], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#child = child;
    const [port] = await Promise.race([
      once(child.stdout, "data"),
      once(child, "exit").then(() => {
        throw new Error("the server did not start");
      }),
    ]);
    this.#port = Number(String(port));
  }

  /** Kills it in the middle of its work, and starts another one. */
  async restart(): Promise<void> {
    // One after the other: a process that is just starting is not killed.
    this.ready = this.ready.then(() => this.stop()).then(() => this.#start());
    await this.ready;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    // Redis closes the connection after it has executed what was sent on it.
    while (await this.#isConnected(`server-${child.pid}`)) await setImmediate();
  }

  async call(call: string, ...given: unknown[]): Promise<Outcome> {
    try {
      const sent = request({ port: this.#port, method: "POST", agent: this.#agent });
      sent.end(JSON.stringify({ call, given }));
      const [response] = await once(sent, "response");
      return JSON.parse(await text(response)) as boolean;
    } catch {
      return "unknown";
    }
  }

  close(): Promise<void> {
    this.#agent.destroy();
    return this.stop();
  }
}
