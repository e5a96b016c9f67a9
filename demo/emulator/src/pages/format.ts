import type { BasicItem } from "../people.js";
import type { Language } from "../types.js";

const genders: Record<string, Record<Language, string>> = {
  "1": { ja: "男性", en: "Male" },
  "2": { ja: "女性", en: "Female" },
  "3": { ja: "その他・不明", en: "Other or unknown" },
};

/** A basic item in readable form. The client gets the raw value. */
export function formatItem(item: BasicItem, value: string, language: Language): string {
  if (item === "gender") return genders[value]?.[language] ?? value;
  return item === "birthdate" ? formatBirthdate(value, language) : value;
}

/** The first characters of a hash, in groups that can be compared by eye. */
export function formatHash(hash: Uint8Array): string {
  const start = Buffer.from(hash).subarray(0, 8).toString("hex");
  return `${start.replace(/.{4}(?!$)/g, "$& ")} …`;
}

/** `YYYYMMDD`; `00` is an unknown month or day. */
function formatBirthdate(value: string, language: Language): string {
  const [, year = "", month = "", day = ""] = /^(\d{4})(\d{2})(\d{2})$/.exec(value) ?? [];
  const [monthKnown, dayKnown] = [month !== "00", day !== "00"];
  if (language === "ja") {
    if (!monthKnown) return `${Number(year)}年（月日は不明）`;
    return dayKnown
      ? `${Number(year)}年${Number(month)}月${Number(day)}日`
      : `${Number(year)}年${Number(month)}月（日は不明）`;
  }
  if (!monthKnown) return `${year} (month and day unknown)`;
  return dayKnown ? `${year}-${month}-${day}` : `${year}-${month} (day unknown)`;
}
