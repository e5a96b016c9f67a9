import type { IdTokenClaims } from "honnin";
import { HonninError } from "../../error.js";
import type { Report } from "../../report.js";
import type { Language } from "../http/language.js";
import type { SignatureTransaction } from "../signature-api/transaction.js";
import type { DocumentOfSignature } from "../signing-hooks.js";
import type { Sealer } from "../storage/sealed.js";
import type { Store } from "../storage/store.js";
import { notFound } from "./not-found.js";

/** The data that all stages have. */
interface Kept {
  /** 256 random bits, the key in the store. */
  readonly id: string;
  readonly transaction: SignatureTransaction;
  readonly document: DocumentOfSignature;
  readonly returnTo: string;
  readonly lang: Language;
  /** A digest of the `sub` that was logged in at the start. */
  readonly startedBy?: string;
  /** Digests of the states whose codes were used, newest last. */
  readonly redeemed?: readonly string[];
}

interface Signer {
  readonly sub: string;
  readonly claims: IdTokenClaims;
  readonly loginReport: Report;
}

/** The service has the digest. The user is at the service. */
export type StartedRecord = Kept & { readonly stage: "started" };

/** The user has returned. The result can be fetched. */
export type AuthorizedRecord = Kept &
  Signer & { readonly stage: "authorized"; readonly accessToken: string; readonly refreshToken?: string };

/** The result was fetched, which is possible once. The tokens are deleted. */
export type FetchedRecord = Kept &
  Signer & {
    readonly stage: "fetched";
    readonly result: string;
    /** Set when the result was forwarded. The value is the return value of `forward`. */
    readonly forwarded?: { readonly value?: unknown };
  };

/** A signature in progress. A completed one has no record. */
export type SignatureRecord = StartedRecord | AuthorizedRecord | FetchedRecord;

/** The maximum length of a JWE in characters. The JWE of a card's signature has a few thousand. */
export const MAX_RESULT_CHARACTERS = 262_144;
/** The maximum length of an encrypted record in characters. */
export const MAX_RECORD_CHARACTERS = 1_048_576;

/** The maximum number of attempts if other requests change the record at the same time. */
const MOST_CROSSINGS = 16;

/** Options of {@link Records}. */
export interface RecordOptions {
  readonly store: Store;
  readonly sealer: Sealer;
  /** The maximum duration of each stage in seconds. */
  readonly lifetime: number;
  /** Unix time in whole seconds. */
  now(): number;
}

/** Signatures in progress, encrypted in the store, each for the duration of one stage. */
export class Records {
  readonly #options: RecordOptions;

  constructor(options: RecordOptions) {
    this.#options = options;
  }

  /** Stores a new record. @throws HonninError `store-full`, `store-unreachable` */
  async create(record: StartedRecord): Promise<void> {
    const { store, lifetime } = this.#options;
    const value = await this.#seal(record);
    if (await store.create(keyOf(record.id), value, lifetime)) return;
    // A client of the store that sends a command twice gets the reply to the second one, which is a refusal.
    if ((await store.get(keyOf(record.id))) === value) return;
    throw new HonninError(
      "store-unreachable",
      "The store reports that a newly generated random key already exists.",
    );
  }

  /** @throws HonninError `signature-not-found` if there is no record that this handler created for this ID and that has not expired */
  async find(id: string): Promise<SignatureRecord> {
    return (await this.#load(id)).record;
  }

  /**
   * Advances a record from its current state in the store, which other requests may have changed since this one read it. A fetched
   * result is never replaced, because it can be collected once, and a deleted record is never created again.
   *
   * @param step returns the next record; or the current one, if this request has nothing to add
   * @returns the record that is stored now
   * @throws HonninError `signature-not-found`, `store-full`, `store-unreachable`
   */
  advance(
    id: string,
    step: (current: StartedRecord | AuthorizedRecord) => SignatureRecord,
  ): Promise<SignatureRecord> {
    return this.exchange(id, (current) => (current.stage === "fetched" ? current : step(current)));
  }

  /** Like {@link advance}, for a record at any stage. */
  async exchange(id: string, step: (current: SignatureRecord) => SignatureRecord): Promise<SignatureRecord> {
    const { store, lifetime } = this.#options;
    let written: string | undefined;
    for (let crossing = 0; crossing < MOST_CROSSINGS; crossing += 1) {
      const { sealed, record } = await this.#load(id);
      // As in `create`.
      if (sealed === written) return record;
      const next = step(record);
      if (next === record) return next;
      written = await this.#seal(next);
      if (await store.replace(keyOf(id), sealed, written, lifetime)) return next;
    }
    throw new HonninError(
      "store-unreachable",
      "The record could not be updated: other requests kept changing it.",
    );
  }

  /** If the store cannot delete the record now, it expires later. Nothing depends on it. */
  async delete(id: string): Promise<void> {
    try {
      await this.#options.store.delete(keyOf(id));
    } catch {
      // See above.
    }
  }

  async #load(id: string): Promise<{ sealed: string; record: SignatureRecord }> {
    const { store, sealer, now } = this.#options;
    const sealed: unknown = await store.get(keyOf(id));
    const opened = typeof sealed === "string" ? await sealer.open(sealed) : undefined;
    if (typeof sealed === "string" && typeof opened === "object" && opened !== null) {
      const { until, ...record } = opened as SignatureRecord & { until: number };
      // A store that mixes up its values, or never deletes them, is not trusted.
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

/** The data that is kept through all stages. */
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

/** Whether the code of the state with this digest was used. */
export function hasSeen({ redeemed }: SignatureRecord, stateDigest: string): boolean {
  return redeemed?.includes(stateDigest) === true;
}
