// Times that a caller gives, now above all. All are seconds since 1970 here.
import { HonninError } from "./error.js";

/** A `Date`, or seconds since 1970. Milliseconds are refused. */
export type Time = Date | number;

/** The time of now: a {@link Time}, or a function that gives it. */
export type Now = Time | (() => Time);

/** So many seconds end in the year 5138, so many milliseconds ended in 1973: a number above it is in milliseconds. */
const mostSeconds = 100_000_000_000;

/**
 * Reads a time.
 *
 * @param name of the option, for the message
 * @returns seconds since 1970, with their fraction
 * @throws HonninError `options-invalid`
 */
export function readTime(value: unknown, name: string): number {
  const seconds = typeof value === "number" ? value : dateSeconds(value);
  if (typeof value === "number" && Number.isFinite(value) && value > mostSeconds) {
    const message = `${name} is in milliseconds; give seconds since 1970, or a Date.`;
    throw new HonninError("options-invalid", message);
  }
  if (seconds >= 0 && seconds <= mostSeconds) return seconds;
  throw new HonninError("options-invalid", `${name} must be seconds since 1970, or a Date.`);
}

/**
 * Reads the time of now, asking a function for it. Read it once for each thing that is done, so that all of it is done for one time.
 *
 * @param now default: the clock of this machine
 * @returns seconds since 1970, with their fraction
 * @throws HonninError `options-invalid`
 */
export function readNow(now: unknown): number {
  return readClock(now)();
}

/**
 * Reads an option for the time of now that is kept. A function is called each time that the clock is asked, and never before; what is
 * none is looked at once, here.
 *
 * @param now default: the clock of this machine
 * @returns a clock, which gives seconds since 1970, with their fraction, and throws `options-invalid` for what the function gives
 * @throws HonninError `options-invalid`
 */
export function readClock(now: unknown): () => number {
  if (now === undefined) return () => Date.now() / 1000;
  if (typeof now === "function") return () => readTime(ask(now as () => unknown), "now");
  const seconds = readTime(now, "now");
  return () => seconds;
}

/** A Date of this or another realm; NaN for what is none. */
function dateSeconds(value: unknown): number {
  try {
    return Date.prototype.getTime.call(value) / 1000;
  } catch {
    return Number.NaN;
  }
}

function ask(now: () => unknown): unknown {
  try {
    return now();
  } catch (cause) {
    throw new HonninError("options-invalid", "now is a function that failed.", { cause });
  }
}
