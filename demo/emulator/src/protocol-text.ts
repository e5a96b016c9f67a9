// Node decodes header bytes as Latin-1, so U+00A0 and U+0085 can occur. They are not white space there (RFC 9110 §5.6.3).

/** Removes SP and HTAB at both ends. */
export function trimOws(text: string): string {
  return text.replace(/^[ \t]+/, "").replace(/(?<![ \t])[ \t]+$/, "");
}

/** Converts ASCII letters to lower case. All other characters stay unchanged. */
export function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x20));
}

/** The cookies of a `Cookie` header, in the order sent (RFC 6265 §5.4). */
export function cookiesOf(header: string): { readonly name: string; readonly value: string }[] {
  return header
    .split(";")
    .map((pair) => ({ pair, at: Math.max(pair.indexOf("="), 0) }))
    .map(({ pair, at }) => ({ name: trimOws(pair.slice(0, at)), value: trimOws(pair.slice(at + 1)) }))
    .filter(({ name }) => name !== "");
}
