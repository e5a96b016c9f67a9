import { randomBytes } from "node:crypto";
import type { ContentMisbehaviour } from "./kinds.js";

/** The plaintext of a result. */
export function contentText(signature: Uint8Array, certificate: Uint8Array): string {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  return JSON.stringify({ signature: base64(signature), certificate: base64(certificate) });
}

export const contentMisbehaviours: readonly ContentMisbehaviour[] = [
  {
    id: "sign-content-malformed",
    target: "content",
    title: { ja: "復号した中身のJSONが壊れている", en: "The decrypted content is malformed JSON" },
    apply: ({ signature, certificate }) => contentText(signature, certificate).slice(0, -9),
  },
  {
    id: "sign-content-missing-certificate",
    target: "content",
    title: { ja: "中身に証明書がない", en: "The content has no certificate" },
    apply: ({ signature }) => JSON.stringify({ signature: Buffer.from(signature).toString("base64") }),
  },
  {
    id: "sign-content-missing-signature",
    target: "content",
    title: { ja: "中身に署名がない", en: "The content has no signature" },
    apply: ({ certificate }) => JSON.stringify({ certificate: Buffer.from(certificate).toString("base64") }),
  },
  {
    id: "sign-certificate-garbage",
    target: "content",
    title: { ja: "証明書がでたらめなバイト列", en: "The certificate is random bytes" },
    apply: ({ signature, certificate }) => contentText(signature, randomBytes(certificate.length)),
  },
  {
    id: "sign-signature-other-hash",
    target: "content",
    title: { ja: "別のハッシュへの署名", en: "The signature covers another hash" },
    apply: async ({ certificate, data, signAgain }) => {
      const bytes = Uint8Array.from(data.bytes);
      const last = bytes.length - 1;
      bytes[last] = (bytes[last] ?? 0) ^ 1;
      return contentText(await signAgain({ bytes, hash: bytes.subarray(-data.hash.length) }), certificate);
    },
  },
  {
    id: "sign-signature-garbage",
    target: "content",
    title: { ja: "署名がでたらめなバイト列", en: "The signature is random bytes" },
    apply: ({ signature, certificate }) => contentText(randomBytes(signature.length), certificate),
  },
];
