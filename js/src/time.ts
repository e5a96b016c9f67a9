// Reads the times in options. Inside the package, every time is a Unix time in seconds.
import { HonninError } from "./error.js";

/** A `Date`, or a Unix time in seconds. Milliseconds are refused. */
export type Time = Date | number;

/** The current time: a {@link Time}, or a function that returns one. */
export type Now = Time | (() => Time);

/** In seconds this is the year 5138, in milliseconds 1973: a greater number is in milliseconds. */
const mostSeconds = 100_000_000_000;

/**
 * Reads a time.
 *
 * @param name the name of the option, for the message
 * @returns the Unix time in seconds, with its fraction
 * @throws HonninError `options-invalid`
 */
export function readTime(value: unknown, name: string): number {
  const seconds = typeof value === "number" ? value : dateSeconds(value);
  if (typeof value === "number" && Number.isFinite(value) && value > mostSeconds) {
    const message = `${name} is in milliseconds; give a Unix time in seconds, or a Date.`;
    throw new HonninError("options-invalid", message);
  }
  if (seconds >= 0 && seconds <= mostSeconds) return seconds;
  throw new HonninError("options-invalid", `${name} must be a Unix time in seconds, or a Date.`);
}

/**
 * Reads the option for the current time. If it is a function, calls it once. Read the option once for each operation, so that the
 * whole operation uses one time.
 *
 * @param now default: the clock of this machine
 * @returns the Unix time in seconds, with its fraction
 * @throws HonninError `options-invalid`
 */
export function readNow(now: unknown): number {
  return readClock(now)();
}

/**
 * Reads the option for the current time of an object that lives longer. A function is called each time the clock is read, and not
 * before. Any other value is checked here.
 *
 * @param now default: the clock of this machine
 * @returns a clock: it returns the Unix time in seconds, with its fraction, and throws `options-invalid` if the function does not
 * @throws HonninError `options-invalid`
 */
export function readClock(now: unknown): () => number {
  if (now === undefined) return () => Date.now() / 1000;
  if (typeof now === "function") return () => readTime(ask(now as () => unknown), "now");
  const seconds = readTime(now, "now");
  return () => seconds;
}

/** The seconds of a Date of this or another realm; NaN for any other value. */
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
    throw new HonninError("options-invalid", "The function now threw an error.", { cause });
  }
}
