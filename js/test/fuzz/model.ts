// What the tests hold the package to, worked out in another way than the package does it.

/** An object of a JSON text, if there is one and no member is there twice in it; read by counting. */
export function readStrictly(text: string): Record<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return countNames(text) === countMembers(value) ? (value as Record<string, unknown>) : undefined;
}

/** Texts that a colon follows. */
function countNames(text: string): number {
  let names = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] !== '"') continue;
    for (index += 1; text[index] !== '"'; index += 1) if (text[index] === "\\") index += 1;
    let next = index + 1;
    while (" \t\r\n".includes(text[next] ?? "x")) next += 1;
    if (text[next] === ":") names += 1;
  }
  return names;
}

function countMembers(value: unknown): number {
  let members = 0;
  const open: unknown[] = [value];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== "object" || one === null) continue;
    if (!Array.isArray(one)) members += Object.keys(one).length;
    for (const inner of Object.values(one)) open.push(inner);
  }
  return members;
}

/** Whether a `Content-Type` is JSON's, with or without parameters. */
export function isJsonType(type: string): boolean {
  return /^[ \t]*application\/json[ \t]*(;|$)/i.test(type);
}

/** The pairs of a `Cookie` header, each as it stands between semicolons, without the SP and HTAB of RFC 6265 around name and value. */
export function pairsOf(header: string): string[] {
  return header.split(";").map((pair) => pair.replace(/^[ \t]+|[ \t]+$/g, "").replace(/[ \t]*=[ \t]*/, "="));
}

/** Whether somebody goes there, as far as the browser says, and not in advance. */
export function isNavigation(headers: Readonly<Record<string, string>>): boolean {
  const purposes = ["sec-purpose", "x-sec-purpose", "purpose", "x-purpose", "x-moz"].map(
    (name) => headers[name] ?? "",
  );
  if (purposes.some((purpose) => /prefetch|prerender|preview/i.test(purpose))) return false;
  if ("next-router-prefetch" in headers || "x-middleware-prefetch" in headers) return false;
  if (!("sec-fetch-site" in headers)) return true;
  return (
    ["navigate", undefined].includes(headers["sec-fetch-mode"]) &&
    ["document", "empty", undefined].includes(headers["sec-fetch-dest"])
  );
}
