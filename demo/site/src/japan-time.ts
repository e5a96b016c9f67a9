/** A time in Japan, which has no daylight saving time. */
export interface JapanTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const offset = 9 * 3600;
/** The span that a `Date` can hold, in seconds. */
const limit = 8_640_000_000_000 - offset;

/** Untrusted input may contain any time: outside the range of a date, the nearest date is used. */
const bounded = (seconds: number) => Math.max(-limit, Math.min(limit, seconds));

/** @param seconds Unix time in seconds */
export function japanTime(seconds: number): JapanTime {
  const date = new Date((bounded(seconds) + offset) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

/** The time in ISO 8601, in UTC. */
export function isoTime(seconds: number): string {
  return new Date(bounded(seconds) * 1000).toISOString();
}

/** The last second of a day in Japan, as a Unix time in seconds. `undefined` unless it is `YYYY-MM-DD`. */
export function endOfJapanDay(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const time = Date.parse(`${date}T23:59:59+09:00`);
  // Some engines take 30 February for a day in March.
  if (Number.isNaN(time) || japanTime(time / 1000).day !== Number(date.slice(8))) return undefined;
  return time / 1000;
}
