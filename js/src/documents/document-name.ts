// Names of documents, which people go by.

/** Control characters, what is none (packages take none of it), and what breaks lines. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029]/u;

/**
 * What nobody sees, or what turns the direction of writing (Unicode, Default_Ignorable_Code_Point and Bidi_Control; the blank of
 * Braille): by it, one name can pass for another.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800]/u;

/** What joins emoji into one. */
const JOINER =
  /(\p{Extended_Pictographic}|[\u{1f3fb}-\u{1f3ff}]|\ufe0f)\u200d(?=\p{Extended_Pictographic})/gu;

/** The variant of the character before it, which names of persons in Japanese need. */
const VARIANT = /([^\p{Default_Ignorable_Code_Point} ])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/**
 * Whether a document's name can be shown, and is no other than it looks: what the sign route takes, and a page can ask before it hashes
 * anything. 1 to 255 characters.
 *
 * @example
 * ```ts
 * import { isDocumentName } from "honnin";
 *
 * console.log(isDocumentName("契約書.pdf")); // true
 * console.log(isDocumentName("fdp.\u202e契約書.exe")); // false: turned around where it is shown
 * ```
 */
export function isDocumentName(value: unknown): value is string {
  if (typeof value !== "string" || value.length > 510) return false;
  const { length } = [...value];
  if (length < 1 || length > 255 || UNSHOWABLE.test(value)) return false;
  // Invisible as well, but part of what is seen.
  return !INVISIBLE.test(value.replace(JOINER, "$1").replace(VARIANT, "$1"));
}
