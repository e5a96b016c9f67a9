// Converts options to the form that the verifier reads. The verifier checks them.
import { HonninError } from "../error.js";
import { asBytes, type Parts } from "./parts.js";

/** Options whose values are bytes or documents, or arrays of them. */
const byteOptions: ReadonlySet<string> = new Set([
  "anchors",
  "certificate",
  "content",
  "crls",
  "data",
  "digest",
  "input",
  "intermediates",
  "message",
  "nameConstraints",
  "ocspResponses",
  "package",
  "signature",
]);

/** The same for options inside other options. */
const innerByteOptions: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["revocation", new Set(["crls", "ocspNonce", "ocspResponses"])],
  ["timestamp", new Set(["anchors", "intermediates"])],
]);

/** The maximum nesting depth. No option is nested this deep. */
const maxDepth = 8;

/**
 * Copies the bytes in the options into `parts`, and replaces them with their positions.
 *
 * @param found the result of {@link members}
 */
export function packOptions(found: Record<string, unknown>, parts: Parts): Record<string, unknown> {
  return reading(() => {
    for (const [name, value] of Object.entries(found)) {
      const inner = innerByteOptions.get(name);
      if (byteOptions.has(name)) found[name] = pack(value, name, parts);
      else if (inner !== undefined) found[name] = packInner(value, name, inner, parts);
      else found[name] = convert(value, name, 0);
    }
    return found;
  });
}

/** Converts an exception of the caller's objects to an error for the options. */
function reading<T>(read: () => T): T {
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

/** Adds parameters that are not options. The options must not contain them. */
export function addOwn(given: Record<string, unknown>, own: object): Record<string, unknown> {
  for (const [name, value] of Object.entries(own)) {
    if (Object.hasOwn(given, name))
      throw new HonninError("options-invalid", `There is no option named ${name}.`);
    given[name] = value;
  }
  return given;
}

/** A copy of members that JSON represents exactly. Objects with toJSON, and values that are not data, are refused. */
export function plainData(found: Record<string, unknown>): Record<string, unknown> {
  return reading(() => {
    const plain: Record<string, unknown> = Object.create(null);
    for (const [name, value] of Object.entries(found)) plain[name] = convert(value, name, 0);
    return plain;
  });
}

function packInner(
  value: unknown,
  option: string,
  byteOptions: ReadonlySet<string>,
  parts: Parts,
): Record<string, unknown> {
  const found = members(value, option);
  for (const [name, member] of Object.entries(found)) {
    found[name] = byteOptions.has(name) ? pack(member, name, parts) : convert(member, name, 0);
  }
  return found;
}

/** Converts a value without bytes to plain data. */
function convert(value: unknown, name: string, depth: number): unknown {
  if (depth > maxDepth) throw wrong(name);
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") {
    // JSON would write null.
    if (!Number.isFinite(value)) throw wrong(name);
    return value;
  }
  if (typeof value !== "object") throw wrong(name);
  if (asBytes(value, name) !== undefined)
    throw new HonninError("options-invalid", `${name} must not be bytes.`);
  if (Array.isArray(value)) return value.map((element) => convert(element, name, depth + 1));
  const found = members(value, name);
  for (const [member, inner] of Object.entries(found)) found[member] = convert(inner, member, depth + 1);
  return found;
}

/** Packs bytes or documents, or an array of them. */
export function pack(value: unknown, name: string, parts: Parts): unknown {
  return Array.isArray(value)
    ? value.map((element) => packOne(element, name, parts))
    : packOne(value, name, parts);
}

function packOne(value: unknown, name: string, parts: Parts): unknown {
  const part = parts.add(value, name);
  // A value that is neither bytes nor a string could look like a position in the buffer.
  if (part === value) throw wrong(name);
  return part;
}

function wrong(name: string): HonninError {
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
