import type { IdTokenClaims } from "honnin";
import { HonninError } from "../../error.js";
import type { Report } from "../../report.js";
import type { Language } from "../http/language.js";
import type { Setup } from "../options/read-options.js";
import type { SigningSetup } from "../options/signing-options.js";
import type { SignatureTransaction } from "../signature-api/transaction.js";
import type { DocumentOfSignature } from "../signing-hooks.js";

/** What every stage keeps of a signature. */
interface Kept {
  /** 256 random bits, the key in the store. */
  readonly id: string;
  readonly transaction: SignatureTransaction;
  readonly document: DocumentOfSignature;
  readonly returnTo: string;
  readonly lang: Language;
  /** A digest of who was logged in when it began. */
  readonly startedBy?: string;
  /** Digests of the states whose codes were handed in already, the newest last. */
  readonly redeemed?: readonly string[];
}

interface Signer {
  readonly sub: string;
  readonly claims: IdTokenClaims;
  readonly loginReport: Report;
}

/** The service knows the digest; the user is on the way. */
export type StartedRecord = Kept & { readonly stage: "started" };

/** The user has come back; the result is to be fetched. */
export type AuthorizedRecord = Kept &
  Signer & { readonly stage: "authorized"; readonly accessToken: string; readonly refreshToken?: string };

/** The result is here, which the service hands out once. The tokens are gone. */
export type FetchedRecord = Kept &
  Signer & {
    readonly stage: "fetched";
    readonly result: string;
    /** Set when the result was handed on; the value is what `forward` returned. */
    readonly forwarded?: { readonly value?: unknown };
  };

/** A signature under way; what is done has no record. */
export type SignatureRecord = StartedRecord | AuthorizedRecord | FetchedRecord;

/** Characters of a JWE; that of a card's signature has a few thousand. */
export const MAX_RESULT_CHARACTERS = 262_144;
/** Room for the result and all the rest, encrypted. */
export const MAX_RECORD_CHARACTERS = 1_048_576;

/** Another request has changed the record at the very same time; so often in a row, something is wrong. */
const MOST_CROSSINGS = 16;

const keyOf = (id: string) => `signature:${id}`;

/** Keeps a new record, sealed, for the time that a step may take. @throws HonninError `store-full`, `store-unreachable` */
export async function createRecord(
  setup: Setup,
  signing: SigningSetup,
  record: StartedRecord,
): Promise<void> {
  if (
    await signing.store.create(keyOf(record.id), await sealRecord(setup, signing, record), signing.lifetime)
  )
    return;
  throw new HonninError(
    "store-unreachable",
    "The store says that it holds what was made at random just now.",
  );
}

/**
 * Takes a record on from what the store holds at this moment, which other requests may have changed since this one read it: what
 * was fetched stays, since the service hands it out once, and what was deleted stays so.
 *
 * @param step the next record; or the current one, if this request has nothing to add to it
 * @returns what is kept now
 * @throws HonninError `signature-not-found`, `store-full`, `store-unreachable`
 */
export function advance(
  setup: Setup,
  signing: SigningSetup,
  id: string,
  step: (current: StartedRecord | AuthorizedRecord) => SignatureRecord,
): Promise<SignatureRecord> {
  return exchangeRecord(setup, signing, id, (current) =>
    current.stage === "fetched" ? current : step(current),
  );
}

/** As {@link advance}, of a record at any stage. */
export async function exchangeRecord(
  setup: Setup,
  signing: SigningSetup,
  id: string,
  step: (current: SignatureRecord) => SignatureRecord,
): Promise<SignatureRecord> {
  for (let crossing = 0; crossing < MOST_CROSSINGS; crossing += 1) {
    const { sealed, record } = await load(setup, signing, id);
    const next = step(record);
    if (next === record) return next;
    const replacement = await sealRecord(setup, signing, next);
    if (await signing.store.replace(keyOf(id), sealed, replacement, signing.lifetime)) return next;
  }
  throw new HonninError("store-unreachable", "Other requests have changed the record again and again.");
}

/** @throws HonninError `signature-not-found` if there is no record, or none that this handler made for this id and time */
export async function findRecord(setup: Setup, signing: SigningSetup, id: string): Promise<SignatureRecord> {
  return (await load(setup, signing, id)).record;
}

async function load(
  setup: Setup,
  signing: SigningSetup,
  id: string,
): Promise<{ sealed: string; record: SignatureRecord }> {
  const sealed: unknown = await signing.store.get(keyOf(id));
  const opened = typeof sealed === "string" ? await signing.recordSealer.open(sealed) : undefined;
  if (typeof sealed === "string" && typeof opened === "object" && opened !== null) {
    const { until, ...record } = opened as SignatureRecord & { until: number };
    // A store that mixes up its values, or never forgets, is not believed.
    if (record.id === id && setup.now() < until) return { sealed, record };
  }
  throw notFound();
}

function sealRecord(setup: Setup, signing: SigningSetup, record: SignatureRecord): Promise<string> {
  return signing.recordSealer.seal({ ...record, until: setup.now() + signing.lifetime });
}

/** A store that cannot forget now forgets when the time is over; nothing depends on it. */
export async function deleteRecord({ store }: SigningSetup, id: string): Promise<void> {
  try {
    await store.delete(keyOf(id));
  } catch {
    // As said.
  }
}

/** What outlives every stage. */
export function keptOf({
  id,
  transaction,
  document,
  returnTo,
  lang,
  startedBy,
  redeemed,
}: SignatureRecord): Kept {
  return {
    id,
    transaction,
    document,
    returnTo,
    lang,
    ...(startedBy === undefined ? {} : { startedBy }),
    ...(redeemed === undefined ? {} : { redeemed }),
  };
}

/** Whether the code of the state with this digest was handed in already. */
export function hasSeen({ redeemed }: SignatureRecord, stateDigest: string): boolean {
  return redeemed?.includes(stateDigest) === true;
}

export function notFound(): HonninError {
  return new HonninError(
    "signature-not-found",
    "This browser has no signature to go on with: it is finished, or too much time has passed.",
  );
}
