// Asks a server for the six things, and opens pages.
import type { Browser } from "../browsers/browser.ts";
import * as chromium from "../browsers/chromium.ts";
import { serveStatic } from "../support/static-server.ts";
import type { Project } from "./project.ts";

/** What a server answers as JSON. */
export async function read(address: string): Promise<object> {
  const response = await fetch(address);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${address} answered ${response.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

/** The six things of a server, and the login route as a browser asks for it. */
export async function ask(address: string, loginAddress = new URL("/auth/login", address).href) {
  const things = await read(address);
  const { status, headers } = await fetch(loginAddress, { redirect: "manual" });
  const login = { status, location: headers.get("location"), cookies: headers.getSetCookie() };
  return { ...things, login };
}

/** What a page shows as its outcome. */
export async function visitIn(browser: Browser, address: string): Promise<unknown> {
  const session = await browser.newSession();
  try {
    const tab = await session.openTab();
    await tab.open(address);
    return JSON.parse(await tab.text("#outcome"));
  } finally {
    await session.close();
  }
}

/** The same in a Chromium of its own. */
export async function visit(address: string): Promise<unknown> {
  const browser = await chromium.launch();
  try {
    return await visitIn(browser, address);
  } finally {
    await browser.close();
  }
}

/** What the page of a folder shows, from a server of files. */
export async function visitFolder(project: Project, ...folder: readonly string[]): Promise<unknown> {
  const server = await serveStatic({ site: project.at(...folder) });
  try {
    return await visit(`${server.origin}/site/index.html`);
  } finally {
    await server.close();
  }
}
