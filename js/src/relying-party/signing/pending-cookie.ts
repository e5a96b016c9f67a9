import type { Cookie } from "../http/cookies.js";
import type { Exchange } from "../http/exchange.js";
import {
  clearCookie,
  digestOf,
  nameOf,
  setTabCookie,
  type TabCookies,
  tabCookies,
} from "../http/tab-cookies.js";
import type { Setup } from "../options/read-options.js";
import type { SigningSetup } from "../options/signing-options.js";
import { deleteRecord, findRecord, hasSeen, type SignatureRecord } from "./record.js";

/** Room for four; the session and logins under way need the rest of the header. */
const signatures: TabCookies = { name: "honnin-signature", most: 4, mostBytes: 1_024 };

/** What tells one signature of a browser from another in an address; says nothing without the cookie. */
export function resumeHint(id: string): Promise<string> {
  return digestOf(id);
}

/** The id of the record that belongs to this browser: the one with this hint, or the one begun last. */
export async function pendingId(
  setup: Setup,
  signing: SigningSetup,
  request: Request,
  hint: string | undefined,
): Promise<string | undefined> {
  const cookies = tabCookies(signatures, setup, request);
  const cookie = hint === undefined ? cookies[0] : cookies.find(({ name }) => name.endsWith(`-${hint}`));
  // Two of one name: one of them was planted, and nothing says which.
  if (cookie === undefined || cookies.filter(({ name }) => name === cookie.name).length > 1) return undefined;
  return openId(signing, cookie);
}

/**
 * Offers a way on where a callback finds no login's cookie that is good, as a page that is loaded anew: with the signature that has
 * seen this state, or the one begun last. Nothing else depends on the state.
 */
export async function offerResumption(setup: Setup, exchange: Exchange, state: string): Promise<void> {
  const { signing } = setup;
  if (signing === undefined) return;
  const digest = await digestOf(state);
  const cookies = tabCookies(signatures, setup, exchange.request).slice(0, signatures.most);
  const ids = await Promise.all(cookies.map((cookie) => openId(signing, cookie)));
  const records = await Promise.all(
    ids.map((id) => (id === undefined ? undefined : findRecord(setup, signing, id).catch(() => undefined))),
  );
  const there = records.filter((record) => record !== undefined);
  const record = there.find((one) => hasSeen(one, digest)) ?? there[0];
  if (record !== undefined) exchange.resumeHint = await resumeHint(record.id);
}

/** Binds a record to this browser, from which alone it can be gone on with. */
export async function remember(
  setup: Setup,
  signing: SigningSetup,
  exchange: Exchange,
  { id, transaction }: SignatureRecord,
): Promise<void> {
  const name = await nameOf(signatures, setup, id, transaction.startedAt);
  const value = await signing.pendingSealer.seal({ id });
  // Each of the stages may take a lifetime, and the answer that would say so may get lost on its way to the browser.
  const cookie = { name, value, maxAge: 3 * signing.lifetime };
  exchange.cookies.push(...setTabCookie(signatures, setup, exchange.request, cookie));
}

/** The record is done. */
export async function forget(setup: Setup, exchange: Exchange, id: string): Promise<void> {
  const suffix = `-${await digestOf(id)}`;
  const cookie = tabCookies(signatures, setup, exchange.request).find(({ name }) => name.endsWith(suffix));
  if (cookie !== undefined) exchange.cookies.push(clearCookie(setup, cookie));
}

/**
 * Ends the signatures of this browser: whoever uses it from now on may be another person. As many as a browser has of ours; more of
 * them cost nothing.
 *
 * @param sub the person who is known to use it; what this very person has signed stays
 * @returns `Set-Cookie` headers
 */
export async function forgetAll(setup: Setup, request: Request, sub?: string): Promise<string[]> {
  const { signing } = setup;
  if (signing === undefined) return [];
  const cookies = new Map(tabCookies(signatures, setup, request).map((cookie) => [cookie.name, cookie]));
  const ended: string[] = [];
  for (const cookie of [...cookies.values()].slice(0, signatures.most)) {
    const id = await openId(signing, cookie);
    if (id !== undefined && sub !== undefined && (await isSignedBy(setup, signing, id, sub))) continue;
    ended.push(clearCookie(setup, cookie));
    if (id !== undefined) await deleteRecord(signing, id);
  }
  return ended;
}

/** Of a signature that has only been started, nobody knows whose it is. */
async function isSignedBy(setup: Setup, signing: SigningSetup, id: string, sub: string): Promise<boolean> {
  const record = await findRecord(setup, signing, id).catch(() => undefined);
  return record !== undefined && record.stage !== "started" && record.sub === sub;
}

async function openId({ pendingSealer }: SigningSetup, { value }: Cookie): Promise<string | undefined> {
  const opened = await pendingSealer.open(value);
  const id: unknown = typeof opened === "object" && opened !== null ? Reflect.get(opened, "id") : undefined;
  return typeof id === "string" ? id : undefined;
}
