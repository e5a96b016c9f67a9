// All bytes go to the verifier in one buffer. The options state the position of each part.

import { fromBase64 } from "../base64.js";
import { HonninError } from "../error.js";
import { type Room, takeRoom } from "../wasm/room.js";
import { asBytes } from "./bytes.js";

/** Bytes. They are copied when a function is called: later changes have no effect. */
export type Bytes = Uint8Array | ArrayBuffer;

/** A document in DER, or the text of a PEM file (RFC 7468). The bytes of a PEM file are accepted too. */
export type DerOrPem = Bytes | string;

/** The position of a part in the buffer. A text is marked. */
export type Part = readonly [offset: number, length: number] | { readonly text: readonly [number, number] };

/** The default of `limits.inputBytes`: a CRL with a million entries has 35 MB. */
const defaultInputBytes = 67_108_864;

/** Parts of this length are worth an instance of their own. */
const large = 1_048_576;

/** Room for what is added after a large part, such as anchors. */
const margin = 262_144;

/** What a subclass says of itself could be wrong. */
const lengthOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), "length")
  ?.get as (this: Uint8Array) => number;

/** Parts in the order in which they were added. */
export class Parts {
  /** Empty if they are in a room. */
  #parts: Uint8Array<ArrayBuffer>[] = [];
  #room: Room | undefined;
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
      return { text: this.#append(new TextEncoder().encode(value), (text) => text) };
    }
    const bytes = asBytes(value, name);
    if (bytes === undefined) return value;
    return copied(name, () => this.#append(bytes, (bytes) => new Uint8Array(bytes)));
  }

  #reserve(length: number): void {
    if (this.#length + length > this.#limit) {
      throw new HonninError(
        "input-too-large",
        `The input has more than ${this.#limit} bytes in total. Give less data, or raise limits.inputBytes.`,
      );
    }
  }

  /** @param own makes the bytes ours, where they are not copied into a room */
  #append(
    bytes: Uint8Array<ArrayBuffer>,
    own: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
  ): readonly [number, number] {
    const [offset, length] = [this.#length, lengthOf.call(bytes)];
    this.#reserve(length);
    if (length >= large || this.#room !== undefined) this.#makeRoom(offset + length);
    if (this.#room === undefined) this.#parts.push(own(bytes));
    else this.#room.at(offset, length).set(bytes);
    this.#length += length;
    return [offset, length];
  }

  /** Moves everything to a room with this length, if there is one. */
  #makeRoom(length: number): void {
    const capacity = this.#room?.capacity ?? 0;
    if (length <= capacity) return;
    // Each time by half at least, so that many parts are not moved as often.
    const room = takeRoom(Math.max(length, Math.min(1.5 * capacity, this.#limit)) + margin);
    const before = this.all;
    let offset = 0;
    for (const part of before) {
      room?.at(offset, part.length).set(part);
      offset += part.length;
    }
    if (room !== undefined) this.#parts = [];
    else if (this.#room !== undefined) this.#parts = before.map((part) => part.slice());
    this.#room = room;
  }

  /** The parts, one behind the other in the buffer. */
  get all(): readonly Uint8Array<ArrayBuffer>[] {
    return this.#room === undefined ? this.#parts : [this.#room.at(0, this.#length)];
  }

  /** Where the parts are, unless they are in pieces. */
  get room(): Room | undefined {
    return this.#room;
  }

  /** Leaves the room to other calls. The parts are gone then. */
  release(): void {
    this.#room?.release();
    this.#room = undefined;
    this.#parts = [];
  }

  /** The length of the buffer in bytes. */
  get length(): number {
    return this.#length;
  }

  /** Bytes of one part, not copied. They are empty if the range is in no part. */
  at(offset: number, length: number): Uint8Array<ArrayBuffer> {
    let start = offset;
    for (const part of this.all) {
      if (start < part.length) return part.subarray(start, start + length);
      start -= part.length;
    }
    return new Uint8Array();
  }
}

/** A private copy. */
export function copyOf(bytes: Uint8Array, name: string): Uint8Array<ArrayBuffer> {
  return copied(name, () => new Uint8Array(bytes));
}

function copied<Copy>(name: string, copy: () => Copy): Copy {
  try {
    return copy();
  } catch (cause) {
    if (cause instanceof HonninError) throw cause;
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
