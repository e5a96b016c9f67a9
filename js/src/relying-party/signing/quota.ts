import { HonninError } from "../../error.js";
import { clientAddress } from "../client-address.js";
import type { Setup } from "../options.js";
import type { KnownSession } from "../session.js";
import { digestOf } from "../tab-cookies.js";
import type { SigningSetup } from "./setup.js";

/** Requests of one moment that count up one number. */
const TRIES = 64;

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
  const { store, lifetime, limits } = signing;
  const client = await clientName(signing, request, known);
  const limit = client === undefined ? limits.anonymous : limits.perClient;
  const window = Math.floor(setup.now() / lifetime);
  const key = `starts:${window}:${client === undefined ? "anonymous" : await digestOf(client, 16)}`;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const kept = (await store.get(key)) ?? undefined;
    if (kept === undefined) {
      if (await store.create(key, "1", 2 * lifetime)) return;
      continue;
    }
    const count = /^\d{1,9}$/.test(kept) ? Number(kept) : Number.POSITIVE_INFINITY;
    if (count >= limit) {
      const who = client === undefined ? "All clients that are not known together have" : "One client has";
      throw new HonninError(
        "signature-quota-exceeded",
        `${who} begun ${limit} signatures within ${lifetime} s. Raise signing.limits, or name clients by signing.clientOf.`,
      );
    }
    if (await store.replace(key, kept, String(count + 1), 2 * lifetime)) return;
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
