// The Chromium under test: the one that `npm test` found or installed.
import { type Browser, chromium } from "playwright-core";

/** @param args flags of a test's own */
export function launchChromium(...args: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.HONNIN_CHROMIUM || "/usr/bin/chromium",
    // Root has no sandbox in a container; the other flags keep the browser from looking for its maker's hosts.
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      // One renderer for all pages takes a tenth less time; `npm run test:full` leaves the browser as it is.
      ...(process.env.HONNIN_FULL === "1" ? [] : ["--renderer-process-limit=1"]),
      ...args,
    ],
  });
}
