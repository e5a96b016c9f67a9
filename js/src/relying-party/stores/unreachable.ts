import { HonninError } from "../../error.js";

/**
 * Calls the backend of a store.
 *
 * @param what names the backend in the message, as in "Redis"
 * @throws HonninError `store-unreachable` for any error, so that a lost connection is never taken for a missing value
 */
export async function reach<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new HonninError("store-unreachable", `${what} failed. See cause.`, { cause });
  }
}

/** The error for a reply that no function of the store gives. Its value is not quoted: it may be anything. */
export function unexpectedReply(what: string, remedy: string): HonninError {
  return new HonninError("store-unreachable", `${what} returned an unexpected reply. ${remedy}`);
}
