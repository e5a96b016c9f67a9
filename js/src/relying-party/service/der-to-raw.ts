/** The bytes of r and of s on P-256. */
const HALF = 32;

/**
 * An ECDSA signature on P-256 in DER (`Ecdsa-Sig-Value` of RFC 3279 §2.2.3) as r‖s (RFC 7518 §3.4). Only the one encoding that DER
 * allows is accepted.
 *
 * @returns `undefined` for anything else
 */
export function derToRaw(der: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  // The content has at most 70 bytes, so the short form of the length is the only one in DER.
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der[1] > 70) return undefined;
  const raw = new Uint8Array(2 * HALF);
  const afterR = readHalf(der, 2, raw.subarray(0, HALF));
  const end = afterR === undefined ? undefined : readHalf(der, afterR, raw.subarray(HALF));
  return end === der.length ? raw : undefined;
}

/** Reads a positive INTEGER at `from` into `half`. @returns where it ends */
function readHalf(der: Uint8Array, from: number, half: Uint8Array): number | undefined {
  const length = der[from + 1] ?? 0;
  const end = from + 2 + length;
  if (der[from] !== 0x02 || length === 0 || end > der.length) return undefined;
  const [first = 0, second = 0] = der.subarray(from + 2, end);
  // Negative, or zero, or with a zero in front that is not needed.
  if (first >= 0x80 || (first === 0 && second < 0x80)) return undefined;
  const digits = der.subarray(from + 2 + (first === 0 ? 1 : 0), end);
  if (digits.length > HALF) return undefined;
  half.set(digits, HALF - digits.length);
  return end;
}
