// Inputs made of good ones: of texts, and of JSON objects whose members are known.
import fc from "fast-check";

/** Stands in for whatever is personal or secret in an answer. No error code looks like it. */
export const marker = "秘7f3a密";

/** A value in one of so many inputs, else none. */
export function oneIn<Value>(count: number, value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ arbitrary: fc.constant(undefined), weight: count - 1 }, { arbitrary: value, weight: 1 });
}

/** Characters that some function or runtime takes for another one, or for none. */
export const lookAlikes = [
  ..."\u00a0\u0085\u1680\u2000\u2003\u200b\u2028\u202f\u3000\ufeff\u0000\u000b\u000c\u001f\u007f",
  ..."\u212a\u017f\u0130\u0131\uff0f\uff1b\uff1d\uff0e\uff21\u2044\u2024\u037e\ud800\udfff",
] as const;

const pieces = fc.oneof(
  fc.constantFrom(...lookAlikes),
  fc.constantFrom(...'";,=:&?#/\\{}[].-_%+ \t\r\n'),
  fc.constantFrom(
    "%00",
    "%0d%0a",
    "%20",
    "%c2%a0",
    "%ff",
    "\\u0000",
    "//",
    "/../",
    "__Host-",
    "null",
    marker,
  ),
  fc.string({ maxLength: 8, unit: "binary" }),
);

/** A change of a text. Places are shares of its length, so that one change fits every text. */
type TextChange = (text: string) => string;

const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (share: number, { length }: { readonly length: number }) => Math.floor(share * length);

const textChange: fc.Arbitrary<TextChange> = fc.oneof(
  fc.tuple(place, pieces).map(
    ([share, piece]): TextChange =>
      (text) => {
        const index = at(share, text);
        return text.slice(0, index) + piece + text.slice(index);
      },
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(
    ([share, bits]): TextChange =>
      (text) => {
        const index = at(share, text);
        const flipped = String.fromCharCode((text.charCodeAt(index) || 0) ^ bits);
        return text.slice(0, index) + flipped + text.slice(index + 1);
      },
  ),
  fc.tuple(place, fc.nat(20)).map(
    ([share, length]): TextChange =>
      (text) => {
        const index = at(share, text);
        return text.slice(0, index) + text.slice(index + length);
      },
  ),
  fc.tuple(place, place, fc.nat(200)).map(
    ([from, to, length]): TextChange =>
      (text) => {
        const [start, index] = [at(from, text), at(to, text)];
        return text.slice(0, index) + text.slice(start, start + length) + text.slice(index);
      },
  ),
  place.map(
    (share): TextChange =>
      (text) =>
        text.slice(0, at(share, text)),
  ),
  fc.constantFrom<TextChange>(
    (text) => text.toUpperCase(),
    (text) => text.toLowerCase(),
    (text) => text.normalize("NFKC"),
    (text) => text + text,
    (text) => `\ufeff${text}`,
  ),
  // Rarely, since they take long: beyond every limit.
  { arbitrary: fc.tuple(pieces, fc.constantFrom(3_000, 20_000)).map(longer), weight: 1 },
);

function longer([piece, times]: [string, number]): TextChange {
  return (text) => text + piece.slice(0, 14).repeat(times);
}

/** A good text after a few changes; sometimes none. */
export const changes: fc.Arbitrary<TextChange> = fc
  .array(textChange, { maxLength: 3 })
  .map((all) => (text) => all.reduce((changed, change) => change(changed), text));

/** A member of an object as it is written. */
interface Member {
  readonly name: string;
  readonly value: string;
}

const quoted = (text: string) => JSON.stringify(text);
const nested = (depth: number, [open, close]: readonly [string, string]) =>
  `${open.repeat(depth)}1${close.repeat(depth)}`;

/** Values of every type, as they are written. */
const values = fc.oneof(
  fc.constantFrom("null", "true", "false", "0", "-1", "3600", "1e400", "1.5", '""', "[]", "{}", '"null"'),
  fc.constantFrom(quoted(marker), `["${marker}"]`, `{"${marker}":"${marker}"}`, `{"a":1,"a":"${marker}"}`),
  fc.constantFrom(nested(50, ["[", "]"]), nested(20_000, ["[", "]"]), nested(5_000, ['{"a":', "}"])),
  fc.constantFrom(quoted("x".repeat(5_000)), quoted("長".repeat(100_000))),
  fc.string({ maxLength: 20, unit: "binary" }).map(quoted),
  fc.json({ maxDepth: 2 }),
);

type ObjectChange = (members: readonly Member[]) => readonly Member[];

const respelt: fc.Arbitrary<(name: string) => string> = fc.constantFrom(
  (name) => name,
  (name) => `\\u${(name.charCodeAt(0) || 0x61).toString(16).padStart(4, "0")}${name.slice(1)}`,
  (name) => name.toUpperCase(),
  (name) => ` ${name}`,
  (name) => name.replace(/k/, "\u212a"),
  (name) => `${name}\u200b`,
);

function chosen(
  share: number,
  members: readonly Member[],
  change: (member: Member) => readonly Member[],
): readonly Member[] {
  const index = at(share, members);
  return members.flatMap((member, position) => (position === index ? change(member) : [member]));
}

const objectChange: fc.Arbitrary<ObjectChange> = fc.oneof(
  fc.tuple(place, values).map(
    ([share, value]): ObjectChange =>
      (members) =>
        chosen(share, members, ({ name }) => [{ name, value }]),
  ),
  // A member twice: the same, another value before or after it, a name that is spelt in another way.
  fc.tuple(place, values, respelt, fc.boolean(), fc.boolean()).map(
    ([share, value, respell, isFirst, isSame]): ObjectChange =>
      (members) =>
        chosen(share, members, (member) => {
          const double = { name: respell(member.name), value: isSame ? member.value : value };
          return isFirst ? [double, member] : [member, double];
        }),
  ),
  place.map(
    (share): ObjectChange =>
      (members) =>
        chosen(share, members, () => []),
  ),
  fc.tuple(place, respelt).map(
    ([share, respell]): ObjectChange =>
      (members) =>
        chosen(share, members, ({ name, value }) => [{ name: respell(name), value }]),
  ),
  fc.tuple(fc.constantFrom("__proto__", "constructor", "toString", "", "error", marker, "x"), values).map(
    ([name, value]): ObjectChange =>
      (members) => [...members, { name, value }],
  ),
  fc.constant<ObjectChange>((members) => [...members].reverse()),
);

const around = fc.constantFrom<TextChange>(
  (text) => text,
  (text) => ` \r\n\t${text} \n`,
  (text) => `\ufeff${text}`,
  (text) => `[${text}]`,
  (text) => `${text},`,
  (text) => `${text}\u0000`,
);

/** A JSON object after a few changes of its members, and sometimes of its text; sometimes none. */
export const objectChanges: fc.Arbitrary<(object: Readonly<Record<string, unknown>>) => string> = fc
  .tuple(fc.array(objectChange, { maxLength: 3 }), oneIn(5, around), oneIn(8, changes))
  .map(([all, wrap, change]) => (object) => {
    const good = Object.entries(object).map(([name, value]) => ({ name, value: JSON.stringify(value) }));
    const members = all.reduce<readonly Member[]>((changed, one) => one(changed), good);
    const written = `{${members.map(({ name, value }) => `"${name}":${value}`).join(",")}}`;
    const text = wrap === undefined ? written : wrap(written);
    return change === undefined ? text : change(text);
  });
