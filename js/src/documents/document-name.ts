// Names of documents. Users rely on them.

/** Control characters, surrogates and noncharacters (not allowed in packages), and line separators. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029]/u;

/**
 * Invisible characters and characters that change the direction of text (Unicode Default_Ignorable_Code_Point and Bidi_Control, and
 * the Braille blank): with them, one name can look like another.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800]/u;

/** A zero width joiner between emoji. */
const JOINER =
  /(\p{Extended_Pictographic}|[\u{1f3fb}-\u{1f3ff}]|\ufe0f)\u200d(?=\p{Extended_Pictographic})/gu;

/** A variation selector after a character. Japanese personal names need it. */
const VARIANT = /([^\p{Default_Ignorable_Code_Point} ])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/**
 * Whether the sign route accepts the value as a document name: a string of 1 to 255 characters that can be shown, without invisible
 * or control characters. A page can check this before it computes a digest.
 *
 * @example
 * ```ts
 * import { isDocumentName } from "honnin";
 *
 * console.log(isDocumentName("契約書.pdf")); // true
 * console.log(isDocumentName("fdp.\u202e契約書.exe")); // false: the name is displayed in another order
 * ```
 */
export function isDocumentName(value: unknown): value is string {
  if (typeof value !== "string" || value.length > 510) return false;
  const { length } = [...value];
  if (length < 1 || length > 255 || UNSHOWABLE.test(value)) return false;
  // Invisible too, but part of a visible character.
  return !INVISIBLE.test(value.replace(JOINER, "$1").replace(VARIANT, "$1"));
}
