// All bytes go to the verifier in one buffer. The options state the position of each part.

import { fromBase64 } from "../base64.js";
import { HonninError } from "../error.js";
import { asBytes } from "./bytes.js";

/** Bytes. They are copied when a function is called: later changes have no effect. */
export type Bytes = Uint8Array | ArrayBuffer;

/** A document in DER, or the text of a PEM file (RFC 7468). The bytes of a PEM file are accepted too. */
export type DerOrPem = Bytes | string;

/** The position of a part in the buffer. A text is marked. */
export type Part = readonly [offset: number, length: number] | { readonly text: readonly [number, number] };

/** The default of `limits.inputBytes`: a CRL with a million entries has 35 MB. */
const defaultInputBytes = 67_108_864;

/** Parts in the order in which they were added. */
export class Parts {
  readonly #parts: Uint8Array[] = [];
  readonly #limit: number;
  #length = 0;

  constructor(limit: unknown) {
    this.#limit = typeof limit === "number" ? limit : defaultInputBytes;
  }

  /** Copies bytes or a string. Any other value is returned unchanged, so that the verifier refuses it by its name. */
  add(value: unknown, name: string): Part | unknown {
    if (typeof value === "string") {
      // A string of n UTF-16 code units has at least n bytes.
      this.#reserve(value.length);
      return { text: this.#append(new TextEncoder().encode(value)) };
    }
    const bytes = asBytes(value, name);
    if (bytes === undefined) return value;
    this.#reserve(bytes.byteLength);
    return this.#append(copyOf(bytes, name));
  }

  #reserve(length: number): void {
    if (this.#length + length > this.#limit) {
      throw new HonninError(
        "input-too-large",
        `The input has more than ${this.#limit} bytes in total. Give less data, or raise limits.inputBytes.`,
      );
    }
  }

  #append(bytes: Uint8Array): readonly [number, number] {
    this.#reserve(bytes.length);
    const offset = this.#length;
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return [offset, bytes.length];
  }

  /** All parts in one buffer. */
  join(): Uint8Array<ArrayBuffer> {
    const buffer = new Uint8Array(this.#length);
    let offset = 0;
    for (const part of this.#parts) {
      buffer.set(part, offset);
      offset += part.length;
    }
    return buffer;
  }
}

/** A private copy. */
export function copyOf(bytes: Uint8Array, name: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(Uint8Array.prototype.slice.call(bytes));
  } catch (cause) {
    throw new HonninError(
      "options-invalid",
      `${name}: the bytes are not available because their buffer has shrunk.`,
      {
        cause,
      },
    );
  }
}

/** The bytes that a result refers to: a position in the buffer, or base64. */
export function bytesOf(
  answer: readonly [offset: number, length: number] | string,
  buffer: Uint8Array,
): Uint8Array<ArrayBuffer> {
  if (typeof answer === "string") return fromBase64(answer);
  const [offset, length] = answer;
  return new Uint8Array(buffer.slice(offset, offset + length));
}
