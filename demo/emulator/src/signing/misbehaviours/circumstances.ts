import type { SigningCircumstances } from "./kinds.js";

export const signingCircumstances: readonly SigningCircumstances[] = [
  {
    id: "sign-cancelled",
    target: "circumstances",
    title: { ja: "利用者が署名を中止した", en: "The user cancelled instead of signing" },
    failure: "cancelled",
  },
  {
    id: "sign-pin-locked",
    target: "circumstances",
    title: { ja: "署名用の暗証番号がロックされた", en: "The signing PIN was locked" },
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
      en: "The signer is not the person who logs in",
    },
    otherUser: true,
  },
  {
    id: "sign-result-late",
    target: "circumstances",
    title: { ja: "結果が3回目にやっと返る", en: "The result is available only at the third request" },
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
    title: { ja: "未知のポリシーの証明書で署名した", en: "Signed with a certificate with an unknown policy" },
    card: "unknown-policy",
  },
  {
    id: "sign-next-card",
    target: "circumstances",
    title: {
      ja: "次期個人番号カード（P-384）で署名した",
      en: "Signed with a next-generation card (P-384)",
    },
    card: "next-card",
  },
];
