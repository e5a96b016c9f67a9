import { HonninError } from "../../error.js";

/** The scopes of the four basic items (基本4情報). */
export const basicItemScopes = ["name", "address", "birthdate", "gender"] as const;
/** One of these scopes. */
export type BasicItemScope = (typeof basicItemScopes)[number];

/** The address claim (OpenID Connect Core 1.0 §5.1.1). */
export interface AddressObject {
  readonly formatted?: string;
  readonly street_address?: string;
  readonly locality?: string;
  readonly region?: string;
  readonly postal_code?: string;
  readonly country?: string;
}

/** 住所. The service sends a string; an address object is accepted too. */
export interface Address {
  readonly raw: string | AddressObject;
  /** `raw` if it is a string, otherwise `formatted`, otherwise the parts joined by spaces. Not normalized. */
  readonly text: string;
}

/** A Gregorian date. An unknown month or day is missing. */
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
  /** Missing if `raw` is not an existing date. Use `raw` then. */
  readonly parsed?: PartialDate;
}

/** 性別. */
export interface Gender {
  readonly raw: string;
  /** `"1"` is male, `"2"` female, `"3"` other or unknown. Missing for any other code. */
  readonly parsed?: "male" | "female" | "other";
}

/** The basic items that were granted and sent. Strings are as received, without normalization. */
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
 * Reads the basic items from a userinfo response. Members that are missing or `null` are missing in the result.
 *
 * @param members the JSON object of the response
 * @param granted the scopes whose items are read; other items are ignored
 * @throws HonninError `response-malformed` if an item has the wrong type or is too long; the message never quotes it
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
    throw new HonninError("response-malformed", "The userinfo response is not an object.");
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

/** Parses `YYYYMMDD` or `YYYY-MM-DD`, with `00` for an unknown month or day; `undefined` if the date does not exist. */
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

/** A value of digits may be a JSON number. */
function digits(value: unknown): unknown {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? String(value) : value;
}

/** Counts characters, not UTF-16 code units: names and places often have characters outside the Basic Multilingual Plane. */
function text(member: string, value: unknown, limit: number): string {
  if (typeof value !== "string") {
    throw new HonninError(
      "response-malformed",
      `The member "${member}" of the userinfo response is not a string.`,
    );
  }
  if (value.length > limit && (value.length > 2 * limit || [...value].length > limit)) {
    throw new HonninError(
      "response-malformed",
      `The member "${member}" of the userinfo response has more than ${limit} characters.`,
    );
  }
  return value;
}
