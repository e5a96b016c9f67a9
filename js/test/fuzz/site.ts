// A site with the handler, and what is true of every one of its answers, whatever came in.
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { exportJWK, generateKeyPair } from "jose";
import {
  type HonninError,
  type Login,
  type PrivateJwk,
  type RelyingPartyOptions,
  relyingParty,
} from "../../src/relying-party/index.js";
import { clientId, environment, Service } from "./service.js";

export const origin = "https://shop.example";
/** Seconds of CPU for one input. Most take some thousandths; the rest is for a machine with other work to do. */
const MOST_SECONDS = 1;

const { privateKey } = await generateKeyPair("ES256", { extractable: true });
const clientKey = (await exportJWK(privateKey)) as unknown as PrivateJwk;

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** A login under way. */
export interface Begun {
  /** Name and value. */
  readonly cookie: string;
  readonly callback: URL;
}

export class Site {
  readonly service = new Service();
  readonly logins: Login[] = [];
  readonly errors: HonninError[] = [];
  readonly party: ReturnType<typeof relyingParty>;

  constructor(options: Partial<RelyingPartyOptions> = {}) {
    this.party = relyingParty({
      environment,
      clientId,
      clientKey,
      redirectUri: `${origin}/auth/callback`,
      scope: "openid name address birthdate gender",
      cookieSecret: "0123456789abcdef0123456789abcdef",
      fetch: this.service.fetch,
      onLogin: (login) => void this.logins.push(login),
      onError: (error) => void this.errors.push(error),
      ...options,
    });
  }

  /** Sends a request and holds the answer to what is always true. */
  async send(url: string | URL, asked: Asked = {}): Promise<Response> {
    const [logins, errors] = [this.logins.length, this.errors.length];
    const response = await bounded(() => quiet(() => this.party.fetch(requestOf(url, asked))));
    const { status, headers } = response;
    assert.equal(headers.get("cache-control"), "no-store");
    assert.ok(status === 303 || (status >= 400 && status < 600), `status ${status}`);
    const location = headers.get("location");
    assert.equal(location !== null, status === 303);
    if (location !== null) assert.ok(isPlaceToGo(location), `led to ${location}`);
    const cookies = headers.getSetCookie();
    for (const cookie of cookies) assert.match(cookie, COOKIE);
    const sessions = cookies.filter((cookie) => /-session-[^=]*=[^;]/.test(cookie));
    assert.ok(sessions.length <= this.logins.length - logins, "a session without a login");
    assert.equal(this.errors.length - errors, status === 303 ? 0 : 1);
    for (const error of this.errors.slice(errors)) this.checkError(error);
    this.#checkTraces(
      await response.clone().text(),
      JSON.stringify([...headers].filter(([name]) => name !== "set-cookie")),
    );
    return response;
  }

  /** What is true of every error. */
  checkError(error: unknown): void {
    // By name: the verifier comes from the built package, which has a class of its own.
    assert.ok(error instanceof Error && error.name === "HonninError", inspect(error));
    assert.ok(
      !["internal-error", "options-invalid"].includes(String(Reflect.get(error, "code"))),
      inspect(error),
    );
    this.#checkTraces(inspect(error, { depth: 8, maxStringLength: null }));
  }

  /** Calls what may refuse; its value, or `undefined` where it refused as it should. */
  async attempt<Value>(call: () => Value | Promise<Value>): Promise<Value | undefined> {
    try {
      return await bounded(() => quiet(async () => call()));
    } catch (error) {
      this.checkError(error);
      return undefined;
    }
  }

  async begin(query = ""): Promise<Begun> {
    const response = await this.send(`${origin}/auth/login${query}`);
    assert.equal(response.status, 303);
    const [cookie = ""] = response.headers.getSetCookie();
    return {
      cookie: cookie.slice(0, cookie.indexOf(";")),
      callback: this.service.authorize(response.headers.get("location") ?? ""),
    };
  }

  #checkTraces(...traces: readonly string[]): void {
    for (const trace of traces) {
      for (const secret of this.service.secrets) assert.ok(!trace.includes(secret), `told: ${trace}`);
    }
  }
}

const COOKIE =
  /^__Host-honnin-(login|linked-login|session|signature)-[0-9a-z-]+=[\w.-]*; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/;

function isPlaceToGo(location: string): boolean {
  if (location.startsWith(`${environment.authorizationEndpoint}?`)) return true;
  return location.startsWith(`${origin}/`) && new URL(location).origin === origin;
}

/**
 * A request as a runtime might hand it over: some read the bytes of headers as UTF-8, so that they may hold any character, which no
 * `Headers` of Node's takes.
 *
 * @param asked its headers by lower-case names
 */
export function requestOf(url: string | URL, { method = "GET", headers = {}, body }: Asked): Request {
  const request = new Request(url, { method, ...(body === undefined ? {} : { body }) });
  const get = (name: string) => headers[name] ?? null;
  Object.defineProperty(request, "headers", {
    value: { get, has: (name: string) => get(name) !== null },
  });
  return request;
}

async function bounded<Value>(work: () => Promise<Value>): Promise<Value> {
  const before = process.cpuUsage();
  try {
    return await work();
  } finally {
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < MOST_SECONDS * 1e6, `took ${(user + system) / 1e6} s of CPU`);
  }
}

/** Nothing is logged. */
async function quiet<Value>(work: () => Promise<Value>): Promise<Value> {
  const names = ["log", "info", "warn", "error", "debug", "trace"] as const;
  const kept = names.map((name) => console[name]);
  const said: unknown[] = [];
  for (const name of names) console[name] = (...words: unknown[]) => void said.push(words);
  try {
    return await work();
  } finally {
    names.forEach((name, index) => {
      const original = kept[index];
      if (original !== undefined) console[name] = original;
    });
    assert.deepEqual(said, []);
  }
}
