// A site that has documents signed, with its store and what its hooks saw.
import assert from "node:assert/strict";
import type { ErrorAnswer } from "../../../src/relying-party/index.js";
import {
  type HonninError,
  type RelyingPartyOptions,
  relyingParty,
  type Signing,
  type SigningOptions,
  type Store,
} from "../../../src/relying-party/index.js";
import { json } from "../answers.js";
import { Browser } from "../browser.js";
import { site, useWorld, type World } from "../setup.js";
import { digestOf, documentBytes, encrypt, now, payloadOf, rsaKey, rules, today } from "./cards.js";

/** A store that can be looked into, and made to fail. */
export class WatchedStore implements Store {
  readonly all = new Map<string, { value: string; seconds: number }>();
  /** Every record of a signature that was ever kept. */
  readonly history: string[] = [];
  fail: { get?: boolean; set?: boolean; delete?: boolean } = {};

  /** The records of signatures, by key. */
  get entries(): ReadonlyMap<string, { value: string; seconds: number }> {
    return new Map([...this.all].filter(([key]) => key.startsWith("signature:")));
  }
  async create(key: string, value: string, seconds: number): Promise<boolean> {
    if (this.fail.set) throw new Error("the store is out");
    return !this.all.has(key) && this.#keep(key, value, seconds);
  }
  async get(key: string): Promise<string | undefined> {
    if (this.fail.get) throw new Error("the store is out");
    return this.all.get(key)?.value;
  }
  async replace(key: string, expected: string, value: string, seconds: number): Promise<boolean> {
    if (this.fail.set) throw new Error("the store is out");
    return this.all.get(key)?.value === expected && this.#keep(key, value, seconds);
  }
  async delete(key: string): Promise<void> {
    if (this.fail.delete) throw new Error("the store is out");
    this.all.delete(key);
  }
  #keep(key: string, value: string, seconds: number): true {
    if (key.startsWith("signature:")) this.history.push(value);
    this.all.set(key, { value, seconds });
    return true;
  }
}

export interface SigningSite {
  readonly browser: Browser;
  readonly store: WatchedStore;
  readonly signings: Signing[];
  readonly errors: [HonninError, ErrorAnswer][];
  readonly paths: ReturnType<typeof relyingParty>["paths"];
  session(): Promise<unknown>;
  /** Posts the form and comes back from the service. */
  begin(fields?: Record<string, string>): Promise<URL>;
  post(fields?: Record<string, string> | string, headers?: Record<string, string>): Promise<Response>;
  /** Comes back from the service while the result cannot be had: tokens are kept, the result is still there. */
  pause(callback: URL, status?: 202 | 503): Promise<Response>;
  resume(query?: string): Promise<Response>;
  /** All that could leak: errors, what the store saw. */
  traces(): string;
}

export const form = {
  digest: Buffer.from(digestOf()).toString("hex"),
  name: "委任状.txt",
  type: "text/plain",
  size: String(documentBytes.length),
};

export const sealRsa = (data: Uint8Array) => encrypt(payloadOf(today, data));

/** A world in the time of the cards, with a provider whose user signs with today's. */
export function useSigningWorld(): Promise<World> {
  return useWorld((world) => {
    world.now = now;
    world.provider.signing.seal = sealRsa;
  });
}

export function signingOptions(more: Partial<SigningOptions> = {}): SigningOptions {
  return {
    mayStart: "anyone",
    method: { form: "digest-info" },
    open: { keys: rsaKey.priv, verify: rules() },
    attempts: 2,
    delay: 0,
    onSigned: () => undefined,
    ...more,
  };
}

export function openSite(
  world: World,
  signing: Partial<SigningOptions> = {},
  options: Partial<RelyingPartyOptions> = {},
): SigningSite {
  const store = (options.store as WatchedStore | undefined) ?? new WatchedStore();
  const signings: Signing[] = [];
  const errors: [HonninError, ErrorAnswer][] = [];
  const party = relyingParty(
    world.options({
      store,
      signing: signingOptions({ onSigned: (signed) => void signings.push(signed), ...signing }),
      onError: (error, _request, answer) => void errors.push([error, answer]),
      onLogin: () => {
        throw new Error("a signature is no login");
      },
      ...options,
    }),
  );
  const browser = new Browser(party);
  const post: SigningSite["post"] = (fields = form, headers = { "sec-fetch-site": "same-origin" }) =>
    browser.send(`${site}/auth/sign`, {
      method: "POST",
      headers,
      body: typeof fields === "string" ? fields : new URLSearchParams(fields),
    });
  return {
    browser,
    store,
    signings,
    errors,
    paths: party.paths,
    post,
    async pause(callback, status = 503) {
      world.provider.misbehave.result = (_, response) => json(response, status, {});
      const response = await browser.send(callback);
      world.provider.misbehave = {};
      return response;
    },
    session: async () =>
      (await party.session(new Request(site, { headers: { cookie: browser.cookieHeader } })))?.data,
    resume: (query = "") => browser.send(`${site}/auth/sign/resume${query}`),
    async begin(fields = form) {
      const response = await post(fields);
      if (response.status !== 303)
        throw new Error(`sign answered ${response.status}: ${await response.text()}`);
      return world.provider.authorize(response.headers.get("location") ?? "");
    },
    traces: () =>
      JSON.stringify([
        errors.map(([{ message, stack, cause, report }, answer]) => [
          message,
          stack,
          String(cause),
          report,
          answer,
        ]),
        store.history,
      ]),
  };
}

/** Signs all the way, and says where it ended. */
export async function signOnce(
  world: World,
  signing: Partial<SigningOptions> = {},
  fields: Record<string, string> = form,
) {
  const opened = openSite(world, signing);
  const response = await opened.browser.send(await opened.begin(fields));
  return { ...opened, response };
}

/** That nothing is left of a signature. */
export function assertGone({ store, browser }: Pick<SigningSite, "store" | "browser">): void {
  assert.equal(store.entries.size, 0);
  assert.deepEqual(browser.named("honnin-signature"), []);
  assert.deepEqual(browser.named("honnin-login"), []);
}

/** A callback with an error of the service's in place of the code. */
export function withError(callback: URL, error: string): URL {
  const url = new URL(callback);
  url.searchParams.delete("code");
  url.searchParams.set("error", error);
  return url;
}
