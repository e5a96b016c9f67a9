import type { PartialDate } from "honnin/relying-party";

/** A year of a Japanese era: 1 is 元年. */
export interface EraYear {
  readonly era: "meiji" | "taisho" | "showa" | "heisei" | "reiwa";
  readonly year: number;
}

/** First days of the eras, as YYYYMMDD, the latest first. */
const eras = [
  ["reiwa", 20190501, 2018],
  ["heisei", 19890108, 1988],
  ["showa", 19261225, 1925],
  ["taisho", 19120730, 1911],
  // 明治6年1月1日: before it Japan's calendar was lunisolar, so a Gregorian day has another date in 和暦.
  ["meiji", 18730101, 1867],
] as const;

/** The era of a complete date. `undefined` if month or day are unknown, since the era may depend on them, and before 1873. */
export function eraYear({ year, month, day }: PartialDate): EraYear | undefined {
  if (month === undefined || day === undefined) return undefined;
  const number = year * 10_000 + month * 100 + day;
  const found = eras.find(([, first]) => number >= first);
  return found && { era: found[0], year: year - found[2] };
}
