import { cookiePrefix, readCookies, setCookie } from "../cookies.js";
import type { Exchange } from "../exchange.js";
import type { Setup } from "../options.js";
import type { SigningSetup } from "./setup.js";

/** Signatures under way in one browser, one a tab; more than these are a mistake. */
const MAX_PENDING = 4;

/** What tells one signature of a browser from another in an address; says nothing without the cookie. */
export function resumeHint(id: string): string {
  return id.slice(0, 8);
}

/** The ids of the records that belong to this browser, the last one first. */
export async function pendingIds(setup: Setup, signing: SigningSetup, request: Request): Promise<string[]> {
  const [cookie, double] = readCookies(request).filter(({ name }) => name === cookieName(setup));
  // Two of one name: one of them was planted, and nothing says which.
  if (cookie === undefined || double !== undefined) return [];
  const opened = await signing.pendingSealer.open(cookie.value);
  const ids: unknown = typeof opened === "object" && opened !== null ? Reflect.get(opened, "ids") : undefined;
  return Array.isArray(ids) && ids.every((id) => typeof id === "string") ? ids : [];
}

/** Binds a record to this browser, from which alone it can be gone on with. */
export async function remember(
  setup: Setup,
  signing: SigningSetup,
  exchange: Exchange,
  id: string,
): Promise<void> {
  const others = (await pendingIds(setup, signing, exchange.request)).filter((other) => other !== id);
  exchange.cookies.push(await pendingCookie(setup, signing, [id, ...others].slice(0, MAX_PENDING)));
}

/** The record is done. */
export async function forget(
  setup: Setup,
  signing: SigningSetup,
  exchange: Exchange,
  id: string,
): Promise<void> {
  const others = (await pendingIds(setup, signing, exchange.request)).filter((other) => other !== id);
  exchange.cookies.push(await pendingCookie(setup, signing, others));
}

async function pendingCookie(setup: Setup, signing: SigningSetup, ids: readonly string[]): Promise<string> {
  const name = cookieName(setup);
  const { secure } = setup;
  if (ids.length === 0) return setCookie({ name, value: "", maxAge: 0, secure });
  const value = await signing.pendingSealer.seal({ ids });
  // Each of the stages may take a lifetime, and the answer that would say so may get lost on its way to the browser.
  return setCookie({ name, value, maxAge: 3 * signing.lifetime, secure });
}

function cookieName({ secure }: Setup): string {
  return `${cookiePrefix(secure)}honnin-signature`;
}
