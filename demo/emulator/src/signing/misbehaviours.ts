import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { answer, answerJson, fail, malformed, oversized, slow } from "../misbehaviours/answers.js";
import type { WrongAnswer } from "../misbehaviours/kinds.js";
import type { Bilingual } from "../types.js";
import type { CardKind } from "./cards.js";
import type { DataToSign } from "./data.js";
import { type EncryptionKey, seal } from "./jwe.js";

interface Common {
  readonly id: string;
  readonly title: Bilingual;
}

/** What can happen to anybody: the service itself does nothing wrong. */
export interface SigningCircumstances extends Common {
  readonly target: "circumstances";
  /** Ends on the phone, and nothing is signed. */
  readonly failure?: "cancelled" | "sign-pin-locked";
  readonly card?: CardKind;
  /** Somebody else signs than the person who then logs in. */
  readonly otherUser?: true;
  /** The transaction ends before the result is fetched. */
  readonly expires?: true;
  /** How often the result is asked for in vain. */
  readonly pending?: number;
}

/** What the result holds: what the card gave, and the card itself to sign something else. */
export interface Content {
  readonly signature: Uint8Array;
  readonly certificate: Uint8Array;
  readonly data: DataToSign;
  readonly signAgain: (data: Pick<DataToSign, "bytes" | "hash">) => Promise<Uint8Array>;
}

/** Gives the plaintext that is encrypted instead of the right one. */
export interface ContentMisbehaviour extends Common {
  readonly target: "content";
  readonly apply: (content: Content) => Promise<string> | string;
}

/** Gives the `result` instead of the right JWE. */
export interface JweMisbehaviour extends Common {
  readonly target: "jwe";
  readonly apply: (plaintext: Uint8Array, key: EncryptionKey, enc: string) => Promise<string> | string;
}

/** Answers instead of the result's endpoint. */
export interface ResultMisbehaviour extends Common {
  readonly target: "result";
  readonly apply: WrongAnswer;
}

export type SigningMisbehaviour =
  | SigningCircumstances
  | ContentMisbehaviour
  | JweMisbehaviour
  | ResultMisbehaviour;

/** The plaintext of a result. */
export function contentText(signature: Uint8Array, certificate: Uint8Array): string {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  return JSON.stringify({ signature: base64(signature), certificate: base64(certificate) });
}

const circumstances: readonly SigningCircumstances[] = [
  {
    id: "sign-cancelled",
    target: "circumstances",
    title: { ja: "利用者が署名を中止した", en: "The user cancelled instead of signing" },
    failure: "cancelled",
  },
  {
    id: "sign-pin-locked",
    target: "circumstances",
    title: { ja: "署名用の暗証番号がロックされた", en: "The PIN for signing got locked" },
    failure: "sign-pin-locked",
  },
  {
    id: "sign-transaction-expired",
    target: "circumstances",
    title: {
      ja: "結果を取りに来る前に期限が切れる",
      en: "The transaction expires before the result is fetched",
    },
    expires: true,
  },
  {
    id: "sign-other-user",
    target: "circumstances",
    title: {
      ja: "ログインした人と別の人が署名した",
      en: "Another person than the one who logs in has signed",
    },
    otherUser: true,
  },
  {
    id: "sign-result-late",
    target: "circumstances",
    title: { ja: "結果が3回目にやっと返る", en: "The result is there only at the third request" },
    pending: 2,
  },
  {
    id: "sign-revoked",
    target: "circumstances",
    title: { ja: "失効した証明書で署名した", en: "Signed with a revoked certificate" },
    card: "revoked",
  },
  {
    id: "sign-unknown-policy",
    target: "circumstances",
    title: { ja: "未知のポリシーの証明書で署名した", en: "Signed with a certificate of an unknown policy" },
    card: "unknown-policy",
  },
  {
    id: "sign-next-card",
    target: "circumstances",
    title: {
      ja: "次期個人番号カード（P-384）で署名した",
      en: "Signed with the next generation's card (P-384)",
    },
    card: "next-card",
  },
];

const contents: readonly ContentMisbehaviour[] = [
  {
    id: "sign-content-malformed",
    target: "content",
    title: { ja: "復号した中身のJSONが壊れている", en: "The decrypted content is broken JSON" },
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
    title: { ja: "別のハッシュへの署名", en: "The signature is over another hash" },
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

/** The right JWE but for one part, of which one bit is another. */
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

/** Random bytes under a header that promises something else than what was agreed. */
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

/** A public key of the same kind whose private half is gone. */
async function otherKey({ jwk }: EncryptionKey): Promise<EncryptionKey["jwk"]> {
  const { publicKey } =
    jwk.kty === "RSA"
      ? await promisify(generateKeyPair)("rsa", { modulusLength: 2048 })
      : await promisify(generateKeyPair)("ec", { namedCurve: String(jwk.crv) });
  return publicKey.export({ format: "jwk" });
}

const jwes: readonly JweMisbehaviour[] = [
  {
    id: "sign-jwe-other-key",
    target: "jwe",
    title: { ja: "別の鍵で暗号化されている（kidは同じ）", en: "Encrypted to another key under the same kid" },
    apply: async (plaintext, key, enc) => seal({ ...key, jwk: await otherKey(key) }, enc, plaintext),
  },
  {
    id: "sign-jwe-altered-ciphertext",
    target: "jwe",
    title: { ja: "JWEの暗号文が書き換えられている", en: "The JWE's ciphertext was altered" },
    apply: (...all) => altered(3, ...all),
  },
  {
    id: "sign-jwe-altered-tag",
    target: "jwe",
    title: { ja: "JWEの認証タグが書き換えられている", en: "The JWE's authentication tag was altered" },
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

/** Headers and half of the body, and then the connection ends. */
const dropped: WrongAnswer = (response, right) => {
  const body = Buffer.from(JSON.stringify(right));
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
  response.write(body.subarray(0, body.length >> 1), () => response.destroy());
};

const results: readonly ResultMisbehaviour[] = [
  {
    id: "sign-result-oversized",
    target: "result",
    title: { ja: "結果の応答が大きすぎる", en: "The answer with the result is too large" },
    apply: oversized,
  },
  {
    id: "sign-result-malformed",
    target: "result",
    title: { ja: "結果の応答のJSONが壊れている", en: "The answer with the result is broken JSON" },
    apply: malformed,
  },
  {
    id: "sign-result-not-json",
    target: "result",
    title: { ja: "結果の応答がHTML", en: "The answer with the result is HTML" },
    apply: (response) =>
      answer(response, 200, "text/html; charset=utf-8", "<!doctype html><title>Emulator</title>"),
  },
  {
    id: "sign-result-missing",
    target: "result",
    title: { ja: "応答にresultがない", en: "The answer has no result" },
    apply: (response) => answerJson(response, 200, {}),
  },
  {
    id: "sign-result-fail",
    target: "result",
    title: { ja: "結果のエンドポイントが500を返す", en: "The result's endpoint answers 500" },
    apply: fail,
  },
  {
    id: "sign-result-not-found",
    target: "result",
    title: { ja: "結果のエンドポイントが404を返す", en: "The result's endpoint answers 404" },
    apply: (response) => answerJson(response, 404, { error: "not_found" }),
  },
  {
    id: "sign-result-slow",
    target: "result",
    title: { ja: "結果のエンドポイントが応答しない", en: "The result's endpoint never answers" },
    apply: slow,
  },
  {
    id: "sign-result-dropped",
    target: "result",
    title: { ja: "応答の途中で接続が切れる", en: "The connection ends in the middle of the answer" },
    apply: dropped,
  },
];

/**
 * What can be ordered for one signature, by the response chosen on the test-card page. The ids are stable. A wrong
 * answer never counts as the result handed out: with a new authorization the right one can still be fetched.
 */
export const signingMisbehaviours: readonly SigningMisbehaviour[] = [
  ...circumstances,
  ...contents,
  ...jwes,
  ...results,
];

const byId = new Map(signingMisbehaviours.map((misbehaviour) => [misbehaviour.id, misbehaviour]));

export function findSigningMisbehaviour(id: unknown): SigningMisbehaviour | undefined {
  return typeof id === "string" ? byId.get(id) : undefined;
}
