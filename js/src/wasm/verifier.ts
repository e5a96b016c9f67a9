// The calls into an instance of the module: the counterpart of `crate/src/wasm/`.

import { noMemory } from "./codes.js";

/** The functions of the module that take texts or bytes, and return a text. */
export type FunctionName =
  | "choose_evidence"
  | "digest"
  | "inspect"
  | "read_holder"
  | "read_signed_package"
  | "verify_certificate"
  | "verify_id_token"
  | "verify_signature"
  | "verify_signed_data"
  | "verify_signed_package";

/** An argument: a text, or bytes in any number of pieces. */
export type Value = string | readonly Uint8Array[];

type Exports = {
  readonly memory: WebAssembly.Memory & { readonly buffer: ArrayBuffer };
  readonly allocate: (length: number) => number;
  readonly free: (address: number, length: number) => void;
} & Readonly<Record<FunctionName, (address: number, ...lengths: number[]) => number>>;

/** The bytes before a result that have its length. */
const header = 4;

/** An instance of the module. */
export class Verifier {
  readonly #exports: Exports;
  // Not at the top of this file: where the platform lacks it, as in jsdom, an import must not fail.
  readonly #encoder = new TextEncoder();

  constructor(instance: WebAssembly.Instance) {
    this.#exports = instance.exports as unknown as Exports;
  }

  /** The size of its memory in bytes. */
  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  /**
   * Calls a function, and returns the bytes of its text. A trap leaves the instance in any state.
   *
   * @param more what the function takes after the lengths. Instead of bytes among the values: their length, and the address where
   *   they are and stay
   */
  call(name: FunctionName, values: readonly Value[], ...more: readonly number[]): Uint8Array {
    const { memory, free, [name]: call } = this.#exports;
    const { input, lengths } = this.#pass(values);
    const result = call(input, ...lengths, ...more) >>> 0;
    // The call may have made the memory grow, which detaches the old buffer.
    const size = new DataView(memory.buffer).getUint32(result, true);
    const text = new Uint8Array(memory.buffer, result + header, size).slice();
    free(result, header + size);
    return text;
  }

  #pass(values: readonly Value[]): { input: number; lengths: readonly number[] } {
    if (values.every((value) => typeof value === "string")) {
      const all = values.join("");
      const input = this.allocate(all.length);
      const { read, written } = this.#encoder.encodeInto(all, this.memory(input, all.length));
      // As many bytes as characters: all of it is ASCII.
      if (read === all.length && written === read)
        return { input, lengths: values.map(({ length }) => length) };
      this.#exports.free(input, all.length);
    }
    const all = values.map((value) => (typeof value === "string" ? [this.#encoder.encode(value)] : value));
    const lengths = all.map((pieces) => pieces.reduce((sum, { length }) => sum + length, 0));
    const length = lengths.reduce((sum, one) => sum + one, 0);
    const input = this.allocate(length);
    const target = this.memory(input, length);
    let at = 0;
    for (const piece of all.flat()) {
      target.set(piece, at);
      at += piece.length;
    }
    return { input, lengths };
  }

  /** @throws Error {@link noMemory} */
  allocate(length: number): number {
    const input = this.#exports.allocate(length) >>> 0;
    if (input === 0) throw new Error(noMemory);
    return input;
  }

  /** Bytes of its memory, until the memory grows. */
  memory(address: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#exports.memory.buffer, address, length);
  }
}
