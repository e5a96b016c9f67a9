// The demo as a newcomer starts it: the command itself, in a process group of its own as at a terminal.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { root } from "../support/paths.ts";

export interface StartedDemo {
  /** What the command told the person to open. */
  readonly url: string;
  /** The emulator's address, as it was told. */
  readonly emulator: string;
  /** Every line it has said so far. */
  readonly output: readonly string[];
  /** Ctrl-C; done when the last process has let go of the terminal. */
  stop(): Promise<void>;
}

export async function npmStart(): Promise<StartedDemo> {
  const child = spawn("npm", ["start"], { cwd: root, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const output: string[] = [];
  const ended = once(child, "close");
  const url = await new Promise<string>((resolve, reject) => {
    const take = (line: string) => {
      output.push(line);
      const found = /^Open {2}(http:\S+)$/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    };
    createInterface({ input: child.stdout }).on("line", take);
    createInterface({ input: child.stderr }).on("line", take);
    child.on("error", reject);
    child.on("exit", () => reject(new Error(`npm start ended before it named a URL:\n${output.join("\n")}`)));
  });
  return {
    url,
    emulator: /^ {2}emulator +(\S+)$/m.exec(output.join("\n"))?.[1] ?? "",
    output,
    async stop() {
      // The whole group, as a terminal does it.
      process.kill(-(child.pid as number), "SIGINT");
      await ended;
    },
  };
}
