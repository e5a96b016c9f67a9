// What each recipe is tried with: from a protected page to the login at the emulator, back to the page, and out again.
import assert from "node:assert/strict";
import type { Emulator } from "@honnin/emulator";
import { UserAgent } from "../support/user-agent.ts";

export interface Site {
  readonly emulator: Emulator;
  readonly origin: string;
}

/** Opens the protected page, and goes to where the user is asked. */
async function toCard(agent: UserAgent, { emulator, origin }: Site): Promise<string> {
  const card = await agent.get(`${origin}/account`);
  assert.ok(card.url.startsWith(emulator.origin), card.url);
  return card.url;
}

function assertAccount(page: { readonly url: string; readonly text: string }, { origin }: Site): void {
  assert.equal(page.url, `${origin}/account`);
  const { sub } = JSON.parse(page.text) as { sub: string };
  assert.match(sub, /^[\x21-\x7e]{8,255}$/);
}

/** A browser in which somebody has logged in. */
export async function logIn(site: Site): Promise<UserAgent> {
  const agent = new UserAgent();
  const card = await toCard(agent, site);
  assertAccount(await agent.post(card, { response: "normal", person: "ordinary" }), site);
  return agent;
}

export async function logInAndOut(site: Site): Promise<void> {
  const agent = await logIn(site);
  const left = await agent.send(`${site.origin}/auth/logout?return_to=/`, { method: "POST" });
  assert.equal(left.status, 303);
  assert.equal((await agent.send(`${site.origin}/account`, { method: "GET" })).status, 303);
}

/** The address of the callback, which this browser has not opened yet. */
async function toCallback(agent: UserAgent, site: Site): Promise<string> {
  let response = await agent.send(await toCard(agent, site), {
    method: "POST",
    body: new URLSearchParams({ response: "normal", person: "ordinary" }),
  });
  for (let hops = 0; hops < 10; hops += 1) {
    const url = new URL(response.headers.get("location") ?? "", response.url || site.emulator.origin).href;
    if (url.startsWith(site.origin)) return url;
    response = await agent.send(url, { method: "GET" });
  }
  throw new Error("no callback after 10 redirects");
}

/** The names of the cookies of the callback's response, without what differs between clients and logins. */
export async function cookiesOfCallback(
  site: Site,
  change: (url: URL) => void = () => {},
): Promise<string[]> {
  const agent = new UserAgent();
  const url = new URL(await toCallback(agent, site));
  change(url);
  const response = await agent.send(url.href, { method: "GET" });
  assert.equal(response.status, 303);
  assert.equal(new URL(response.headers.get("location") ?? "", site.origin).href, `${site.origin}/account`);
  return response.headers
    .getSetCookie()
    .map((line) => /^honnin-[a-z]+/.exec(line)?.[0] ?? line)
    .sort();
}

/** A user who types 127.0.0.1 is led to the site's own origin before the login begins. */
export async function logInFrom127001(site: Site): Promise<void> {
  const agent = new UserAgent();
  const { port } = new URL(site.origin);
  const card = await agent.get(`http://127.0.0.1:${port}/account`);
  assert.ok(card.url.startsWith(site.emulator.origin), card.url);
  assertAccount(await agent.post(card.url, { response: "normal", person: "ordinary" }), site);
}
