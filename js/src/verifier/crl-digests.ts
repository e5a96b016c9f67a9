// Digests of long CRLs, computed by the platform: it hashes several times faster than WebAssembly. The verifier uses a digest only
// for the bytes that it parsed as signed, and computes the others itself.
import type { Part, Parts } from "./parts.js";

/** For fewer bytes, the platform is not faster. */
const worthwhile = 65_536;

const sequence = 0x30;
const objectIdentifier = 0x06;

/** The lengths of hash functions in bits, by the signature algorithms in hexadecimal (RFC 4055 §5, RFC 5758 §3.2). */
const hashes: Readonly<Record<string, number>> = {
  "2a864886f70d01010b": 256,
  "2a864886f70d01010c": 384,
  "2a864886f70d01010d": 512,
  "2a8648ce3d040302": 256,
  "2a8648ce3d040303": 384,
  "2a8648ce3d040304": 512,
};

/** The position of a tbsCertList in the buffer, and its digest in hexadecimal. A text takes no room from the input. */
type CrlDigest = readonly [data: Part, digest: string];

/** What is used of Node. */
interface Global {
  readonly process?: {
    readonly getBuiltinModule?: (name: "node:crypto") =>
      | {
          readonly createHash?: (name: string) => {
            update(bytes: Uint8Array): { digest(): Uint8Array<ArrayBuffer> };
          };
        }
      | undefined;
  };
}

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
    if (digest !== undefined) digests.push([[offset + start, end - start], hexadecimal(digest)]);
  }
  return digests;
}

/** `undefined` if the platform cannot do it. */
async function digestOf(bits: number, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array | undefined> {
  try {
    const digest =
      digestByNode(bits, bytes) ?? (await globalThis.crypto?.subtle?.digest(`SHA-${bits}`, bytes));
    return digest?.byteLength === bits / 8 ? new Uint8Array(digest) : undefined;
  } catch {
    return undefined;
  }
}

/** By Node's own function, which copies nothing. `undefined` elsewhere, as where it is there and always throws. */
function digestByNode(bits: number, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  try {
    const { createHash } = (globalThis as Global).process?.getBuiltinModule?.("node:crypto") ?? {};
    return createHash?.(`sha${bits}`).update(bytes).digest();
  } catch {
    return undefined;
  }
}

function hexadecimal(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** The place of the tbsCertList with its header, and the hash function of the signature. */
function signedPart(crl: Uint8Array) {
  const outer = contents(crl, 0, sequence);
  const tbs = outer && contents(crl, outer.start, sequence);
  const algorithm = tbs && contents(crl, tbs.end, sequence);
  const oid = algorithm && contents(crl, algorithm.start, objectIdentifier);
  if (outer === undefined || tbs === undefined || oid === undefined) return undefined;
  const text = hexadecimal(crl.subarray(oid.start, oid.end));
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
