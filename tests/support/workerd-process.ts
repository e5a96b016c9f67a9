// workerd with a configuration of the test's own, in a folder of its own, to be killed and started again.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import workerd from "workerd";

export interface WorkerdProcess {
  readonly pid: number;
  /** By the name of the socket. */
  readonly ports: ReadonlyMap<string, number>;
  /** Ends it without any chance to write. */
  kill(): Promise<void>;
}

/**
 * @param sockets their names in the configuration
 * @param isQuiet whether to hide what it writes about each connection that a client cuts
 */
export async function startWorkerdProcess(
  folder: string,
  config: string,
  sockets: readonly string[],
  isQuiet = false,
): Promise<WorkerdProcess> {
  await writeFile(join(folder, "config.capnp"), config);
  const child = spawn(workerd.default, ["serve", "config.capnp", "--control-fd=3"], {
    cwd: folder,
    stdio: ["ignore", "inherit", isQuiet ? "ignore" : "inherit", "pipe"],
  });
  const ports = await portsIn(child.stdio[3] as Readable, sockets);
  return { pid: child.pid ?? 0, ports, kill: () => kill(child) };
}

/** Workerd names each port that it listens on in a line of JSON. */
async function portsIn(control: Readable, sockets: readonly string[]): Promise<Map<string, number>> {
  const ports = new Map<string, number>();
  for await (const line of createInterface({ input: control })) {
    const { event, socket, port } = JSON.parse(line) as { event: string; socket: string; port: number };
    if (event === "listen") ports.set(socket, port);
    if (!sockets.every((name) => ports.has(name))) continue;
    control.resume();
    return ports;
  }
  throw new Error("workerd ended before it listened");
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
