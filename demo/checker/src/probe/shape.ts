// The shape of a value, without the value: what a report may say of claims, tokens and keys.

/** A description: the type, and for texts a format or the kinds of characters, and how long it is at most. */
export type Shape = string | { readonly [name: string]: Shape } | readonly Shape[];

const MAX_DEPTH = 6;
const MAX_MEMBERS = 100;

const formats: readonly [name: string, pattern: RegExp][] = [
  ["empty", /^$/],
  ["1 digit", /^\d$/],
  ["8 digits", /^\d{8}$/],
  ["date with hyphens", /^\d{4}-\d{2}-\d{2}$/],
  ["digits", /^\d+$/],
  ["UUID", /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i],
  ["JWE", /^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/],
  ["JWS", /^[\w-]+\.[\w-]+\.[\w-]*$/],
  ["URL", /^https?:\/\/\S+$/],
  ["letters and digits", /^[\dA-Za-z]+$/],
  ["base64url", /^[\w-]+$/],
  ["base64", /^[\dA-Za-z+/]+={0,2}$/],
  ["printable ASCII", /^[\x20-\x7e]+$/],
];

const ofOneLength = ["empty", "1 digit", "8 digits", "date with hyphens", "UUID"];

/** Without exact lengths: they can identify a person's name. */
function textShape(text: string): string {
  const format = formats.find(([, pattern]) => pattern.test(text))?.[0] ?? "Unicode";
  if (ofOneLength.includes(format)) return format;
  let bound = 4;
  while (bound < text.length) bound *= 2;
  return `${format}, at most ${bound} characters`;
}

export function shapeOf(value: unknown, depth = 0): Shape {
  if (typeof value === "string") return textShape(value);
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  if (depth >= MAX_DEPTH) return "deeper";
  if (Array.isArray(value)) {
    // Each kind once: the number of items may say something about a person.
    const kinds = value.slice(0, MAX_MEMBERS).map((item) => shapeOf(item, depth + 1));
    return [...new Map(kinds.map((kind) => [JSON.stringify(kind), kind])).values()];
  }
  return membersOf(value, depth);
}

/** The names of an object's members, with the shape of each. */
export function membersOf(value: unknown, depth = 0): { readonly [name: string]: Shape } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_MEMBERS)
      .map(([name, member]) => [safeName(name), shapeOf(member, depth + 1)]),
  );
}

/** The name of a member, unless it looks like data. */
export function safeName(name: string): string {
  return /^[A-Za-z_][\w.:/#-]{0,63}$/.test(name) && !/\d{4}/.test(name) ? name : `(${textShape(name)})`;
}

/** A word of a protocol that is not about a person, if it is one of those that are known; otherwise its shape. */
export function wordOf(value: unknown, known: readonly string[]): Shape {
  return typeof value === "string" && known.includes(value) ? value : shapeOf(value);
}

/** An error code of OAuth: such codes are made of these characters (and name no person). */
export function errorCodeOf(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("error" in body)) return undefined;
  const { error } = body;
  return typeof error === "string" && /^[a-z][a-z_]{2,47}$/.test(error) ? error : String(shapeOf(error));
}
