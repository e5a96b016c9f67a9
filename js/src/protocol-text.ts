// In HTTP, cookies and OAuth, white space and letter case mean ASCII. JavaScript's functions use Unicode: `trim` removes U+00A0,
// U+2000 or U+FEFF from a cookie's name, which a browser accepted because it is not the protected name, and `toLowerCase`
// turns the Kelvin sign into "k". Runtimes decode header bytes as Latin-1 or UTF-8, so all of these characters can occur.

/** Removes SP and HTAB at both ends (OWS of RFC 9110 §5.6.3, WSP of RFC 6265 §4.2.1). */
export function trimOws(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isOws(text.charCodeAt(start))) start += 1;
  while (end > start && isOws(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isOws(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Converts ASCII letters to lower case. All other characters stay unchanged. */
export function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x20));
}

/** Type and subtype of a `Content-Type` in lower case, without its parameters (RFC 9110 §8.3.1); empty if there is none. */
export function mediaTypeOf(headers: Headers): string {
  const [type = ""] = (headers.get("content-type") ?? "").split(";", 1);
  return asciiLowerCase(trimOws(type));
}

/** The non-empty elements of a comma-separated header (RFC 9110 §5.6.1). Not for headers with quoted strings, which may contain commas. */
export function listOf(header: string): string[] {
  return header
    .split(",")
    .map(trimOws)
    .filter((element) => element !== "");
}
