/** PEM as RFC 7468 §2 has it, in lines of 64 characters. */
export function pem(label: string, der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString("base64")
    .replace(/.{1,64}/g, "$&\n");
  return `-----BEGIN ${label}-----\n${lines}-----END ${label}-----\n`;
}

/** Certificates in PEM (RFC 7468 §5), in the order given. */
export function certificatePem(...ders: readonly Uint8Array[]): string {
  return ders.map((der) => pem("CERTIFICATE", der)).join("");
}
