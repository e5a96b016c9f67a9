/**
 * Escapes, ends of texts, and the signs that make up the structure. Only valid JSON is looked at with it. Nothing in it repeats: a
 * long text would exhaust the stack.
 */
const TOKEN = /\\.|["{}[\]:]/g;

/**
 * A JSON object out of UTF-8, without byte order mark and without duplicate members (RFC 8259 §4): a reader that takes the first
 * and one that takes the last must not see two different things. `undefined` for anything else, without a word of what it was.
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
    // Within a text, nothing is structure but its end.
    if (start !== undefined && token !== '"') continue;
    if (token === '"') {
      if (start !== undefined) last = text.slice(start, index + 1);
      start = start === undefined ? index : undefined;
    } else if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else {
      // Unescaped: "a" and "\u0061" are one name.
      const name = JSON.parse(last) as string;
      const names = open.at(-1);
      if (names?.has(name)) return true;
      names?.add(name);
    }
  }
  return false;
}
