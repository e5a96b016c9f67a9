import { readFileSync } from "node:fs";
import { bringPrimes } from "@honnin/synthetic-jpki";

let read = false;

/** Reads the primes of the cards and their CAs, which the npm package contains. Without them, they are searched. */
export function readKnownPrimes(): void {
  if (read) return;
  read = true;
  let text: string;
  try {
    text = readFileSync(new URL("./primes.json", import.meta.url), "utf8");
  } catch {
    return;
  }
  bringPrimes(JSON.parse(text) as Record<string, string>);
}
