// Digests by the platform, which is several times as fast as WebAssembly and needs no copy of the data in its memory.
import { HonninError } from "../error.js";
import { asBytes, copyOf } from "../verifier/parts.js";

/** Shorter data are not worth the detour. */
const worthwhile = 65_536;

/** The names of the hashes, in options and in the Web Cryptography API. */
const names = { sha1: "SHA-1", sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" } as const;
export type HashName = keyof typeof names;

/**
 * Begins to compute digests of data that are long, where the platform can. The data are taken as they are now.
 *
 * @returns nothing where the verifier has to compute them itself, or to refuse what is given
 */
export function digestsOf(
  data: unknown,
  name: string,
  hashes: readonly HashName[],
): Promise<Record<string, ArrayBuffer>> | undefined {
  const bytes = asBytes(data, name);
  const subtle = globalThis.crypto?.subtle;
  if (bytes === undefined || bytes.byteLength < worthwhile || subtle === undefined) return undefined;
  // Not every platform digests what can be resized.
  const fixed = "resizable" in bytes.buffer && bytes.buffer.resizable ? copyOf(bytes, name) : bytes;
  const all = hashes.map(async (hash) => [hash, await subtle.digest(names[hash], fixed)] as const);
  const digests = Promise.all(all).then(Object.fromEntries, (cause: unknown) => {
    throw new HonninError("internal-error", "The platform could not compute a digest.", { cause });
  });
  // Nobody waits for it where the other options turn out to be wrong.
  digests.catch(() => undefined);
  return digests;
}

/** The hash of a scheme; nothing for what is no scheme, which the verifier refuses. */
export function hashOf(scheme: unknown): HashName | undefined {
  if (scheme === "rsa-pkcs1-bare") return "sha256";
  const name = typeof scheme === "string" ? scheme.slice(scheme.lastIndexOf("-") + 1) : "";
  return Object.hasOwn(names, name) ? (name as HashName) : undefined;
}
