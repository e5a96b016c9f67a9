/** Control characters, what is none, and what breaks lines or turns the direction of writing. */
const unshowable =
  /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Whether the site will take this name of a document: the same rule as its sign route's, before anything is hashed. */
export function isDocumentName(name: string): boolean {
  const { length } = [...name];
  return length >= 1 && length <= 255 && !unshowable.test(name);
}
