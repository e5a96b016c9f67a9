import { backOff } from "../signature-api/fetch-result.js";
import type { readRetries } from "../signature-api/retries.js";
import type { Pursuit } from "./pursuit.js";
import type { SignatureRecord } from "./record.js";

/** Options for retries. */
export type Patience = ReturnType<typeof readRetries>;

/**
 * Looks in the store for data that another request is about to store, as often as a request to the service is retried.
 *
 * @returns `undefined` if the data does not arrive
 * @throws HonninError `signature-not-found` if the other request has finished
 */
export async function lookFor<Wanted extends SignatureRecord>(
  pursuit: Pursuit,
  patience: Patience,
  isWanted: (record: SignatureRecord) => record is Wanted,
): Promise<Wanted | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const record = await pursuit.records.find(pursuit.record.id);
    pursuit.record = record;
    if (isWanted(record)) return record;
    if (attempt === patience.attempts) return undefined;
    await backOff(patience, attempt);
  }
}
