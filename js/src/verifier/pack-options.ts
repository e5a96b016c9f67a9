// Converts options with bytes to the form that the verifier reads. The verifier checks them.
import { HonninError } from "../error.js";
import { convert, members, reading, wrong } from "./options.js";
import type { Parts } from "./parts.js";

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

/** Adds parameters that are not options. The options must not contain them. */
export function addOwn(given: Record<string, unknown>, own: object): Record<string, unknown> {
  for (const [name, value] of Object.entries(own)) {
    if (Object.hasOwn(given, name))
      throw new HonninError("options-invalid", `There is no option named ${name}.`);
    given[name] = value;
  }
  return given;
}
