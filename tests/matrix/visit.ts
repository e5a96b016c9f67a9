// Asks a server for the six things, and opens pages.
import type { Browser, Session } from "../browsers/browser.ts";
import * as chromium from "../browsers/chromium.ts";
import { serveStatic } from "../support/static-server.ts";
import type { Project } from "./project.ts";

/** Servers for development compile what is asked for. */
const request = (address: string) =>
  fetch(address, { redirect: "manual", signal: AbortSignal.timeout(180_000) });

/** What a server answers as JSON. */
export async function read(address: string): Promise<object> {
  const response = await request(address);
  const text = await response.text();
  if (response.status !== 200)
    throw new Error(`${address} answered ${response.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

/** The six things of a server, and the login route as a browser asks for it. */
export async function ask(address: string, loginAddress = new URL("/auth/login", address).href) {
  const things = await read(address);
  const { status, headers } = await request(loginAddress);
  const login = { status, location: headers.get("location"), cookies: headers.getSetCookie() };
  return { ...things, login };
}

/** What a page shows as its outcome. Tried again for a while: a server for development may reload the page, or be slow. */
export async function visitIn(browser: Browser, address: string): Promise<unknown> {
  for (const begin = performance.now(); ; ) {
    let session: Session | undefined;
    try {
      session = await browser.newSession();
      const tab = await session.openTab();
      await tab.open(address);
      return JSON.parse(await tab.text("#outcome"));
    } catch (error) {
      if (performance.now() - begin > 240_000) throw error;
    } finally {
      await session?.close();
    }
  }
}

/** The same in a Chromium of its own. */
export async function visit(address: string): Promise<unknown> {
  await request(address);
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
