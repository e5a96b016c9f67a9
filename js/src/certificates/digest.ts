// Digests computed by the platform. It is several times faster than WebAssembly and needs no copy of the data in its memory.
import { HonninError } from "../error.js";
import { asBytes } from "../verifier/bytes.js";
import { copyOf } from "../verifier/parts.js";

/** For fewer bytes, the platform is not faster. */
const worthwhile = 65_536;

/** The names of the hash algorithms in options and in the Web Cryptography API. */
const names = { sha1: "SHA-1", sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" } as const;
export type HashName = keyof typeof names;

/**
 * Starts to compute digests of long data with the platform, if possible. Later changes to the data have no effect.
 *
 * @returns `undefined` if the verifier must compute the digests itself, or refuse the input
 */
export function digestsOf(
  data: unknown,
  name: string,
  hashes: readonly HashName[],
): Promise<Record<string, ArrayBuffer>> | undefined {
  const bytes = asBytes(data, name);
  const subtle = globalThis.crypto?.subtle;
  if (bytes === undefined || bytes.byteLength < worthwhile || subtle === undefined) return undefined;
  // A copy: not every platform can hash a resizable buffer.
  const fixed = "resizable" in bytes.buffer && bytes.buffer.resizable ? copyOf(bytes, name) : bytes;
  const all = hashes.map(async (hash) => [hash, await subtle.digest(names[hash], fixed)] as const);
  const digests = Promise.all(all).then(Object.fromEntries, (cause: unknown) => {
    throw new HonninError("internal-error", "The platform could not compute a digest.", { cause });
  });
  // Nothing awaits it if the other options are not valid.
  digests.catch(() => undefined);
  return digests;
}

/** The hash algorithm of a scheme; `undefined` for an unknown scheme, which the verifier refuses. */
export function hashOf(scheme: unknown): HashName | undefined {
  if (scheme === "rsa-pkcs1-bare") return "sha256";
  const name = typeof scheme === "string" ? scheme.slice(scheme.lastIndexOf("-") + 1) : "";
  return Object.hasOwn(names, name) ? (name as HashName) : undefined;
}
