// Numbers from a seed: the same seed gives the same keys, serial numbers and names, so that what a test found can be
// made again and an emulator keeps its certificate authorities over a restart.
import { createHash, createHmac } from "node:crypto";

/** A stream of bytes that depends on the seed and the label only. */
export class Random {
  readonly #key: Buffer;
  #counter = 0;

  constructor(seed: string | Uint8Array, label: string) {
    const key = createHash("sha256").update(seed).digest();
    this.#key = createHmac("sha256", key).update(label).digest();
  }

  bytes(length: number): Uint8Array {
    const blocks: Buffer[] = [];
    for (let have = 0; have < length; have += 32)
      blocks.push(
        createHmac("sha256", this.#key)
          .update(String(this.#counter++))
          .digest(),
      );
    return Uint8Array.from(Buffer.concat(blocks).subarray(0, length));
  }

  /** An integer of at most `bits` bits. */
  integer(bits: number): bigint {
    const bytes = this.bytes(Math.ceil(bits / 8));
    return BigInt(`0x${Buffer.from(bytes).toString("hex")}`) >> BigInt(bytes.length * 8 - bits);
  }

  /** `length` characters, each out of `alphabet`. */
  characters(length: number, alphabet = "0123456789"): string {
    let text = "";
    for (const byte of this.bytes(length)) text += alphabet[byte % alphabet.length];
    return text;
  }
}
