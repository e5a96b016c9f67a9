// Primes that were found before. The search takes most of the time of a test with cards, and is the same for the same seed. `npm test`
// names a folder in HONNIN_PRIMES; without it nothing is kept.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The name tells the exponent too: not every prime goes with every exponent. */
const fileOf = (within: string, start: bigint, exponent: bigint) =>
  join(within, createHash("sha256").update(`${start} ${exponent}`).digest("hex"));

/** How far the prime is from where the search starts, if it is known. */
export function foundBefore(start: bigint, exponent: bigint): bigint | undefined {
  const folder = process.env.HONNIN_PRIMES;
  if (folder === undefined) return undefined;
  try {
    const text = readFileSync(fileOf(folder, start, exponent), "utf8");
    // Another process may still be writing it.
    return /^\d+\n$/.test(text) ? BigInt(text) : undefined;
  } catch {
    return undefined;
  }
}

export function keepFound(start: bigint, exponent: bigint, step: bigint): void {
  const folder = process.env.HONNIN_PRIMES;
  if (folder !== undefined) writeFileSync(fileOf(folder, start, exponent), `${step}\n`);
}
