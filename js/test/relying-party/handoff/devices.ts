// A computer and phones of one site with handoffs, and the steps of their users.
import assert from "node:assert/strict";
import type { Login, RelyingParty, RelyingPartyOptions, Store } from "../../../src/relying-party/index.js";
import { memoryStore } from "../../../src/relying-party/index.js";
import { Browser } from "../browser.js";
import { site, type World } from "../setup.js";

export const base = `${site}/auth/handoff`;
/** What browsers send with a `fetch` of the site's own page. */
export const fetched = { origin: site, "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" };
/** What browsers send with a form of a page that sends no referrer. */
export const navigated = {
  origin: "null",
  "sec-fetch-site": "same-origin",
  "sec-fetch-mode": "navigate",
  "sec-fetch-dest": "document",
};
/** What browsers send when a link of the site's own page is followed. */
export const followed = {
  "sec-fetch-site": "same-origin",
  "sec-fetch-mode": "navigate",
  "sec-fetch-dest": "document",
};

export interface Site {
  readonly world: World;
  readonly store: Store;
  readonly logins: Login[];
  /** Codes of `onError`, in order. */
  readonly codes: string[];
  readonly party: RelyingParty;
  browser(): Browser;
}

export function openSite(world: World, overrides: Partial<RelyingPartyOptions> = {}): Site {
  const logins: Login[] = [];
  const codes: string[] = [];
  const store = overrides.store ?? memoryStore({ now: () => world.now });
  const { party } = world.party({
    store,
    handoff: true,
    onLogin: (login) => {
      logins.push(login);
    },
    onError: ({ code }) => {
      codes.push(code);
    },
    ...overrides,
  });
  return { world, store, logins, codes, party, browser: () => new Browser(party) };
}

export function post(browser: Browser, path: string, body: unknown): Promise<Response> {
  return browser.send(base + path, {
    method: "POST",
    headers: { ...fetched, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** Sends a form of the phone's page, or of the computer's. */
export function submit(
  browser: Browser,
  path: string,
  fields: Record<string, string> = {},
): Promise<Response> {
  return browser.send(base + path, { method: "POST", headers: navigated, body: new URLSearchParams(fields) });
}

export function follow(browser: Browser, path: string): Promise<Response> {
  return browser.send(base + path, { headers: followed });
}

/** Shows a code on the computer. */
export async function show(pc: Browser, body: object = {}): Promise<string> {
  const response = await post(pc, "", body);
  assert.equal(response.status, 201);
  return ((await response.json()) as { url: string }).url;
}

export const secretOf = (url: string) => url.slice(url.lastIndexOf("/") + 1);

/** Scans the code and sends the form. */
export async function scan(phone: Browser, url: string): Promise<Response> {
  const page = await phone.send(url);
  assert.equal(page.status, 200);
  const [, secret = ""] = /name="secret" value="([^"]+)"/.exec(await page.text()) ?? [];
  return submit(phone, "/scan", { secret });
}

/** The number on the phone's page. */
export async function numberOn(phone: Browser): Promise<string> {
  const page = await phone.send(`${base}/phone`);
  assert.equal(page.status, 200);
  const [, number] = /<p class="number" translate="no">(\d{6})<\/p>/.exec(await page.text()) ?? [];
  assert.ok(number);
  return number;
}

export function type(pc: Browser, number: string): Promise<Response> {
  return post(pc, "/number", { number });
}

export const otherThan = (number: string) => (number === "000000" ? "000001" : "000000");

/** The phone goes to the service, and the user consents there. Where the service leads the phone. */
export async function authorize({ provider }: World, phone: Browser): Promise<URL> {
  const response = await follow(phone, "/authorize");
  assert.equal(response.status, 303);
  return provider.authorize(response.headers.get("location") ?? "");
}

export async function stateOf(
  pc: Browser,
): Promise<{ state?: string; expiresIn?: number; triesLeft?: number; code?: string; error?: string }> {
  return (await pc.send(`${base}/state`, { headers: fetched })).json() as never;
}

export const errorOf = async (response: Response) =>
  ((await response.clone().json()) as { error?: string }).error;

/** The steps that a handoff goes through, each from where the one before it ended. */
export const ways = ["waiting", "scanned", "numbered", "authorizing", "done", "claimed"] as const;
export type Way = (typeof ways)[number];

export interface Pair {
  readonly pc: Browser;
  readonly phone: Browser;
  readonly url: string;
  readonly number: string;
  /** Where the service leads the phone, once it is there. */
  readonly callback: URL | undefined;
}

/** A computer and a phone whose handoff is in this state. */
export async function reach(opened: Site, state: Way, body: object = {}): Promise<Pair> {
  const [pc, phone] = [opened.browser(), opened.browser()];
  const at = ways.indexOf(state);
  const url = await show(pc, body);
  let number = "";
  let callback: URL | undefined;
  if (at >= 1) {
    assert.equal((await scan(phone, url)).headers.get("location"), `${base}/phone`);
    number = await numberOn(phone);
  }
  if (at >= 2) assert.equal((await type(pc, number)).status, 200);
  if (at >= 3) callback = await authorize(opened.world, phone);
  if (at >= 4) assert.equal((await phone.send(callback ?? "")).headers.get("location"), `${base}/phone`);
  if (at >= 5) assert.equal((await submit(pc, "/claim")).status, 303);
  return { pc, phone, url, number, callback };
}
