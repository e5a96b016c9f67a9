import { fromBase64, toBase64 } from "../../base64.js";

/** Decodes standard base64, padded and canonical. `undefined` for anything else. */
export function canonicalBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = fromBase64(text);
  return toBase64(bytes) === text ? bytes : undefined;
}

/** Decodes canonical base64url without padding (RFC 7515 §2). `undefined` for anything else. */
export function canonicalBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const padding = "=".repeat((4 - (text.length % 4)) % 4);
  return canonicalBase64(text.replaceAll("-", "+").replaceAll("_", "/") + padding);
}

/** Decodes lower-case hexadecimal, two digits per byte. The caller must check the form. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
