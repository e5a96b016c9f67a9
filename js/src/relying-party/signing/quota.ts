import { HonninError } from "../../error.js";
import { clientAddress } from "../http/client-address.js";
import type { KnownSession } from "../login/session.js";
import type { Setup } from "../options/read-options.js";
import type { SigningSetup } from "../options/signing-options.js";

/** Requests of one moment that count up one number. */
const TRIES = 64;
/** A number that very many count up is kept in parts, each of at least so many. */
const LEAST_PART = 50;
const MOST_PARTS = 16;

/**
 * Counts a signature that is about to begin, so that no client can use up the store, or the service's patience, for the others.
 *
 * @throws HonninError `signature-quota-exceeded`, `store-full`, `store-unreachable`
 */
export async function countStart(
  setup: Setup,
  signing: SigningSetup,
  request: Request,
  known: KnownSession | undefined,
): Promise<void> {
  const { lifetime, limits } = signing;
  const client = await clientName(signing, request, known);
  const limit = client === undefined ? limits.anonymous : limits.perClient;
  const window = Math.floor(setup.now() / lifetime);
  // Keyed, since a plain digest of an address is an address: there are few enough to try them all.
  const name = client === undefined ? "anonymous" : await signing.clientTag(client);
  const key = `starts:${setup.cookieTag}:${window}:${name}`;
  const parts = Math.min(Math.max(Math.floor(limit / LEAST_PART), 1), MOST_PARTS);
  const first = Math.floor(Math.random() * parts);
  for (let part = 0; part < parts; part += 1) {
    const at = (first + part) % parts;
    const share = Math.floor(limit / parts) + (at < limit % parts ? 1 : 0);
    if (await countUp(signing, parts === 1 ? key : `${key}:${at}`, share)) return;
  }
  const who = client === undefined ? "All clients that are not known together have" : "One client has";
  throw new HonninError(
    "signature-quota-exceeded",
    `${who} begun ${limit} signatures within ${lifetime} s. Raise signing.limits, or name clients by signing.clientOf.`,
  );
}

/** @returns false if the number is at its limit */
async function countUp({ store, lifetime }: SigningSetup, key: string, limit: number): Promise<boolean> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const kept = (await store.get(key)) ?? undefined;
    if (kept === undefined) {
      if (await store.create(key, "1", 2 * lifetime)) return true;
      continue;
    }
    if (!/^\d{1,9}$/.test(kept)) {
      throw new HonninError(
        "store-unreachable",
        "The store answered with a number that was not written there.",
      );
    }
    if (Number(kept) >= limit) return false;
    if (await store.replace(key, kept, String(Number(kept) + 1), 2 * lifetime)) return true;
  }
  throw new HonninError("store-unreachable", "Too many requests count up one number in the store at once.");
}

/** A name for the client within this handler; `undefined` for one that nobody knows. */
async function clientName(
  { clientOf }: SigningSetup,
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
