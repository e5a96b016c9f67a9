// HTTP, cookies and OAuth mean ASCII where they say white space or case. JavaScript's own functions mean Unicode: `trim` takes
// U+00A0, U+2000 or U+FEFF off a cookie's name, which a browser has let pass because it is not the name it protects, and
// `toLowerCase` makes a "k" of the Kelvin sign. Runtimes decode header bytes as Latin-1 or as UTF-8, so all of these can arrive.

/** Without SP and HTAB at its ends (OWS of RFC 9110 §5.6.3, WSP of RFC 6265 §4.2.1). */
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

/** Letters of ASCII in lower case; everything else stays what it is. */
export function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x20));
}

/** Type and subtype of a `Content-Type` in lower case, without its parameters (RFC 9110 §8.3.1); empty if there is none. */
export function mediaTypeOf(headers: Headers): string {
  const [type = ""] = (headers.get("content-type") ?? "").split(";", 1);
  return asciiLowerCase(trimOws(type));
}

/** The elements of a comma-separated header (RFC 9110 §5.6.1), without empty ones. Of no use where quoted strings may hold commas. */
export function listOf(header: string): string[] {
  return header
    .split(",")
    .map(trimOws)
    .filter((element) => element !== "");
}
