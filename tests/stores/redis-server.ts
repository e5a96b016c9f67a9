// A Redis of the test's own, in memory only, on a socket in a folder of its own: no port to choose.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const program = process.env.HONNIN_REDIS ?? "";

/** The reason to skip tests without a Redis. A machine that is to run everything must not be without. */
export const skip =
  program === "" && process.env.CI !== "true" && "HONNIN_REDIS does not say where redis-server is";

export class RedisServer {
  readonly #folder: string;
  #child: ChildProcess | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async start(): Promise<RedisServer> {
    assert.notEqual(program, "", "HONNIN_REDIS is not set");
    const server = new RedisServer(await mkdtemp(join(tmpdir(), "honnin-redis-")));
    await server.again();
    return server;
  }

  get socket(): string {
    return join(this.#folder, "redis.sock");
  }

  /** Starts it on the same socket, without what was in it. */
  async again(): Promise<void> {
    const child = spawn(
      program,
      ["--port", "0", "--unixsocket", this.socket, "--save", "", "--appendonly", "no", "--daemonize", "no"],
      { cwd: this.#folder, stdio: ["ignore", "pipe", "inherit"] },
    );
    this.#child = child;
    for await (const line of createInterface({ input: child.stdout })) {
      if (!/ready to accept connections/i.test(line)) continue;
      child.stdout.resume();
      return;
    }
    throw new Error("redis-server ended before it was ready");
  }

  /** It takes commands and executes none, until it is killed. */
  freeze(): void {
    this.#child?.kill("SIGSTOP");
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true });
  }
}
