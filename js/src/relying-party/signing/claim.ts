import { HonninError } from "../../error.js";
import { digestOf } from "../digest.js";
import { lookFor, type Patience } from "./look-for.js";
import type { Pursuit } from "./pursuit.js";
import { type AuthorizedRecord, type FetchedRecord, hasSeen, type SignatureRecord } from "./record.js";

/** More than a browser has ways to the service at once. */
const MOST = 8;

/**
 * Keeps that the code which came with this state is about to be handed in.
 *
 * @returns false if it was already: by a request that is still at it, or whose answer the browser never got
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
 * Waits for what the request that has the code makes of it.
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
