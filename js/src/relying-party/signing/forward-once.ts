import type { Forward } from "../signing-hooks.js";
import type { Pursuit } from "./pursuit.js";
import type { FetchedRecord, Records } from "./record.js";

/** The maximum length of the JSON text. The result and the rest of the record need most of the room. */
const MAX_CHARACTERS = 65_536;

/**
 * Forwards the result, and stores the return value until the site has received it: the platform operator may refuse a second call.
 *
 * @returns the return value of `forward`, possibly from an earlier call
 */
export async function forwardOnce(
  pursuit: Pursuit,
  record: FetchedRecord,
  forward: Forward,
): Promise<unknown> {
  if (record.forwarded !== undefined) return record.forwarded.value;
  const { result, transaction, document, sub } = record;
  const value: unknown = await forward({ result, transaction, document, sub }, pursuit.exchange.request);
  if (canBeKept(value)) await keep(pursuit.records, record.id, { value });
  return value;
}

/** A forwarded result is used even if the store fails. A record that another request has deleted is not created again. */
async function keep(
  records: Records,
  id: string,
  forwarded: NonNullable<FetchedRecord["forwarded"]>,
): Promise<void> {
  try {
    await records.exchange(id, (current) =>
      current.stage === "fetched" ? { ...current, forwarded } : current,
    );
  } catch {
    // See above.
  }
}

/** Whether the store returns the value unchanged. */
function canBeKept(value: unknown): boolean {
  if (value === undefined) return true;
  try {
    const text: unknown = JSON.stringify(value);
    return typeof text === "string" && text.length <= MAX_CHARACTERS && isSame(JSON.parse(text), value);
  } catch {
    // A cycle, a bigint, or a value that is nested too deeply.
    return false;
  }
}

/** @param parsed a finite tree, which bounds the comparison */
function isSame(parsed: unknown, value: unknown): boolean {
  if (typeof parsed !== "object" || parsed === null) return parsed === value;
  if (typeof value !== "object" || value === null || Array.isArray(parsed) !== Array.isArray(value))
    return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (![Object.prototype, Array.prototype, null].includes(prototype as object | null)) return false;
  const given = Object.entries(value).filter(([, member]) => member !== undefined);
  return (
    given.length === Object.keys(parsed).length &&
    given.every(([name, member]) => isSame(Reflect.get(parsed, name), member))
  );
}
