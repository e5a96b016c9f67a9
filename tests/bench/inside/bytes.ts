// Fixtures are text, so that they reach every environment in the same way.

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** The bytes as a text encodes them: base64url of a part of a token, or hexadecimal. */
export const base64UrlOf = (text: string) => bytesOf(text.replaceAll("-", "+").replaceAll("_", "/"));

/** PEM, which some peers want. */
export const pemOf = (label: string, base64: string) =>
  `-----BEGIN ${label}-----\n${base64.replaceAll(/.{64}(?=.)/g, "$&\n")}\n-----END ${label}-----\n`;
