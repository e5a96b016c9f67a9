/** The first bytes of SHA-256, in hexadecimal: identifies the subject without revealing it. */
export async function digestOf(subject: string, length = 8): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(subject)));
  return hex(bytes.subarray(0, length));
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
