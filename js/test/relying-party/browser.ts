// The half of a browser that the handler meets: it keeps cookies, sends them back and says where it is sent.
import type { RelyingParty } from "../../src/relying-party/index.js";

/** Seconds that a mark lasts. */
const DONE = "120";

export interface StoredCookie {
  value: string;
  /** As they came, by lower-case name. */
  attributes: Map<string, string>;
}

export class Browser {
  readonly cookies = new Map<string, StoredCookie>();
  readonly headers: Record<string, string> = {};

  constructor(readonly party: Pick<RelyingParty, "fetch">) {}

  get cookieHeader(): string {
    return [...this.cookies].map(([name, { value }]) => `${name}=${value}`).join("; ");
  }

  async send(
    url: string | URL,
    init: { method?: string; headers?: Record<string, string>; body?: string | URLSearchParams } = {},
  ): Promise<Response> {
    const headers = new Headers({ ...this.headers, ...init.headers });
    if (this.cookies.size > 0) headers.set("cookie", this.cookieHeader);
    const { method = "GET", body } = init;
    const response = await this.party.fetch(
      new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }),
    );
    for (const line of response.headers.getSetCookie()) this.#store(line);
    return response;
  }

  /** Names of the cookies that are there now and begin with this, prefixes and marks of what is done left aside. */
  named(name: string): string[] {
    return this.#names((attributes) => attributes.get("max-age") !== DONE).filter((key) =>
      key.replace(/^__Host-/, "").startsWith(name),
    );
  }

  /** Names of the cookies that stand in for logins that are done. */
  get marks(): string[] {
    return this.#names((attributes) => attributes.get("max-age") === DONE);
  }

  /** Name and value of the session's cookie. */
  get session(): string {
    const [name = ""] = this.named("honnin-session");
    return `${name}=${this.cookies.get(name)?.value}`;
  }

  #names(isWanted: (attributes: StoredCookie["attributes"]) => boolean): string[] {
    return [...this.cookies].filter(([, { attributes }]) => isWanted(attributes)).map(([name]) => name);
  }

  #store(line: string): void {
    const [pair = "", ...rest] = line.split("; ");
    const name = pair.slice(0, pair.indexOf("="));
    const attributes = new Map(
      rest.map((attribute) => {
        const [key = "", value = ""] = attribute.split("=");
        return [key.toLowerCase(), value] as const;
      }),
    );
    if (attributes.get("max-age") === "0") this.cookies.delete(name);
    else this.cookies.set(name, { value: pair.slice(pair.indexOf("=") + 1), attributes });
  }
}

/** The code that a page of the handler shows. */
export async function codeOf(response: Response): Promise<string | undefined> {
  return /<main data-code="([a-z-]+)">/.exec(await response.clone().text())?.[1];
}
