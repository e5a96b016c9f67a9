// RSA key pairs from a seed. node:crypto makes none from given randomness, but it tests primes fast.
import { checkPrime } from "node:crypto";
import { promisify } from "node:util";
import { base64url, inverse, type KeyPair, keyPair } from "./key-pair.js";
import { foundBefore, keepFound } from "./primes.js";
import type { Random } from "./random.js";

const isPrime = promisify<bigint, boolean>(checkPrime);

/** The first odd primes, to sieve candidates with before the costly test. */
const smallPrimes: readonly number[] = (() => {
  const primes: number[] = [];
  for (let n = 3; primes.length < 2000; n += 2)
    if (primes.every((p) => p * p > n || n % p !== 0)) primes.push(n);
  return primes;
})();

async function prime(random: Random, bits: number, exponent: bigint): Promise<bigint> {
  // The two highest bits set: the product of two such primes has exactly twice the bits.
  const start = random.integer(bits) | (3n << BigInt(bits - 2)) | 1n;
  const before = foundBefore(start, exponent);
  if (before !== undefined) return start + before;
  const residues = smallPrimes.map((p) => Number(start % BigInt(p)));
  for (let step = 0; ; step += 2) {
    if (smallPrimes.some((p, i) => ((residues[i] ?? 0) + step) % p === 0)) continue;
    const candidate = start + BigInt(step);
    if ((candidate - 1n) % exponent === 0n || !(await isPrime(candidate))) continue;
    keepFound(start, exponent, BigInt(step));
    return candidate;
  }
}

/** An RSA key pair. The exponent must be prime (3, 17, 65537). */
export async function rsaKeyPair(random: Random, { bits = 2048, exponent = 65537n } = {}): Promise<KeyPair> {
  const [p, q] = [await prime(random, bits / 2, exponent), await prime(random, bits / 2, exponent)];
  const d = inverse(exponent, (p - 1n) * (q - 1n));
  return keyPair("rsa", {
    kty: "RSA",
    n: base64url(p * q),
    e: base64url(exponent),
    d: base64url(d),
    p: base64url(p),
    q: base64url(q),
    dp: base64url(d % (p - 1n)),
    dq: base64url(d % (q - 1n)),
    qi: base64url(inverse(q, p)),
  });
}
