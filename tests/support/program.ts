// A program in TypeScript as a process of its own, which says in its first line where it is.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface Program {
  readonly pid: number;
  /** Its first line. */
  readonly line: string;
  /** Ends it without any chance to do anything more. */
  kill(): Promise<void>;
}

/** @param flags of Node */
export async function startProgram(
  file: string,
  args: readonly string[],
  flags: readonly string[] = [],
): Promise<Program> {
  const child = spawn(process.execPath, [...flags, "--import", "tsx", file, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, "line"),
    once(child, "exit").then(() => {
      throw new Error(`${file} ended before it was ready`);
    }),
  ]);
  return { pid: child.pid ?? 0, line: String(line), kill: () => kill(child) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
