// Primes that were found before. The search takes most of the time of a test with cards, and is the same for the same seed. `npm test`
// names a folder in HONNIN_PRIMES; without it nothing is kept. The emulator's package brings those of its cards.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Raise it if the search finds other primes than before: what is kept is not tested again. */
const version = 1;

/** The name tells the exponent too: not every prime goes with every exponent. */
function nameOf(start: bigint, exponent: bigint): string {
  return createHash("sha256").update(`${version} ${start} ${exponent}`).digest("hex");
}

function fileOf(start: bigint, exponent: bigint): string | undefined {
  const folder = process.env.HONNIN_PRIMES;
  return folder ? join(folder, nameOf(start, exponent)) : undefined;
}

const brought = new Map<string, bigint>();

/** Primes that the caller brings, by the names of their files. They are believed. */
export function bringPrimes(primes: Readonly<Record<string, string>>): void {
  for (const [name, steps] of Object.entries(primes)) brought.set(name, BigInt(steps));
}

/** How far the prime is from where the search starts, if it is known. */
export function foundBefore(start: bigint, exponent: bigint): bigint | undefined {
  const known = brought.size > 0 ? brought.get(nameOf(start, exponent)) : undefined;
  if (known !== undefined) return known;
  const file = fileOf(start, exponent);
  if (file === undefined) return undefined;
  try {
    const text = readFileSync(file, "utf8");
    // Another process may still be writing it.
    return /^\d+\n$/.test(text) ? BigInt(text) : undefined;
  } catch {
    return undefined;
  }
}

export function keepFound(start: bigint, exponent: bigint, step: bigint): void {
  const file = fileOf(start, exponent);
  if (file === undefined) return;
  try {
    writeFileSync(file, `${step}\n`);
  } catch {
    // It is searched again the next time.
  }
}
