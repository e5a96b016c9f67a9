// What an attacker prepares at the site, with a browser and a card of their own.
import { UserAgent } from "../support/user-agent.ts";
import type { Cookie } from "./planting.ts";

/** Whoever attacks, as the emulator's test-card page names people. */
const attackersCard = "ordinary-woman";
export const attackersDocument = "attackers.pdf";

export interface Prepared {
  /** The cookies that the site gave the attacker, under the names that it gave them. */
  readonly cookies: readonly Cookie[];
  /** Where the victim is to be led. */
  readonly address: string;
}

export class Attacker {
  readonly #origin: string;
  readonly #server: URL;

  /** @param server where the site listens, without TLS */
  constructor(origin: string, server: URL) {
    this.#origin = origin;
    this.#server = server;
  }

  /** A session of the attacker's, without what the login may leave beside it. */
  async session(): Promise<Prepared> {
    const agent = this.#agent();
    const { cookies: before, address } = this.#prepared(agent, await this.#returnFromLogin(agent));
    await agent.get(address);
    const { cookies } = this.#prepared(agent, address);
    const isNew = ({ name }: Cookie) => before.every((other) => other.name !== name);
    return { cookies: cookies.filter(isNew), address: `${this.#origin}/me` };
  }

  /** A login of the attacker's, finished but for the callback. */
  async login(): Promise<Prepared> {
    const agent = this.#agent();
    return this.#prepared(agent, await this.#returnFromLogin(agent));
  }

  /** A signature of the attacker's document, begun but for the card. */
  async signature(): Promise<Prepared> {
    const agent = this.#agent();
    const begun = await agent.send(`${this.#origin}/auth/sign`, {
      method: "POST",
      body: new URLSearchParams({ digest: "ab".repeat(32), name: attackersDocument }),
    });
    return this.#prepared(agent, begun.headers.get("location") ?? "");
  }

  #agent(): UserAgent {
    return new UserAgent({}, (address, init) => {
      const { origin, host, pathname, search } = new URL(address);
      if (origin !== this.#origin) return fetch(address, init);
      const headers = new Headers(init.headers);
      headers.set("host", host);
      return fetch(new URL(pathname + search, this.#server), { ...init, headers });
    });
  }

  /** By way of the test-card page, up to the address that leads back to the site. */
  async #returnFromLogin(agent: UserAgent): Promise<string> {
    const { url } = await agent.get(`${this.#origin}/auth/login`);
    const body = new URLSearchParams({ response: "normal", person: attackersCard });
    let [address, init]: [string, RequestInit] = [url, { method: "POST", body }];
    while (!address.startsWith(`${this.#origin}/`)) {
      const { headers } = await agent.send(address, init);
      [address, init] = [new URL(headers.get("location") ?? "", address).href, { method: "GET" }];
    }
    return address;
  }

  #prepared(agent: UserAgent, address: string): Prepared {
    const cookies = agent
      .cookieHeader(this.#origin)
      .split("; ")
      .map((pair) => ({
        name: pair.slice(0, pair.indexOf("=")),
        value: pair.slice(pair.indexOf("=") + 1),
      }));
    return { cookies, address };
  }
}
