// A site in another language, as a program of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Site, SiteSettings } from "./site.js";

/** How long a program may take until it says its port. */
const START_SECONDS = 60;

/** Starts a program that reads its settings from SITE and says its port in its first line. */
export async function processSite(
  command: readonly [program: string, ...args: string[]],
  settings: SiteSettings & Readonly<Record<string, unknown>>,
): Promise<Site> {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    env: { ...process.env, SITE: JSON.stringify(settings) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-4_000);
  });
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${program} ${why}: ${errors}`));
    const timer = setTimeout(() => fail("did not start"), START_SECONDS * 1000);
    lines.once("line", (text) => {
      clearTimeout(timer);
      resolve(text);
    });
    child.once("error", (error) => fail(error.message));
    child.once("exit", () => fail("ended"));
  }).catch((error: unknown) => {
    child.kill();
    throw error;
  });
  const { port } = JSON.parse(line) as { port: number };
  const origin = `http://localhost:${port}`;
  return {
    origin,
    redirectUri: `${origin}/callback`,
    login: `${origin}/login`,
    async close() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}
