import { type CookieOwner, cookiePrefix, readCookies, setCookie } from "../http/cookies.js";
import type { Exchange } from "../http/exchange.js";

/** The part that a browser has in a handoff. */
export type Role = "pc" | "phone";

/** What binds a browser to a handoff. */
export interface Binding {
  readonly id: string;
  readonly secret: string;
}

const VALUE = /^([0-9a-f]{32})\.([A-Za-z0-9_-]{43})$/;

/** The cookies of both browsers. A browser takes part in one handoff at a time in each role; a later one replaces it. */
export class HandoffCookies {
  readonly #owner: CookieOwner;

  constructor(owner: CookieOwner) {
    this.#owner = owner;
  }

  read(request: Request, role: Role): Binding | undefined {
    const name = this.#name(role);
    const [cookie, double] = readCookies(request).filter((one) => one.name === name);
    // Two cookies with one name: one was planted, and it is unknown which.
    if (cookie === undefined || double !== undefined) return undefined;
    const [, id, secret] = VALUE.exec(cookie.value) ?? [];
    return id === undefined || secret === undefined ? undefined : { id, secret };
  }

  set({ cookies }: Exchange, role: Role, { id, secret }: Binding, maxAge: number): void {
    const { secure } = this.#owner;
    cookies.push(setCookie({ name: this.#name(role), value: `${id}.${secret}`, maxAge, secure }));
  }

  #name(role: Role): string {
    return `${cookiePrefix(this.#owner.secure)}honnin-handoff-${role}-${this.#owner.tag}`;
  }
}
