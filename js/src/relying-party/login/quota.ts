import { HonninError, type HonninErrorCode } from "../../error.js";
import type { ClientOf } from "../hooks.js";
import { clientAddress } from "../http/client-address.js";
import type { KeyedDigest } from "../storage/keyed-digest.js";
import type { Store } from "../storage/store.js";
import type { KnownSession } from "./session.js";

/** The maximum number of attempts to increment one counter. */
const TRIES = 64;
/** A counter with a high limit is stored in parts, each with at least this limit. */
const LEAST_PART = 50;
const MOST_PARTS = 16;

/** What is counted. */
export interface Counted {
  /** Prefix of the keys in the store. */
  readonly prefix: string;
  /** In the plural, for the message. */
  readonly name: string;
  /** The option with `limits` and `clientOf`. */
  readonly option: string;
  /** The code if there are too many. */
  readonly code: HonninErrorCode;
}

/** Options of {@link Quota}. */
export interface QuotaOptions {
  readonly store: Store;
  readonly counted: Counted;
  /** The length of the window in which they are counted, in seconds. */
  readonly lifetime: number;
  readonly limits: { readonly perClient: number; readonly anonymous: number };
  readonly clientOf: ClientOf | undefined;
  /** Derives a name for a client in the store that does not reveal the client. */
  readonly nameOf: KeyedDigest;
  /** Distinguishes the counters of this handler from those of another one. */
  readonly tag: string;
  /** Unix time in whole seconds. */
  now(): number;
}

/** Counts what clients start, so that no client can exhaust the store, or the limits of the service, for the others. */
export class Quota {
  readonly #options: QuotaOptions;

  constructor(options: QuotaOptions) {
    this.#options = options;
  }

  /**
   * Counts one that is about to start.
   *
   * @throws HonninError the code of the counted, `store-full`, `store-unreachable`
   */
  async count(request: Request, known: KnownSession | undefined): Promise<void> {
    const { counted, lifetime, limits, nameOf, tag, now, clientOf } = this.#options;
    const client = await clientName(clientOf, request, known);
    const limit = client === undefined ? limits.anonymous : limits.perClient;
    const window = Math.floor(now() / lifetime);
    // Keyed, because a plain digest of an address can be reversed by trying all addresses.
    const name = client === undefined ? "anonymous" : await nameOf(client);
    if (await this.#countInParts(`${counted.prefix}:${tag}:${window}:${name}`, limit)) return;
    const who = client === undefined ? "All unidentified clients together have" : "One client has";
    throw new HonninError(
      counted.code,
      `${who} started ${limit} ${counted.name} within ${lifetime} s. Raise ${counted.option}.limits, or identify clients with ${counted.option}.clientOf.`,
    );
  }

  /** @returns false if the counter has reached its limit */
  async #countInParts(key: string, limit: number): Promise<boolean> {
    const parts = Math.min(Math.max(Math.floor(limit / LEAST_PART), 1), MOST_PARTS);
    const first = Math.floor(Math.random() * parts);
    for (let part = 0; part < parts; part += 1) {
      const at = (first + part) % parts;
      const share = Math.floor(limit / parts) + (at < limit % parts ? 1 : 0);
      if (await this.#countUp(parts === 1 ? key : `${key}:${at}`, share)) return true;
    }
    return false;
  }

  async #countUp(key: string, limit: number): Promise<boolean> {
    const { store, lifetime } = this.#options;
    for (let tried = 0; tried < TRIES; tried += 1) {
      const kept = (await store.get(key)) ?? undefined;
      if (kept === undefined) {
        if (await store.create(key, "1", 2 * lifetime)) return true;
        continue;
      }
      if (!/^\d{1,9}$/.test(kept)) {
        throw new HonninError("store-unreachable", "The store returned a value that was not written to it.");
      }
      if (Number(kept) >= limit) return false;
      if (await store.replace(key, kept, String(Number(kept) + 1), 2 * lifetime)) return true;
    }
    throw new HonninError(
      "store-unreachable",
      "Too many concurrent requests are incrementing the same counter in the store.",
    );
  }
}

/** Identifies the client within this handler; `undefined` for an unidentified client. */
async function clientName(
  clientOf: ClientOf | undefined,
  request: Request,
  known: KnownSession | undefined,
): Promise<string | undefined> {
  if (clientOf === undefined) return known === undefined ? undefined : `person ${known.who}`;
  if (typeof clientOf === "function") {
    const name: unknown = await clientOf(request, known?.session);
    return typeof name === "string" && name !== "" ? `client ${name}` : undefined;
  }
  const address = clientAddress(request.headers, clientOf.header, clientOf.proxies ?? 1);
  return address === undefined ? undefined : `address ${address}`;
}
