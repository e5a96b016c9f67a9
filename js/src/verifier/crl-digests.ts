// Digests of long CRLs, computed by the platform: it hashes several times faster than WebAssembly. The verifier uses a digest only
// for the bytes that it parsed as signed, and computes the others itself.
import type { Part, Parts } from "./parts.js";

/** For fewer bytes, the platform is not faster. */
const worthwhile = 65_536;
const longestDigest = 64;

const sequence = 0x30;
const objectIdentifier = 0x06;

/** The hash functions, by the signature algorithms in hexadecimal (RFC 4055 §5, RFC 5758 §3.2). */
const hashes: Readonly<Record<string, string>> = {
  "2a864886f70d01010b": "SHA-256",
  "2a864886f70d01010c": "SHA-384",
  "2a864886f70d01010d": "SHA-512",
  "2a8648ce3d040302": "SHA-256",
  "2a8648ce3d040303": "SHA-384",
  "2a8648ce3d040304": "SHA-512",
};

/** A tbsCertList and its digest, by their positions in the buffer. */
type CrlDigest = readonly [data: Part, digest: unknown];

/**
 * The digests of the long CRLs among these.
 *
 * @param crls the positions of CRLs in `parts`
 */
export async function digestsOfCrls(crls: readonly unknown[], parts: Parts): Promise<CrlDigest[]> {
  const digests: CrlDigest[] = [];
  for (const crl of crls) {
    if (!Array.isArray(crl) || crl[1] < worthwhile) continue;
    const [offset, length] = crl as [number, number];
    const bytes = parts.at(offset, length);
    const signed = signedPart(bytes);
    if (signed === undefined) continue;
    const { hash, start, end } = signed;
    const digest = await digestOf(hash, bytes.subarray(start, end));
    // Less room than a digest needs is no reason to refuse the input.
    if (digest === undefined || parts.room < longestDigest) continue;
    digests.push([[offset + start, end - start], parts.add(digest, "digest")]);
  }
  return digests;
}

/** `undefined` if the platform cannot do it. */
async function digestOf(hash: string, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer | undefined> {
  try {
    return await globalThis.crypto?.subtle?.digest(hash, bytes);
  } catch {
    return undefined;
  }
}

/** The place of the tbsCertList with its header, and the hash function of the signature. */
function signedPart(crl: Uint8Array) {
  const outer = contents(crl, 0, sequence);
  const tbs = outer && contents(crl, outer.start, sequence);
  const algorithm = tbs && contents(crl, tbs.end, sequence);
  const oid = algorithm && contents(crl, algorithm.start, objectIdentifier);
  if (outer === undefined || tbs === undefined || oid === undefined) return undefined;
  let text = "";
  for (const byte of crl.subarray(oid.start, oid.end)) text += byte.toString(16).padStart(2, "0");
  const hash = Object.hasOwn(hashes, text) ? hashes[text] : undefined;
  return hash === undefined ? undefined : { hash, start: outer.start, end: tbs.end };
}

/** Where the contents of the element at `at` start and end; `undefined` if it has another tag, or is not whole. */
function contents(bytes: Uint8Array, at: number, tag: number) {
  const first = bytes[at + 1] ?? 0x80;
  const count = first < 0x80 ? 0 : first - 0x80;
  const start = at + 2 + count;
  if (bytes[at] !== tag || first === 0x80 || count > 4 || start > bytes.length) return undefined;
  let length = count === 0 ? first : 0;
  for (const byte of bytes.subarray(at + 2, start)) length = length * 256 + byte;
  return start + length <= bytes.length ? { start, end: start + length } : undefined;
}
