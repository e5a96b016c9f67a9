// How much memory the process of a page takes, as the kernel counts it (Linux).
import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";

interface ProcessInfo {
  readonly id: number;
  readonly type: string;
}

export interface MemoryWatch {
  /** Ends the watch. @returns the most that any renderer held for itself at once, in bytes */
  stop(): Promise<number>;
}

/** Private memory: what would be free if the process ended. What it shares with other processes does not count. */
function privateBytes(pid: number): number {
  try {
    const sizes = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").matchAll(/^Private_\w+: +(\d+) kB$/gm);
    return [...sizes].reduce((sum, [, size]) => sum + Number(size) * 1024, 0);
  } catch {
    // It has ended.
    return 0;
  }
}

/** Looks at every renderer of the browser again and again until stopped. */
export async function watchRenderers(browser: Browser, everyMilliseconds = 50): Promise<MemoryWatch> {
  const session = await browser.newBrowserCDPSession();
  let most = 0;
  const look = async () => {
    const { processInfo } = (await session.send("SystemInfo.getProcessInfo")) as {
      processInfo: ProcessInfo[];
    };
    for (const { id, type } of processInfo) {
      if (type === "renderer") most = Math.max(most, privateBytes(id));
    }
  };
  await look();
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    // On a slow machine, a look takes longer than until the next one.
    looking ??= look()
      .catch(() => undefined)
      .finally(() => {
        looking = undefined;
      });
  }, everyMilliseconds);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      await session.detach();
      return most;
    },
  };
}
