import type { IdTokenClaims } from "honnin";
import { HonninError } from "../../error.js";
import type { Report } from "../../report.js";
import type { Language } from "../language.js";
import type { Setup } from "../options.js";
import type { DocumentOfSignature } from "./hooks.js";
import type { SigningSetup } from "./setup.js";
import type { SignatureTransaction } from "./transaction.js";

/** What every stage keeps of a signature. */
interface Kept {
  /** 256 random bits, the key in the store. */
  readonly id: string;
  readonly transaction: SignatureTransaction;
  readonly document: DocumentOfSignature;
  readonly returnTo: string;
  readonly lang: Language;
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

/** Keeps a record, sealed, for the time that a step may take. */
export async function keepRecord(
  setup: Setup,
  signing: SigningSetup,
  record: SignatureRecord,
): Promise<void> {
  const { store, lifetime, recordSealer } = signing;
  const sealed = await recordSealer.seal({ ...record, until: setup.now() + lifetime });
  await store.set(record.id, sealed, lifetime);
}

/**
 * Takes a record on from what the store holds at this moment, which other requests may have changed since this one read it: what
 * was fetched stays, since the service hands it out once, and what was deleted stays so. Stores are not asked to do both in one
 * step, so that requests of the very same instant can still cross.
 *
 * @param step the next record; or the current one, if this request has nothing to add to it
 * @returns what is kept now
 * @throws HonninError `signature-not-found`
 */
export async function advance(
  setup: Setup,
  signing: SigningSetup,
  id: string,
  step: (current: StartedRecord | AuthorizedRecord) => SignatureRecord,
): Promise<SignatureRecord> {
  const current = await findRecord(setup, signing, id);
  if (current.stage === "fetched") return current;
  const next = step(current);
  if (next !== current) await keepRecord(setup, signing, next);
  return next;
}

/** @throws HonninError `signature-not-found` if there is no record, or none that this handler made for this id and time */
export async function findRecord(setup: Setup, signing: SigningSetup, id: string): Promise<SignatureRecord> {
  const sealed: unknown = await signing.store.get(id);
  const opened = typeof sealed === "string" ? await signing.recordSealer.open(sealed) : undefined;
  if (typeof opened === "object" && opened !== null) {
    const { until, ...record } = opened as SignatureRecord & { until: number };
    // A store that mixes up its values, or never forgets, is not believed.
    if (record.id === id && setup.now() < until) return record;
  }
  throw notFound();
}

/** A store that cannot forget now forgets when the time is over; nothing depends on it. */
export async function deleteRecord({ store }: SigningSetup, id: string): Promise<void> {
  try {
    await store.delete(id);
  } catch {
    // As said.
  }
}

/** What outlives every stage. */
export function keptOf({ id, transaction, document, returnTo, lang, redeemed }: SignatureRecord): Kept {
  return { id, transaction, document, returnTo, lang, ...(redeemed === undefined ? {} : { redeemed }) };
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
