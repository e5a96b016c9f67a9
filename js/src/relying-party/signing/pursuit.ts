import type { HonninErrorCode } from "../../error.js";
import { asHonninError } from "../errors.js";
import type { Exchange } from "../exchange.js";
import type { Setup } from "../options.js";
import { endsSignature } from "./endings.js";
import { forget, remember, resumeHint } from "./pending-cookie.js";
import { findRecord, notFound, type SignatureRecord } from "./record.js";
import type { SigningSetup } from "./setup.js";

/** One request's way with a signature. */
export interface Pursuit {
  readonly setup: Setup;
  readonly signing: SigningSetup;
  readonly exchange: Exchange;
  /** As far as it has come. */
  record: SignatureRecord;
  /** Set when the record is dropped. */
  done: boolean;
}

/**
 * Works on a signature under way. What fails leaves the record, to be gone on with from this browser, unless it ends the
 * signature for good.
 */
export async function pursue(
  setup: Setup,
  signing: SigningSetup,
  exchange: Exchange,
  id: string,
  work: (pursuit: Pursuit) => Promise<Response>,
): Promise<Response> {
  const pursuit = await begin(setup, signing, exchange, id);
  try {
    const response = await work(pursuit);
    await (pursuit.done ? forget : remember)(setup, signing, exchange, id);
    return response;
  } catch (thrown) {
    const error = asHonninError(thrown);
    if (!pursuit.done && endsSignature(pursuit.record.stage, error.code)) await drop(pursuit);
    await (pursuit.done ? forget : remember)(setup, signing, exchange, id);
    throw error;
  }
}

async function begin(setup: Setup, signing: SigningSetup, exchange: Exchange, id: string): Promise<Pursuit> {
  let record: SignatureRecord;
  try {
    record = await findRecord(setup, signing, id);
  } catch (thrown) {
    const gone: HonninErrorCode = notFound().code;
    if (asHonninError(thrown).code === gone) await forget(setup, signing, exchange, id);
    throw thrown;
  }
  exchange.returnTo = record.returnTo;
  exchange.resumeHint = resumeHint(id);
  return { setup, signing, exchange, record, done: false };
}

/** The signature is at its end. A store that cannot forget now forgets by itself. */
export async function drop(pursuit: Pursuit): Promise<void> {
  pursuit.done = true;
  pursuit.exchange.resumeHint = undefined;
  await pursuit.signing.store.delete(pursuit.record.id).catch(() => undefined);
}
