// A page for each job, where Firefox is installed.
import { existsSync } from "node:fs";
import puppeteer from "puppeteer-core";
import type { Environment, Missing } from "./environment.ts";
import { servePages } from "./page-server.ts";

const path = process.env.HONNIN_FIREFOX || "/usr/bin/firefox-esr";
/** Milliseconds that a job may take. */
const patience = 1_800_000;

export async function openFirefox(): Promise<Environment | Missing> {
  if (!existsSync(path))
    return { name: "Firefox", reason: "not installed: install Firefox ESR, or name yours in HONNIN_FIREFOX" };
  const [browser, server] = await Promise.all([
    puppeteer.launch({
      browser: "firefox",
      executablePath: path,
      headless: true,
      protocolTimeout: patience,
      // To a twentieth of a millisecond; rounds are 20 ms.
      extraPrefsFirefox: { "privacy.reduceTimerPrecision": false },
    }),
    servePages(),
  ]);
  return {
    name: "Firefox",
    version: (await browser.version()).replace(/^.*\//, ""),
    async run(job, fixture, plan) {
      const page = await browser.newPage();
      try {
        await page.goto(server.origin);
        return await page.evaluate(
          async (job, fixture, plan, script) => (await import(script)).runHere(job, fixture, plan),
          ...([job, fixture, plan, `${server.origin}/bench/browser.js`] as const),
        );
      } finally {
        await page.close();
      }
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
