import { digestOf } from "../digest.js";
import type { Cookie, CookieOwner } from "../http/cookies.js";
import type { Exchange } from "../http/exchange.js";
import { type TabCookieKind, TabCookies } from "../http/tab-cookies.js";
import type { Sealer } from "../storage/sealed.js";
import { hasSeen, type Records, type SignatureRecord } from "./record.js";

/** Room for four; the session and logins under way need the rest of the header. */
const kind: TabCookieKind = { name: "honnin-signature", most: 4, mostBytes: 1_024 };

/** What tells one signature of a browser from another in an address; says nothing without the cookie. */
export function resumeHint(id: string): Promise<string> {
  return digestOf(id);
}

/** What {@link PendingCookies} need. */
export interface PendingCookieOptions {
  readonly owner: CookieOwner;
  readonly sealer: Sealer;
  readonly records: Records;
  /** Seconds that each stage may take. */
  readonly lifetime: number;
}

/** Bind records to the browser, from which alone they can be gone on with: a cookie each. */
export class PendingCookies {
  readonly #options: PendingCookieOptions;
  readonly #cookies: TabCookies;

  constructor(options: PendingCookieOptions) {
    this.#options = options;
    this.#cookies = new TabCookies(kind, options.owner);
  }

  /** The id of the record that belongs to this browser: the one with this hint, or the one begun last. */
  async id(request: Request, hint: string | undefined): Promise<string | undefined> {
    const cookies = this.#cookies.of(request);
    const cookie = hint === undefined ? cookies[0] : cookies.find(({ name }) => name.endsWith(`-${hint}`));
    // Two of one name: one of them was planted, and nothing says which.
    if (cookie === undefined || cookies.filter(({ name }) => name === cookie.name).length > 1)
      return undefined;
    return this.#open(cookie);
  }

  /**
   * Offers a way on where a callback finds no login's cookie that is good, as a page that is loaded anew: with the signature that has
   * seen this state, or the one begun last. Nothing else depends on the state.
   */
  async offer(exchange: Exchange, state: string): Promise<void> {
    const { records } = this.#options;
    const digest = await digestOf(state);
    const cookies = this.#cookies.of(exchange.request).slice(0, kind.most);
    const ids = await Promise.all(cookies.map((cookie) => this.#open(cookie)));
    const found = await Promise.all(
      ids.map(async (id) => (id === undefined ? undefined : records.find(id).catch(() => undefined))),
    );
    const there = found.filter((record) => record !== undefined);
    const record = there.find((one) => hasSeen(one, digest)) ?? there[0];
    if (record !== undefined) exchange.resumeHint = await resumeHint(record.id);
  }

  /** Binds a record to this browser. */
  async remember({ request, cookies }: Exchange, { id, transaction }: SignatureRecord): Promise<void> {
    const { sealer, lifetime } = this.#options;
    const name = await this.#cookies.nameOf(id, transaction.startedAt);
    const value = await sealer.seal({ id });
    // Each of the stages may take a lifetime, and the answer that would say so may get lost on its way to the browser.
    cookies.push(...this.#cookies.set(request, { name, value, maxAge: 3 * lifetime }));
  }

  /** The record is done. */
  async forget({ request, cookies }: Exchange, id: string): Promise<void> {
    const cookie = await this.#cookies.find(request, id);
    if (cookie !== undefined) cookies.push(this.#cookies.clear(cookie));
  }

  /**
   * Ends the signatures of this browser: whoever uses it from now on may be another person. As many as a browser has of ours; more of
   * them cost nothing.
   *
   * @param sub the person who is known to use it; what this very person has signed stays
   * @returns `Set-Cookie` headers
   */
  async forgetAll(request: Request, sub?: string): Promise<string[]> {
    const cookies = new Map(this.#cookies.of(request).map((cookie) => [cookie.name, cookie]));
    const ended: string[] = [];
    for (const cookie of [...cookies.values()].slice(0, kind.most)) {
      const id = await this.#open(cookie);
      if (id !== undefined && sub !== undefined && (await this.#isSignedBy(id, sub))) continue;
      ended.push(this.#cookies.clear(cookie));
      if (id !== undefined) await this.#options.records.delete(id);
    }
    return ended;
  }

  /** Of a signature that has only been started, nobody knows whose it is. */
  async #isSignedBy(id: string, sub: string): Promise<boolean> {
    const record = await this.#options.records.find(id).catch(() => undefined);
    return record !== undefined && record.stage !== "started" && record.sub === sub;
  }

  async #open({ value }: Cookie): Promise<string | undefined> {
    const opened = await this.#options.sealer.open(value);
    const id: unknown = typeof opened === "object" && opened !== null ? Reflect.get(opened, "id") : undefined;
    return typeof id === "string" ? id : undefined;
  }
}
