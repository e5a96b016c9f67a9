import { backOff } from "../signature-api/fetch-result.js";
import type { Pursuit } from "./pursuit.js";
import { findRecord, type SignatureRecord } from "./record.js";

/**
 * Looks in the store for what another request is about to keep, as often as the service would be asked.
 *
 * @returns `undefined` if it does not come
 * @throws HonninError `signature-not-found` if the other request has finished
 */
export async function lookFor<Wanted extends SignatureRecord>(
  pursuit: Pursuit,
  isWanted: (record: SignatureRecord) => record is Wanted,
): Promise<Wanted | undefined> {
  const { setup, signing } = pursuit;
  const { attempts } = signing.retries;
  for (let attempt = 1; ; attempt += 1) {
    const record = await findRecord(setup, signing, pursuit.record.id);
    pursuit.record = record;
    if (isWanted(record)) return record;
    if (attempt === attempts) return undefined;
    await backOff(signing.retries, attempt);
  }
}
