import { randomBytes } from "node:crypto";
import { makeRsaKeyPair, newEcKeyPair } from "@honnin/synthetic-jpki";
import { type EncryptionKey, seal } from "../jwe.js";
import type { JweMisbehaviour } from "./kinds.js";

/** The right JWE with one bit changed in one part. */
async function altered(
  part: number,
  ...[plaintext, key, enc]: Parameters<JweMisbehaviour["apply"]>
): Promise<string> {
  const parts = (await seal(key, enc, plaintext)).split(".");
  const bytes = Buffer.from(parts[part] ?? "", "base64url");
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
  parts[part] = bytes.toString("base64url");
  return parts.join(".");
}

/** Random bytes with a header that names an algorithm that was not agreed. */
function garbage(alg: string, keyBytes: number): JweMisbehaviour["apply"] {
  return (plaintext, { kid }, enc) => {
    const header = JSON.stringify({ alg, enc, ...(kid === undefined ? {} : { kid }) });
    const cbc = enc.includes("CBC");
    return [
      Buffer.from(header),
      randomBytes(keyBytes),
      randomBytes(cbc ? 16 : 12),
      randomBytes(cbc ? Math.ceil((plaintext.length + 1) / 16) * 16 : plaintext.length),
      randomBytes(16),
    ]
      .map((part) => part.toString("base64url"))
      .join(".");
  };
}

/** A public key of the same kind without a known private key. */
async function otherKey({ jwk }: EncryptionKey): Promise<EncryptionKey["jwk"]> {
  const { publicKey } = jwk.kty === "RSA" ? await makeRsaKeyPair(2048) : newEcKeyPair(String(jwk.crv));
  return publicKey.export({ format: "jwk" });
}

export const jweMisbehaviours: readonly JweMisbehaviour[] = [
  {
    id: "sign-jwe-other-key",
    target: "jwe",
    title: { ja: "別の鍵で暗号化されている（kidは同じ）", en: "Encrypted for another key with the same kid" },
    apply: async (plaintext, key, enc) => seal({ ...key, jwk: await otherKey(key) }, enc, plaintext),
  },
  {
    id: "sign-jwe-altered-ciphertext",
    target: "jwe",
    title: { ja: "JWEの暗号文が書き換えられている", en: "The ciphertext of the JWE was altered" },
    apply: (...all) => altered(3, ...all),
  },
  {
    id: "sign-jwe-altered-tag",
    target: "jwe",
    title: { ja: "JWEの認証タグが書き換えられている", en: "The authentication tag of the JWE was altered" },
    apply: (...all) => altered(4, ...all),
  },
  {
    id: "sign-jwe-alg-dir",
    target: "jwe",
    title: { ja: "algが取り決めにないdir", en: "alg is dir, which was not agreed" },
    apply: garbage("dir", 0),
  },
  {
    id: "sign-jwe-alg-rsa1-5",
    target: "jwe",
    title: { ja: "algが取り決めにないRSA1_5", en: "alg is RSA1_5, which was not agreed" },
    apply: garbage("RSA1_5", 256),
  },
  {
    id: "sign-jwe-unknown-kid",
    target: "jwe",
    title: { ja: "kidの鍵を登録していない", en: "kid names a key that was never registered" },
    apply: (plaintext, key, enc) =>
      seal({ ...key, kid: randomBytes(18).toString("base64url") }, enc, plaintext),
  },
  {
    id: "sign-jwe-missing",
    target: "jwe",
    title: { ja: "暗号化されていない（JWEではなくJSON）", en: "Not encrypted: JSON instead of a JWE" },
    apply: (plaintext) => Buffer.from(plaintext).toString(),
  },
];
