// A page for each job.
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import type { Environment, Missing } from "./environment.ts";
import { servePages } from "./page-server.ts";

/** Unlike in the tests, every page has a renderer of its own. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.HONNIN_CHROMIUM as string,
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
  });

export const missing: Missing | undefined = existsSync(process.env.HONNIN_CHROMIUM ?? "")
  ? undefined
  : { name: "Chromium", reason: "not installed: install Chromium, or name yours in HONNIN_CHROMIUM" };

export async function openChromium(): Promise<Environment | Missing> {
  if (missing) return missing;
  const [browser, server] = await Promise.all([launch(), servePages()]);
  return {
    name: "Chromium",
    version: browser.version(),
    async run(job, fixture, plan) {
      const context = await browser.newContext();
      try {
        const page = await context.newPage();
        await page.goto(server.origin);
        return await page.evaluate(
          async ([job, fixture, plan, script]) => (await import(script)).runHere(job, fixture, plan),
          [job, fixture, plan, `${server.origin}/bench/browser.js`] as const,
        );
      } finally {
        await context.close();
      }
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
