import { EmulatorError } from "./errors.js";
import { nearest } from "./nearest.js";
import { people as fixed, type Person } from "./people.js";
import type { Bilingual } from "./types.js";

/** The rules for people of one's own, which `people.schema.json` says too. */
export const limits = {
  people: 1_000,
  id: /^[0-9a-zA-Z][0-9a-zA-Z-]{0,63}$/,
  name: 200,
  address: 1_000,
  title: 100,
  birthdate: /^\d{4}(0\d|1[0-2])([0-2]\d|3[01])$/,
  gender: ["1", "2", "3"],
} as const;

const members = ["id", "title", "name", "address", "birthdate", "gender"];

/**
 * Checks people of one's own: an array, or the object of a file, `{ "people": […] }`.
 *
 * @throws EmulatorError `people-invalid`, with the path of the member
 */
export function checkPeople(input: unknown): readonly Person[] {
  const list = isRecord(input) ? fromFile(input) : input;
  if (!Array.isArray(list)) {
    throw wrong(
      "people",
      '配列にしてください。例: [{"id": "minor"}]',
      'must be an array, such as [{"id": "minor"}]',
    );
  }
  if (list.length > limits.people) {
    throw wrong("people", `${limits.people} 人までです。`, `must have at most ${limits.people} people`);
  }
  const people = list.map((person: unknown, index) => checkPerson(person, `people[${index}]`));
  people.forEach(({ id }, index) => {
    const path = `people[${index}].id`;
    const first = people.findIndex((other) => other.id === id);
    if (first < index)
      throw wrong(path, `people[${first}] と同じ "${id}" です。`, `is "${id}", as in people[${first}]`);
    if (fixed.some((person) => person.id === id))
      throw wrong(
        path,
        `"${id}" は用意された人の id です。ほかの id にしてください。`,
        `is "${id}", the id of a fixed person; choose another one`,
      );
  });
  return people;
}

function fromFile(file: Record<string, unknown>): unknown {
  const other = Object.keys(file).find((name) => name !== "people" && name !== "$schema");
  if (other !== undefined) throw unknownMember(other, ["people", "$schema"], other);
  return file.people;
}

function checkPerson(person: unknown, path: string): Person {
  if (!isRecord(person)) {
    throw wrong(
      path,
      'オブジェクトにしてください。例: {"id": "minor"}',
      'must be an object, such as {"id": "minor"}',
    );
  }
  const other = Object.keys(person).find((name) => !members.includes(name));
  if (other !== undefined) throw unknownMember(`${path}.${other}`, members, other);
  const { id, title, name, address, birthdate, gender } = person;
  if (typeof id !== "string" || !limits.id.test(id)) {
    throw wrong(
      `${path}.id`,
      "1〜64 文字の英数字とハイフンにしてください（先頭は英数字）。",
      "must be 1 to 64 letters, digits and hyphens, beginning with a letter or digit",
    );
  }
  const checked: { -readonly [Name in keyof Person]: Person[Name] } = {
    id,
    title: checkTitle(title, typeof name === "string" ? name : id, `${path}.title`),
  };
  if (name !== undefined) checked.name = text(name, limits.name, `${path}.name`);
  if (address !== undefined) checked.address = text(address, limits.address, `${path}.address`);
  if (birthdate !== undefined) {
    if (typeof birthdate !== "string" || !limits.birthdate.test(birthdate)) {
      throw wrong(
        `${path}.birthdate`,
        'YYYYMMDD の形の文字列にしてください。例: "19800217"。不明な月と日は 00 です。',
        'must be a string YYYYMMDD, such as "19800217"; an unknown month or day is 00',
      );
    }
    if (!isInCalendar(birthdate)) {
      throw wrong(
        `${path}.birthdate`,
        `"${birthdate}" は暦にない日です。`,
        `is "${birthdate}", a day that does not exist`,
      );
    }
    checked.birthdate = birthdate;
  }
  if (gender !== undefined) {
    if (!limits.gender.some((code) => code === gender)) {
      throw wrong(
        `${path}.gender`,
        '"1"（男）、"2"（女）、"3"（その他・不明）のどれかの文字列にしてください。',
        'must be a string: "1" (male), "2" (female) or "3" (other or unknown)',
      );
    }
    checked.gender = gender as string;
  }
  return checked;
}

/** Whether the month has such a day. What is unknown (00) fits everything. */
function isInCalendar(birthdate: string): boolean {
  const [year, month, day] = [birthdate.slice(0, 4), birthdate.slice(4, 6), birthdate.slice(6)].map(Number);
  if (month === undefined || month === 0) return true;
  // A leap year in place of one that is unknown. Date takes years below 100 for those of the 20th century.
  const last = new Date(Date.UTC(year === undefined || year < 100 ? 2000 : year, month, 0)).getUTCDate();
  return (day ?? 0) <= last;
}

function checkTitle(title: unknown, otherwise: string, path: string): Bilingual {
  if (title === undefined)
    return { ja: otherwise.slice(0, limits.title), en: otherwise.slice(0, limits.title) };
  if (typeof title === "string") {
    const same = text(title, limits.title, path);
    return { ja: same, en: same };
  }
  if (!isRecord(title)) {
    throw wrong(
      path,
      '文字列か {"ja": "…", "en": "…"} にしてください。',
      'must be a string or {"ja": "…", "en": "…"}',
    );
  }
  const other = Object.keys(title).find((name) => name !== "ja" && name !== "en");
  if (other !== undefined) throw unknownMember(`${path}.${other}`, ["ja", "en"], other);
  return { ja: text(title.ja, limits.title, `${path}.ja`), en: text(title.en, limits.title, `${path}.en`) };
}

function text(value: unknown, most: number, path: string): string {
  const fits = typeof value === "string" && value !== "" && value.length <= most;
  // Control characters and halves of surrogate pairs: no name contains them, and no response could.
  if (fits && !/[\p{Cc}\p{Cs}]/u.test(value)) return value;
  throw wrong(
    path,
    `1〜${most} 文字の文字列にしてください。制御文字は使えません。`,
    `must be a string of 1 to ${most} characters without control characters`,
  );
}

function unknownMember(path: string, names: readonly string[], name: string): EmulatorError {
  const meant = nearest(name, names);
  return wrong(
    path,
    meant === undefined
      ? `この項目はありません。使えるのは ${names.join("、")} です。`
      : `この項目はありません。${meant} ではありませんか。`,
    meant === undefined ? `is unknown; there are ${names.join(", ")}` : `is unknown. Did you mean ${meant}?`,
  );
}

function wrong(path: string, ja: string, en: string): EmulatorError {
  return new EmulatorError("people-invalid", { ja: `${path}: ${ja}`, en: `${path} ${en}` });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
