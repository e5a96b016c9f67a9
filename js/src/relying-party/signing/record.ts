import type { IdTokenClaims } from "honnin";
import { HonninError } from "../../error.js";
import type { Report } from "../../report.js";
import type { Language } from "../http/language.js";
import type { SignatureTransaction } from "../signature-api/transaction.js";
import type { DocumentOfSignature } from "../signing-hooks.js";
import type { Sealer } from "../storage/sealed.js";
import type { Store } from "../storage/store.js";

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

/** What {@link Records} need. */
export interface RecordOptions {
  readonly store: Store;
  readonly sealer: Sealer;
  /** Seconds that each stage may take. */
  readonly lifetime: number;
  /** Whole seconds since 1970. */
  now(): number;
}

/** Signatures under way, sealed in the store, each for the time that a step may take. */
export class Records {
  readonly #options: RecordOptions;

  constructor(options: RecordOptions) {
    this.#options = options;
  }

  /** Keeps a new record. @throws HonninError `store-full`, `store-unreachable` */
  async create(record: StartedRecord): Promise<void> {
    const { store, lifetime } = this.#options;
    if (await store.create(keyOf(record.id), await this.#seal(record), lifetime)) return;
    throw new HonninError(
      "store-unreachable",
      "The store reports that a newly generated random key already exists.",
    );
  }

  /** @throws HonninError `signature-not-found` if there is no record, or none that this handler made for this id and time */
  async find(id: string): Promise<SignatureRecord> {
    return (await this.#load(id)).record;
  }

  /**
   * Takes a record on from what the store holds at this moment, which other requests may have changed since this one read it: what
   * was fetched stays, since the service hands it out once, and what was deleted stays so.
   *
   * @param step the next record; or the current one, if this request has nothing to add to it
   * @returns what is kept now
   * @throws HonninError `signature-not-found`, `store-full`, `store-unreachable`
   */
  advance(
    id: string,
    step: (current: StartedRecord | AuthorizedRecord) => SignatureRecord,
  ): Promise<SignatureRecord> {
    return this.exchange(id, (current) => (current.stage === "fetched" ? current : step(current)));
  }

  /** As {@link advance}, of a record at any stage. */
  async exchange(id: string, step: (current: SignatureRecord) => SignatureRecord): Promise<SignatureRecord> {
    const { store, lifetime } = this.#options;
    for (let crossing = 0; crossing < MOST_CROSSINGS; crossing += 1) {
      const { sealed, record } = await this.#load(id);
      const next = step(record);
      if (next === record) return next;
      if (await store.replace(keyOf(id), sealed, await this.#seal(next), lifetime)) return next;
    }
    throw new HonninError("store-unreachable", "The record could not be updated: other requests kept changing it.");
  }

  /** A store that cannot forget now forgets when the time is over; nothing depends on it. */
  async delete(id: string): Promise<void> {
    try {
      await this.#options.store.delete(keyOf(id));
    } catch {
      // As said.
    }
  }

  async #load(id: string): Promise<{ sealed: string; record: SignatureRecord }> {
    const { store, sealer, now } = this.#options;
    const sealed: unknown = await store.get(keyOf(id));
    const opened = typeof sealed === "string" ? await sealer.open(sealed) : undefined;
    if (typeof sealed === "string" && typeof opened === "object" && opened !== null) {
      const { until, ...record } = opened as SignatureRecord & { until: number };
      // A store that mixes up its values, or never forgets, is not believed.
      if (record.id === id && now() < until) return { sealed, record };
    }
    throw notFound();
  }

  #seal(record: SignatureRecord): Promise<string> {
    const { sealer, lifetime, now } = this.#options;
    return sealer.seal({ ...record, until: now() + lifetime });
  }
}

function keyOf(id: string): string {
  return `signature:${id}`;
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
    "This browser has no signature to continue: it is complete, or has expired.",
  );
}
