import { HonninError } from "../../error.js";

/** The scopes of the four basic items (基本4情報). */
export const basicItemScopes = ["name", "address", "birthdate", "gender"] as const;
/** One of these scopes. */
export type BasicItemScope = (typeof basicItemScopes)[number];

/** OpenID Connect Core §5.1.1. */
export interface AddressObject {
  readonly formatted?: string;
  readonly street_address?: string;
  readonly locality?: string;
  readonly region?: string;
  readonly postal_code?: string;
  readonly country?: string;
}

/** 住所. The service sends one text; an address object is accepted too. */
export interface Address {
  readonly raw: string | AddressObject;
  /** `raw` itself, or `formatted`, or the parts joined by spaces; not normalised. */
  readonly text: string;
}

/** A Gregorian date; an unknown month or day is left out. */
export interface PartialDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month?: number;
  /** 1 to 31. */
  readonly day?: number;
}

/** 生年月日. */
export interface Birthdate {
  readonly raw: string;
  /** Missing if `raw` is no date that exists: keep to `raw` then. */
  readonly parsed?: PartialDate;
}

/** 性別. */
export interface Gender {
  readonly raw: string;
  /** `"1"` male, `"2"` female, `"3"` other or unknown; missing for a code that is not known. */
  readonly parsed?: "male" | "female" | "other";
}

/** The basic items that were granted and sent. Texts are as received, without normalisation. */
export interface BasicItems {
  readonly name?: string;
  readonly address?: Address;
  readonly birthdate?: Birthdate;
  readonly gender?: Gender;
}

const MAX_NAME = 1_000;
const MAX_ADDRESS = 2_000;
const MAX_DATE = 64;
const MAX_GENDER = 64;

const addressMembers = [
  "formatted",
  "street_address",
  "locality",
  "region",
  "postal_code",
  "country",
] as const;
const joinedMembers = ["postal_code", "region", "locality", "street_address", "country"] as const;

/**
 * Reads the basic items out of a userinfo answer. Members that are missing or `null` stay missing.
 *
 * @param members the answer's JSON object
 * @param granted the scopes whose items are read; the others are left out
 * @throws HonninError `response-malformed` if an item has a wrong type or is absurdly long; the message never quotes it
 *
 * @example
 * ```ts
 * import { readBasicItems } from "honnin/relying-party";
 *
 * const { name, birthdate } = readBasicItems({ name: "本人 花子", birthdate: "19900401" });
 * console.log(name, birthdate?.parsed?.year);
 * ```
 */
export function readBasicItems(
  members: Readonly<Record<string, unknown>>,
  granted: readonly string[] = basicItemScopes,
): BasicItems {
  if (typeof members !== "object" || members === null || Array.isArray(members)) {
    throw new HonninError("response-malformed", "The userinfo answer is not an object");
  }
  const item = (scope: BasicItemScope) =>
    granted.includes(scope) ? (members[scope] ?? undefined) : undefined;
  const name = item("name");
  const address = item("address");
  const birthdate = item("birthdate");
  const gender = item("gender");
  return {
    ...(name === undefined ? {} : { name: text("name", name, MAX_NAME) }),
    ...(address === undefined ? {} : { address: readAddress(address) }),
    ...(birthdate === undefined ? {} : { birthdate: readBirthdate(birthdate) }),
    ...(gender === undefined ? {} : { gender: readGender(gender) }),
  };
}

function readAddress(value: unknown): Address {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const raw = text("address", value, MAX_ADDRESS);
    return { raw, text: raw };
  }
  const members = value as Record<string, unknown>;
  const raw: { -readonly [member in keyof AddressObject]: AddressObject[member] } = {};
  for (const member of addressMembers) {
    const part = members[member] ?? undefined;
    if (part !== undefined) raw[member] = text(`address.${member}`, part, MAX_ADDRESS);
  }
  const parts = joinedMembers
    .map((member) => raw[member])
    .filter((part) => part !== undefined && part !== "");
  return { raw, text: text("address", raw.formatted || parts.join(" "), MAX_ADDRESS) };
}

function readBirthdate(value: unknown): Birthdate {
  const raw = text("birthdate", digits(value), MAX_DATE);
  const parsed = parseDate(raw);
  return parsed === undefined ? { raw } : { raw, parsed };
}

/** `YYYYMMDD` or `YYYY-MM-DD`, with `00` for an unknown month or day; `undefined` if there is no such date. */
function parseDate(raw: string): PartialDate | undefined {
  const digits = /^(\d{4})(\d{2})(\d{2})$/.exec(raw) ?? /^(\d{4})-(\d{2})-(\d{2})$/.exec(raw);
  if (digits === null) return undefined;
  const year = Number(digits[1]);
  const month = Number(digits[2]);
  const day = Number(digits[3]);
  if (year === 0 || month > 12 || day > lastDay(year, month)) return undefined;
  return { year, ...(month === 0 ? {} : { month }), ...(day === 0 ? {} : { day }) };
}

function lastDay(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const genders = new Map([
  ["1", "male"],
  ["2", "female"],
  ["3", "other"],
] as const satisfies [string, Gender["parsed"]][]) as ReadonlyMap<string, NonNullable<Gender["parsed"]>>;

function readGender(value: unknown): Gender {
  const raw = text("gender", digits(value), MAX_GENDER);
  const parsed = genders.get(raw);
  return parsed === undefined ? { raw } : { raw, parsed };
}

/** What consists of digits may have been written as a number. */
function digits(value: unknown): unknown {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? String(value) : value;
}

/** Counts characters, not UTF-16 units: names and places outside the basic plane are not rare. */
function text(member: string, value: unknown, limit: number): string {
  if (typeof value !== "string") {
    throw new HonninError("response-malformed", `The userinfo answer's "${member}" is not a string`);
  }
  if (value.length > limit && (value.length > 2 * limit || [...value].length > limit)) {
    throw new HonninError(
      "response-malformed",
      `The userinfo answer's "${member}" has more than ${limit} characters`,
    );
  }
  return value;
}
