import type { HonninErrorCode } from "../../error.js";
import { asHonninError } from "../errors.js";
import type { Exchange } from "../http/exchange.js";
import { endsSignature, type Phase } from "./endings.js";
import { type PendingCookies, resumeHint } from "./pending-cookie.js";
import type { Records, SignatureRecord } from "./record.js";

/** The records of signatures in progress, and the cookies that bind them to a browser. */
export interface Keepers {
  readonly records: Records;
  readonly pending: PendingCookies;
}

/** The work of one request on a signature. */
export interface Pursuit extends Keepers {
  readonly exchange: Exchange;
  /** The latest record. */
  record: SignatureRecord;
  /** The current step. It determines the meaning of an error. */
  phase: Phase;
  /** Set when the record is deleted. */
  done: boolean;
}

/**
 * Works on a signature in progress. After an error, the record stays and this browser can resume it, unless the error ends the
 * signature permanently.
 */
export async function pursue<T>(
  kept: Keepers,
  exchange: Exchange,
  id: string,
  work: (pursuit: Pursuit) => Promise<T>,
): Promise<T> {
  const pursuit = await begin(kept, exchange, id);
  try {
    const result = await work(pursuit);
    await settle(pursuit);
    return result;
  } catch (thrown) {
    const error = await asHonninError(thrown);
    if (!pursuit.done && (await isOver(pursuit, error.code))) await drop(pursuit);
    await settle(pursuit);
    throw error;
  }
}

async function settle({ pending, exchange, record, done }: Pursuit): Promise<void> {
  await (done ? pending.forget(exchange, record.id) : pending.remember(exchange, record));
}

async function begin({ records, pending }: Keepers, exchange: Exchange, id: string): Promise<Pursuit> {
  let record: SignatureRecord;
  try {
    record = await records.find(id);
  } catch (thrown) {
    if ((await asHonninError(thrown)).code === "signature-not-found") await pending.forget(exchange, id);
    throw thrown;
  }
  exchange.returnTo = record.returnTo;
  exchange.resumeHint = await resumeHint(id);
  return { records, pending, exchange, record, phase: "authorizing", done: false };
}

async function isOver({ records, record, phase }: Pursuit, code: HonninErrorCode): Promise<boolean> {
  if (phase === "opening" || phase === "hook") return endsSignature(phase, code);
  // Another tab has completed it in the meantime.
  if (code === "signature-not-found") return true;
  if (!endsSignature(phase, code)) return false;
  // The error of the service does not matter if another tab has the result.
  const current = await records.find(record.id).catch(() => undefined);
  return current?.stage !== "fetched";
}

/** Deletes the record of a completed signature. */
export async function drop(pursuit: Pursuit): Promise<void> {
  pursuit.done = true;
  pursuit.exchange.resumeHint = undefined;
  await pursuit.records.delete(pursuit.record.id);
}
