// Runs the programs of a project: to their end, or until nobody needs them.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";

export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Milliseconds for a program that ends by itself, and for a server to take connections. */
const limits = { end: 900_000, answer: 300_000 };
const tail = (text: string) => stripVTControlCharacters(text).slice(-3000);

function start(program: string, args: readonly string[], { cwd, env }: RunOptions) {
  // A group of its own: build tools start others, which have to end with them.
  const child = spawn(program, args, {
    cwd,
    env: env ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  // Who waits for its end hears of it; it has no process ID then.
  child.on("error", () => running.delete(child));
  const said = { out: "", all: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
    said.all += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.all += text;
  });
  return { child, said };
}

const running = new Set<ChildProcess>();
// Groups of their own do not get the signals of a terminal.
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    for (const child of running) kill(child);
    process.exit(1);
  });

function kill(child: ChildProcess) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}

/** @returns what it wrote to its standard output */
export async function run(program: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { child, said } = start(program, args, options);
  const timer = setTimeout(() => kill(child), limits.end);
  try {
    const [code, signal] = await once(child, "close");
    if (code === 0) return said.out;
    throw new Error(`${[program, ...args].join(" ")} ended with ${signal ?? code}:\n${tail(said.all)}`);
  } finally {
    clearTimeout(timer);
    kill(child);
  }
}

/** Runs a server while `use` needs it. It is there when its port takes connections; what it compiles first may take longer. */
export async function serve<T>(
  program: string,
  args: readonly string[],
  { port, ...options }: RunOptions & { readonly port: number },
  use: () => Promise<T>,
): Promise<T> {
  const { child, said } = start(program, args, options);
  try {
    for (const begin = performance.now(); !(await takesConnections(port)); await wait(100)) {
      if (child.pid === undefined) throw new Error(`${program} was not found.`);
      if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}.`);
      if (performance.now() - begin > limits.answer) throw new Error(`${program} takes no connections.`);
    }
    return await use();
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : cause}\n${tail(said.all)}`, { cause });
  } finally {
    const isRunning = child.pid !== undefined && child.exitCode === null && child.signalCode === null;
    const ended = isRunning ? once(child, "exit") : undefined;
    kill(child);
    await ended;
  }
}

async function takesConnections(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
