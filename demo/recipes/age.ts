// Whether a person is of an age today in Japan, from the scope `birthdate`. Keep the answer in the session, not the birth date.
import type { BasicItems } from "honnin/relying-party";

/** @returns `undefined` if that cannot be known: the birth date is missing, or its month or day is unknown and matters */
export function isOfAge(age: number, { birthdate }: BasicItems, now = new Date()): boolean | undefined {
  if (birthdate?.parsed === undefined) return undefined;
  const { year, month, day } = birthdate.parsed;
  // Sweden writes dates as ISO 8601 does.
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(now);
  const two = (number: number) => String(number).padStart(2, "0");
  const reachedOn = (ofMonth: number, ofDay: number) =>
    `${year + age}-${two(ofMonth)}-${two(ofDay)}` <= today;
  if (reachedOn(month ?? 12, day ?? 31)) return true;
  return reachedOn(month ?? 1, day ?? 1) ? undefined : false;
}
