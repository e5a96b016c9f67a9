// The phone: scans, shows the number, goes to the service and comes back, and loads its page again when the state changes.
import { setTimeout as sleep } from "node:timers/promises";
import { Lost, type Reply, type Wire } from "../support/wire.ts";
import { Browser, codeOf } from "./browser.ts";
import { base } from "./computer.ts";

/** Milliseconds between two looks of the page's script. */
const LOOK = 2_000;
/** How often the person goes to the service again, after a page that says that it did not work. */
const MOST_VISITS = 4;

/** A page of the phone: its state and its number, or the code of an error. */
export interface PhonePage {
  readonly state?: string | undefined;
  readonly number?: string | undefined;
  readonly code?: string | undefined;
}

export class Phone extends Browser {
  constructor(network: Wire, name: string, serviceOrigin: string) {
    super(network, name);
    this.cookies.set(`${new URL(serviceOrigin).hostname} person`, name);
  }

  /** Scans the code, and sends the form. */
  async scan(url: string): Promise<PhonePage> {
    const opened = await this.visit(url);
    const [, secret] = /name="secret" value="([^"]+)"/.exec(opened.text) ?? [];
    // A code that this phone has scanned before leads to the page with the number.
    if (opened.location !== undefined) return this.page();
    if (secret === undefined) return pageIn(opened);
    const reply = await this.form(`${base}/scan`, { secret });
    return reply.location === undefined ? pageIn(reply) : this.page();
  }

  async page(): Promise<PhonePage> {
    return pageIn(await this.link(`${base}/phone`));
  }

  /** Until the page is another one than with this state. */
  async changed(from: string): Promise<PhonePage> {
    for (;;) {
      await sleep(LOOK);
      try {
        const { status, text } = await this.script(`${base}/phone/state`);
        if (status < 500 && (JSON.parse(text) as { state?: string }).state !== from) return await this.page();
      } catch (error) {
        if (!(error instanceof Lost)) throw error;
      }
    }
  }

  /** Follows the link to the service, and consents there. @returns where the service leads, or a page */
  async consent(): Promise<string | PhonePage> {
    const left = await this.link(`${base}/authorize`);
    if (left.location === undefined) return pageIn(left);
    const { location } = await this.visit(left.location, "cross-site");
    if (location === undefined) throw new Error("the service leads nowhere");
    return location;
  }

  /** Comes back from the service. */
  async comeBack(callback: string): Promise<PhonePage> {
    const reply = await this.visit(callback, "cross-site");
    return reply.location === undefined ? pageIn(reply) : this.page();
  }

  /** Until the login is handed over, or will not be. After a page that says that it did not work, the person tries again. */
  async logIn(): Promise<PhonePage> {
    let page: PhonePage = {};
    for (let visit = 0; visit < MOST_VISITS; visit += 1) {
      const callback = await this.consent();
      if (typeof callback !== "string") return callback;
      page = await this.comeBack(callback);
      if (page.code === undefined) return page;
      const again = await this.page();
      if (again.state !== "authorizing") return again;
    }
    return page;
  }
}

export function pageIn(reply: Reply): PhonePage {
  const [, state] = /<main data-state="([a-z]+)"/.exec(reply.text) ?? [];
  const [, number] = /<p class="number" translate="no">(\d{6})<\/p>/.exec(reply.text) ?? [];
  return { state, number, code: codeOf(reply) };
}
