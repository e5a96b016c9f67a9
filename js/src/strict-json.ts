/**
 * Escapes, string delimiters and structural characters. It is used on valid JSON only. It has no repetition, because a long string
 * would exhaust the stack.
 */
const TOKEN = /\\.|["{}[\]:]/g;

/**
 * Parses a JSON object in UTF-8, without a byte order mark and without duplicate members (RFC 8259 §4), which two parsers can read
 * differently. `undefined` for anything else, without a reason.
 */
export function parseStrictObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isObject(value) && !hasDuplicates(text) ? value : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param text valid JSON */
export function hasDuplicates(text: string): boolean {
  const open: Set<string>[] = [];
  let start: number | undefined;
  let last = "";
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    // Inside a string, only its end is structural.
    if (start !== undefined && token !== '"') continue;
    if (token === '"') {
      if (start !== undefined) last = text.slice(start, index + 1);
      start = start === undefined ? index : undefined;
    } else if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else {
      // Unescaped: "a" and "\u0061" are the same name.
      const name = JSON.parse(last) as string;
      const names = open.at(-1);
      if (names?.has(name)) return true;
      names?.add(name);
    }
  }
  return false;
}
