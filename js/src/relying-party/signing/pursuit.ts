import type { HonninErrorCode } from "../../error.js";
import { asHonninError } from "../errors.js";
import type { Exchange } from "../http/exchange.js";
import type { Setup } from "../options/read-options.js";
import type { SigningSetup } from "../options/signing-options.js";
import { endsSignature, type Phase } from "./endings.js";
import { forget, remember, resumeHint } from "./pending-cookie.js";
import { deleteRecord, findRecord, type SignatureRecord } from "./record.js";

/** One request's way with a signature. */
export interface Pursuit {
  readonly setup: Setup;
  readonly signing: SigningSetup;
  readonly exchange: Exchange;
  /** As far as it has come. */
  record: SignatureRecord;
  /** What is being done, which decides what an error means. */
  phase: Phase;
  /** Set when the record is dropped. */
  done: boolean;
}

/**
 * Works on a signature under way. What fails leaves the record, to be gone on with from this browser, unless it ends the
 * signature for good.
 */
export async function pursue<T>(
  setup: Setup,
  signing: SigningSetup,
  exchange: Exchange,
  id: string,
  work: (pursuit: Pursuit) => Promise<T>,
): Promise<T> {
  const pursuit = await begin(setup, signing, exchange, id);
  try {
    const result = await work(pursuit);
    await settle(pursuit);
    return result;
  } catch (thrown) {
    const error = asHonninError(thrown);
    if (!pursuit.done && (await isOver(pursuit, error.code))) await drop(pursuit);
    await settle(pursuit);
    throw error;
  }
}

async function settle({ setup, signing, exchange, record, done }: Pursuit): Promise<void> {
  await (done ? forget(setup, exchange, record.id) : remember(setup, signing, exchange, record));
}

async function begin(setup: Setup, signing: SigningSetup, exchange: Exchange, id: string): Promise<Pursuit> {
  let record: SignatureRecord;
  try {
    record = await findRecord(setup, signing, id);
  } catch (thrown) {
    if (asHonninError(thrown).code === "signature-not-found") await forget(setup, exchange, id);
    throw thrown;
  }
  exchange.returnTo = record.returnTo;
  exchange.resumeHint = await resumeHint(id);
  return { setup, signing, exchange, record, phase: "authorizing", done: false };
}

async function isOver({ setup, signing, record, phase }: Pursuit, code: HonninErrorCode): Promise<boolean> {
  if (phase === "opening" || phase === "hook") return endsSignature(phase, code);
  // Another tab has finished it meanwhile.
  if (code === "signature-not-found") return true;
  if (!endsSignature(phase, code)) return false;
  // What the service says does not matter any more if another tab has got the result.
  const current = await findRecord(setup, signing, record.id).catch(() => undefined);
  return current?.stage !== "fetched";
}

/** The signature is at its end. */
export async function drop(pursuit: Pursuit): Promise<void> {
  pursuit.done = true;
  pursuit.exchange.resumeHint = undefined;
  await deleteRecord(pursuit.signing, pursuit.record.id);
}
