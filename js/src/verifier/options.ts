// Converts options to the form that the verifier reads. The verifier checks them.
import { HonninError } from "../error.js";

/** The maximum nesting depth. No option is nested this deep. */
const maxDepth = 8;

/** Converts an exception of the caller's objects to an error for the options. */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof HonninError) throw cause;
    throw new HonninError("options-invalid", "The options cannot be read.", { cause });
  }
}

/** Returns the members of an object, including inherited ones, and refuses any other value. */
export function members(options: unknown, name: string): Record<string, unknown> {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new HonninError("options-invalid", `${name} must be an object.`);
  }
  // Without a prototype, so that a member named __proto__ is refused like any other unknown member.
  const found: Record<string, unknown> = Object.create(null);
  try {
    // Including inherited members, so that no restriction is lost.
    for (const member in options) {
      const value = (options as Record<string, unknown>)[member];
      if (value !== undefined) found[member] = value;
    }
  } catch (cause) {
    throw new HonninError("options-invalid", `${name} cannot be read.`, { cause });
  }
  return found;
}

/** A copy of members that JSON represents exactly. Objects with toJSON, and values that are not data, are refused. */
export function plainData(found: Record<string, unknown>): Record<string, unknown> {
  return reading(() => {
    const plain: Record<string, unknown> = Object.create(null);
    for (const [name, value] of Object.entries(found)) plain[name] = convert(value, name, 0);
    return plain;
  });
}

/** Converts a value without bytes to plain data. */
export function convert(value: unknown, name: string, depth: number): unknown {
  if (depth > maxDepth) throw wrong(name);
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") {
    // JSON would write null.
    if (!Number.isFinite(value)) throw wrong(name);
    return value;
  }
  if (typeof value !== "object") throw wrong(name);
  if (isBinary(value)) throw new HonninError("options-invalid", `${name} must not be bytes.`);
  if (Array.isArray(value)) return value.map((element) => convert(element, name, depth + 1));
  const found = members(value, name);
  for (const [member, inner] of Object.entries(found)) found[member] = convert(inner, member, depth + 1);
  return found;
}

/** Whether it is memory of any kind, or a view of it. */
function isBinary(value: object): boolean {
  return ArrayBuffer.isView(value) || /ArrayBuffer\]$/.test(Object.prototype.toString.call(value));
}

export function wrong(name: string): HonninError {
  return new HonninError("options-invalid", `${name} has the wrong type.`);
}

/** The JSON text for the verifier. */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new HonninError("options-invalid", "The options cannot be written as JSON.", { cause });
  }
}
