// Asks a server for the six things, and opens pages.
import type { Browser } from "../browsers/browser.ts";
import * as chromium from "../browsers/chromium.ts";

/** The six things of a server, and the login route as a browser asks for it. */
export async function ask(address: string, loginAddress = new URL("/auth/login", address).href) {
  const response = await fetch(address);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${address} answered ${response.status}: ${text.slice(0, 300)}`);
  const { status, headers } = await fetch(loginAddress, { redirect: "manual" });
  const login = { status, location: headers.get("location"), cookies: headers.getSetCookie() };
  return { ...JSON.parse(text), login };
}

/** What a page shows as its outcome. */
export async function visit(address: string, launch = chromium.launch): Promise<unknown> {
  const browser: Browser = await launch();
  try {
    const session = await browser.newSession();
    const tab = await session.openTab();
    await tab.open(address);
    const text = await tab.text("#outcome");
    await session.close();
    return JSON.parse(text);
  } finally {
    await browser.close();
  }
}
