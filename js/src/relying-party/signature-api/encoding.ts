import { fromBase64, toBase64 } from "../../base64.js";

/** The bytes of standard base64, padded and canonical: one text for each value. `undefined` for anything else. */
export function canonicalBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = fromBase64(text);
  return toBase64(bytes) === text ? bytes : undefined;
}

/** The bytes of base64url without padding (RFC 7515 §2), canonical. `undefined` for anything else. */
export function canonicalBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const padding = "=".repeat((4 - (text.length % 4)) % 4);
  return canonicalBase64(text.replaceAll("-", "+").replaceAll("_", "/") + padding);
}

/** The bytes of lower-case hexadecimal, two digits a byte; the caller has checked the form. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
