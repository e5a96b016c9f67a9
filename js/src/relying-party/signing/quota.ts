import { HonninError } from "../../error.js";
import { clientAddress } from "../http/client-address.js";
import type { KnownSession } from "../login/session.js";
import type { ClientOf } from "../signing-hooks.js";
import type { KeyedDigest } from "../storage/keyed-digest.js";
import type { Store } from "../storage/store.js";

/** Requests of one moment that count up one number. */
const TRIES = 64;
/** A number that very many count up is kept in parts, each of at least so many. */
const LEAST_PART = 50;
const MOST_PARTS = 16;

/** What {@link Quota} needs. */
export interface QuotaOptions {
  readonly store: Store;
  /** Seconds: of a window within which signatures are counted. */
  readonly lifetime: number;
  readonly limits: { readonly perClient: number; readonly anonymous: number };
  readonly clientOf: ClientOf | undefined;
  /** A name for a client in the store that says nothing of it. */
  readonly nameOf: KeyedDigest;
  /** Tells the numbers of this handler from those of another one. */
  readonly tag: string;
  /** Whole seconds since 1970. */
  now(): number;
}

/** How many signatures were begun, so that no client can use up the store, or the service's patience, for the others. */
export class Quota {
  readonly #options: QuotaOptions;

  constructor(options: QuotaOptions) {
    this.#options = options;
  }

  /**
   * Counts a signature that is about to begin.
   *
   * @throws HonninError `signature-quota-exceeded`, `store-full`, `store-unreachable`
   */
  async count(request: Request, known: KnownSession | undefined): Promise<void> {
    const { lifetime, limits, nameOf, tag, now, clientOf } = this.#options;
    const client = await clientName(clientOf, request, known);
    const limit = client === undefined ? limits.anonymous : limits.perClient;
    const window = Math.floor(now() / lifetime);
    // Keyed, since a plain digest of an address is an address: there are few enough to try them all.
    const name = client === undefined ? "anonymous" : await nameOf(client);
    if (await this.#countInParts(`starts:${tag}:${window}:${name}`, limit)) return;
    const who = client === undefined ? "All unidentified clients together have" : "One client has";
    throw new HonninError(
      "signature-quota-exceeded",
      `${who} started ${limit} signatures within ${lifetime} s. Raise signing.limits, or identify clients with signing.clientOf.`,
    );
  }

  /** @returns false if the number is at its limit */
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
        throw new HonninError(
          "store-unreachable",
          "The store returned a value that was not written to it.",
        );
      }
      if (Number(kept) >= limit) return false;
      if (await store.replace(key, kept, String(Number(kept) + 1), 2 * lifetime)) return true;
    }
    throw new HonninError("store-unreachable", "Too many concurrent requests are incrementing the same counter in the store.");
  }
}

/** A name for the client within this handler; `undefined` for one that nobody knows. */
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
