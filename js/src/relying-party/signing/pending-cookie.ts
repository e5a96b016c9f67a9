import { digestOf } from "../digest.js";
import type { Cookie, CookieOwner } from "../http/cookies.js";
import type { Exchange } from "../http/exchange.js";
import { type TabCookieKind, TabCookies } from "../http/tab-cookies.js";
import type { Sealer } from "../storage/sealed.js";
import { hasSeen, type Records, type SignatureRecord } from "./record.js";

/** At most four. The session and logins in progress need the rest of the header. */
const kind: TabCookieKind = { name: "honnin-signature", most: 4, mostBytes: 1_024 };

/** Identifies a signature of this browser in a URL. It is useless without the cookie. */
export function resumeHint(id: string): Promise<string> {
  return digestOf(id);
}

/** Options of {@link PendingCookies}. */
export interface PendingCookieOptions {
  readonly owner: CookieOwner;
  readonly sealer: Sealer;
  readonly records: Records;
  /** The maximum duration of each stage in seconds. */
  readonly lifetime: number;
}

/** Binds each record to the browser with a cookie. Only this browser can resume it. */
export class PendingCookies {
  readonly #options: PendingCookieOptions;
  readonly #cookies: TabCookies;

  constructor(options: PendingCookieOptions) {
    this.#options = options;
    this.#cookies = new TabCookies(kind, options.owner);
  }

  /** The ID of this browser's record with the hint, or of the one that was started last. */
  async id(request: Request, hint: string | undefined): Promise<string | undefined> {
    const cookies = this.#cookies.of(request);
    const cookie = hint === undefined ? cookies[0] : cookies.find(({ name }) => name.endsWith(`-${hint}`));
    // Two cookies with one name: one was planted, and it is unknown which.
    if (cookie === undefined || cookies.filter(({ name }) => name === cookie.name).length > 1)
      return undefined;
    return this.#open(cookie);
  }

  /**
   * Offers to resume a signature if a callback has no valid login cookie, for example after a reload: the signature with this state,
   * or the one that was started last. Nothing else depends on the state.
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
    // Each stage may take one lifetime, and the response that renews the cookie may be lost.
    cookies.push(...this.#cookies.set(request, { name, value, maxAge: 3 * lifetime }));
  }

  /** Deletes the cookie of a completed record. */
  async forget({ request, cookies }: Exchange, id: string): Promise<void> {
    const cookie = await this.#cookies.find(request, id);
    if (cookie !== undefined) cookies.push(this.#cookies.clear(cookie));
  }

  /**
   * Ends the signatures of this browser, because the next user may be another person. At most as many as the handler sets; further
   * cookies cause no work.
   *
   * @param sub the known user of the browser. The signatures of this person stay
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

  /** The signer of a signature that was only started is unknown. */
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
