// A small reader for what this library wrote itself and for the tests. It is not a validator.

/** One element: where it lies in `source`. */
export interface Element {
  readonly source: Uint8Array;
  readonly tag: number;
  readonly start: number;
  readonly contentStart: number;
  readonly end: number;
}

/** Reads the element of definite length at an offset. Throws a RangeError where none fits. */
export function element(source: Uint8Array, start = 0, limit = source.length): Element {
  const tag = source[start];
  const first = source[start + 1];
  if (tag === undefined || first === undefined || start + 2 > limit) throw new RangeError("no element here");
  let contentStart = start + 2;
  let length = first;
  if (first === 0x80) throw new RangeError("an indefinite length");
  if (first > 0x80) {
    length = 0;
    for (let i = 0; i < (first & 0x7f); i++) length = length * 256 + (source[contentStart++] ?? 0);
  }
  const end = contentStart + length;
  if (end > limit) throw new RangeError("an element longer than what holds it");
  return { source, tag, start, contentStart, end };
}

/** The elements inside a constructed one. */
export function children(parent: Element): Element[] {
  const found: Element[] = [];
  for (let at = parent.contentStart; at < parent.end; ) {
    const child = element(parent.source, at, parent.end);
    found.push(child);
    at = child.end;
  }
  return found;
}

/** The element with its tag and length. */
export const whole = (of: Element) => of.source.subarray(of.start, of.end);
/** The element's content octets. */
export const content = (of: Element) => of.source.subarray(of.contentStart, of.end);

/** The element reached by going down by index: `descend(certificate, 0, 5)` is the subject. */
export function descend(source: Uint8Array, ...path: readonly number[]): Element {
  let at = element(source);
  for (const index of path) {
    const child = children(at)[index];
    if (child === undefined) throw new RangeError(`no element ${index}`);
    at = child;
  }
  return at;
}
