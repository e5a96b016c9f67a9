import type { EmulatorError, EmulatorErrorCode } from "../errors.js";
import type { Bilingual, Language } from "../types.js";

/** The emulator's own errors, for people. */
export const problems: Readonly<Record<EmulatorErrorCode, Bilingual>> = {
  "client-id-invalid": {
    ja: "client_idは、英数字1〜255文字にしてください（例: myshop）。記号は使えません。",
    en: "The client_id must have 1 to 255 letters and digits, such as myshop, and no other characters.",
  },
  "client-exists": {
    ja: "このclient_idは、すでに登録されています。",
    en: "This client_id is already registered.",
  },
  "client-name-invalid": {
    ja: "名前は1〜100文字にしてください。",
    en: "The name must have 1 to 100 characters.",
  },
  "redirect-uri-invalid": {
    ja: "リダイレクトURIは、httpかhttpsの絶対URI（255文字以内、#なし）を1〜10個にしてください。",
    en: "Give 1 to 10 redirect URIs: absolute http or https URIs of at most 255 characters, without #.",
  },
  "jwks-invalid": {
    ja: 'JWK Setとして読めません。{"keys":[…]} の形で、鍵は1〜10個にしてください。',
    en: 'This is not a JWK Set. It must look like {"keys":[…]} with 1 to 10 keys.',
  },
  "jwks-private": {
    ja: "秘密鍵が含まれています。公開鍵だけを貼り付け、漏れた秘密鍵は使わないでください。",
    en: "The JWK Set contains a private key. Paste public keys only, and stop using that private key.",
  },
  "jwks-duplicate": { ja: "同じkidの鍵が2つあります。", en: "Two keys have the same kid." },
  "jwks-signing-key-missing": {
    ja: "暗号化用の鍵しかありません。クライアント認証に使う署名用の鍵も入れてください。",
    en: "The JWK Set contains encryption keys only. Add the signature key that authenticates the client.",
  },
  "key-unsupported": {
    ja: "使えない鍵があります。署名用はRSA（2048〜8192ビット、RS256かPS256）とEC P-256（ES256）、暗号化用（use: enc）はRSA（RSA-OAEP-256）とEC P-256・P-384・P-521（ECDH-ES）です。",
    en: "A key is not supported. For signatures: RSA of 2048 to 8192 bits (RS256, PS256) or EC P-256 (ES256). For encryption (use: enc): RSA (RSA-OAEP-256) or EC P-256, P-384, P-521 (ECDH-ES).",
  },
  "algorithm-unsupported": {
    ja: "アルゴリズムは、クライアント認証ではRS256、PS256、ES256、結果の暗号化ではA128GCM、A256GCM、A128CBC-HS256のどれかです。",
    en: "The algorithm must be RS256, PS256 or ES256 for client authentication, and A128GCM, A256GCM or A128CBC-HS256 for the encryption of results.",
  },
  "too-many-clients": { ja: "これ以上は登録できません。", en: "No more clients can be registered." },
  "people-invalid": { ja: "人のデータが正しくありません。", en: "The data of the people are not valid." },
  "too-many-people": { ja: "これ以上は登録できません。", en: "No more people can be registered." },
  "answer-invalid": { ja: "応答の指定が正しくありません。", en: "The answer is not valid." },
  "login-failed": {
    ja: "ログインがコールバックに届きませんでした。",
    en: "The login did not reach the callback.",
  },
  "key-step-invalid": {
    ja: "いまは、この手順を行えません。鍵は、予告、切り替え、古い鍵の削除の順に更新します。",
    en: "This step is not possible now. A key is announced first, then used, then the old one is removed.",
  },
  "certificate-invalid": {
    ja: "TLS の証明書か秘密鍵を読めません。PEM の証明書と、その秘密鍵を指定してください。",
    en: "The certificate or private key of TLS cannot be read. Give a certificate in PEM and its private key.",
  },
  "mode-unknown": { ja: "存在しない画面です。", en: "The mode is unknown." },
  "endpoint-unknown": { ja: "存在しないエンドポイントです。", en: "The endpoint is unknown." },
  "fault-unknown": { ja: "このエンドポイントにはない障害です。", en: "This endpoint has no such fault." },
  "host-invalid": {
    ja: "待ち受けるアドレスが正しくありません。",
    en: "The address to listen on is not valid.",
  },
  "origin-invalid": { ja: "オリジンが正しくありません。", en: "The origin is not valid." },
  "lifetime-invalid": {
    ja: "署名の取引の有効期間は、1〜86400秒の整数にしてください。",
    en: "The lifetime of a signature transaction must be an integer from 1 to 86400, in seconds.",
  },
  "config-invalid": { ja: "設定が正しくありません。", en: "The configuration is not valid." },
  "request-invalid": { ja: "送られた内容が正しくありません。", en: "The submitted data is not valid." },
};

/** What an error says to people. */
export function textOf({ texts, code }: EmulatorError, language: Language): string {
  return (texts ?? problems[code])[language];
}
