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
export type FetchedRecord = Kept & Signer & { readonly stage: "fetched"; readonly result: string };

/** A signature under way. Its stages only move forward; what is done has no record. */
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

export function notFound(): HonninError {
  return new HonninError(
    "signature-not-found",
    "This browser has no signature to go on with: it is finished, or too much time has passed.",
  );
}
