// The holder's data as they stand in a sign leaf, and the dates that follow from them.
import type { GeneralName } from "@peculiar/asn1-x509";
import { oid } from "../asn1/oids.js";
import { otherName } from "./extensions.js";

/** A fictional person. */
export interface Person {
  /** 氏名: surname, U+3000, given name. */
  readonly name: string;
  /** `YYYYMMDD`, Gregorian; or the nine digits of the certificate, era first, where the era is not to be derived. */
  readonly birthDate: string;
  /** `1` male, `2` female, `3` unknown. */
  readonly gender: "1" | "2" | "3";
  /** 住所, from the prefecture, with full-width digits. */
  readonly address: string;
  /** In Latin letters, as subject and CRL names have them: `Tokyo-to`. */
  readonly prefecture: string;
  readonly municipality: string;
  /** One `0` or `1` per character; `1` where the card office substituted one that JIS X 0208/0212 lack. */
  readonly nameSubstitution?: string;
  readonly addressSubstitution?: string;
}

/** The fictional holder of whatever needs no other: 見本 means specimen. */
export const samplePerson = {
  name: "見本　花子",
  birthDate: "19850723",
  gender: "2",
  address: "東京都見本市架空町１丁目２番３号",
  prefecture: "Tokyo-to",
  municipality: "Mihon-shi",
} as const satisfies Person;

/** The arcs below 1.2.392.200149.8.5.5. */
export const holderArc = {
  name: `${oid.holder}.1`,
  nameSubstitution: `${oid.holder}.2`,
  gender: `${oid.holder}.3`,
  birthDate: `${oid.holder}.4`,
  address: `${oid.holder}.5`,
  addressSubstitution: `${oid.holder}.6`,
} as const;

/** First day of each era, with its digit; the newest first. */
const eras: readonly (readonly [from: string, digit: string])[] = [
  ["20190501", "5"],
  ["19890108", "4"],
  ["19261225", "3"],
  ["19120730", "2"],
  ["18680125", "1"],
];

/** `EYYYYMMDD`: one era digit, eight Gregorian digits. */
export function birthDateDigits(birthDate: string): string {
  if (/^\d{9}$/.test(birthDate)) return birthDate;
  if (!/^\d{8}$/.test(birthDate)) throw new RangeError("a birth date is eight digits, or nine with the era");
  return `${eras.find(([from]) => birthDate >= from)?.[1] ?? "0"}${birthDate}`;
}

/** The six entries in the order in which real certificates have them. */
export function holderEntries(person: Person): [arc: string, text: string][] {
  const zeros = (text: string) => "0".repeat([...text].length);
  return [
    [holderArc.name, person.name],
    [holderArc.birthDate, birthDateDigits(person.birthDate)],
    [holderArc.gender, person.gender],
    [holderArc.address, person.address],
    [holderArc.nameSubstitution, person.nameSubstitution ?? zeros(person.name)],
    [holderArc.addressSubstitution, person.addressSubstitution ?? zeros(person.address)],
  ];
}

export function holderNames(entries: readonly (readonly [arc: string, text: string])[]): GeneralName[] {
  return entries.map(([arc, text]) => otherName(arc, text));
}

/**
 * 23:59:59 in Japan on the holder's n-th birthday after issue. Unknown months and days count as the last possible day,
 * and 29 February as the 28th in common years: what the real authority does there is not public.
 */
export function notAfterOf(person: Person, issued: Date, years: number): Date {
  const digits = birthDateDigits(person.birthDate);
  const month = Number(digits.slice(5, 7)) || 12;
  const birthday = (year: number) => {
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
    const day = Math.min(Number(digits.slice(7, 9)) || last, last);
    return Date.UTC(year, month - 1, day, 14, 59, 59);
  };
  const issuedYear = issued.getUTCFullYear();
  const first = birthday(issuedYear) > issued.getTime() ? issuedYear : issuedYear + 1;
  return new Date(birthday(first + years - 1));
}
