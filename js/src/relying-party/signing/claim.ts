import { HonninError } from "../../error.js";
import { digestOf } from "../digest.js";
import { lookFor, type Patience } from "./look-for.js";
import type { Pursuit } from "./pursuit.js";
import { type AuthorizedRecord, type FetchedRecord, hasSeen, type SignatureRecord } from "./record.js";

/** More than a browser has logins in progress at once. */
const MOST = 8;

/**
 * Records that the code of this state is about to be used.
 *
 * @returns false if it was already used: by a request that is still running, or whose response the browser never received
 */
export async function claim(pursuit: Pursuit, state: string): Promise<boolean> {
  const digest = await digestOf(state);
  let isAgain = hasSeen(pursuit.record, digest);
  pursuit.record = await pursuit.records.advance(pursuit.record.id, (current) => {
    isAgain = hasSeen(current, digest);
    if (isAgain) return current;
    return { ...current, redeemed: [...(current.redeemed ?? []), digest].slice(-MOST) };
  });
  return !isAgain;
}

/**
 * Waits for the outcome of the request that uses the code.
 *
 * @throws HonninError `signature-result-pending`, `signature-not-found`
 */
export async function awaitTokens(pursuit: Pursuit, patience: Patience): Promise<void> {
  if ((await lookFor(pursuit, patience, isAuthorized)) !== undefined) return;
  throw new HonninError(
    "signature-result-pending",
    "Another request has already used the code of this callback, and has no result yet.",
  );
}

function isAuthorized(record: SignatureRecord): record is AuthorizedRecord | FetchedRecord {
  return record.stage !== "started";
}
