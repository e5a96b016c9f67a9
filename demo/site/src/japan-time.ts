/** A moment by the clocks of Japan, which know no summer time. */
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

/** @param seconds since 1970; beyond what a date can be, the nearest one */
export function japanTime(seconds: number): JapanTime {
  const bounded = Math.max(-limit, Math.min(limit, seconds));
  const date = new Date((bounded + offset) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

/** The last second of a day in Japan, in seconds since 1970. `undefined` unless it is `YYYY-MM-DD`. */
export function endOfJapanDay(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const time = Date.parse(`${date}T23:59:59+09:00`);
  return Number.isNaN(time) ? undefined : time / 1000;
}
