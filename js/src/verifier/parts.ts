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
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];
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

  #append(bytes: Uint8Array<ArrayBuffer>): readonly [number, number] {
    this.#reserve(bytes.length);
    const offset = this.#length;
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return [offset, bytes.length];
  }

  /** The parts, one behind the other in the buffer. */
  get all(): readonly Uint8Array<ArrayBuffer>[] {
    return this.#parts;
  }

  /** The length of the buffer in bytes. */
  get length(): number {
    return this.#length;
  }

  /** Bytes of one part, not copied. They are empty if the range is in no part. */
  at(offset: number, length: number): Uint8Array<ArrayBuffer> {
    let start = offset;
    for (const part of this.#parts) {
      if (start < part.length) return part.subarray(start, start + length);
      start -= part.length;
    }
    return new Uint8Array();
  }
}

/** A private copy. */
export function copyOf(bytes: Uint8Array, name: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
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
  parts: Parts,
): Uint8Array<ArrayBuffer> {
  return typeof answer === "string" ? fromBase64(answer) : parts.at(...answer).slice();
}
