// How a signature must end with each thing that the emulator can be ordered to do with it.
import type { HonninErrorCode } from "honnin";

/** A page by its title. */
interface Titles {
  readonly ja: string;
  readonly en: string;
}

export interface Expected {
  /** `signed` where the relying party has to cope with it. */
  readonly ends: HonninErrorCode | "signed";
  readonly title?: Titles;
  /** What the page says to do next, where that is more than to begin again. */
  readonly todo?: { readonly ja: RegExp; readonly en: RegExp };
  /**
   * Where the way on leads: through the service again, or to what was just not to be had, which is not to be had still.
   * Nothing where there is none.
   */
  readonly resume?: "service" | "same";
}

const unverified: Titles = {
  ja: "安全のために署名を受け入れませんでした",
  en: "The signature was rejected for your safety",
};
const unavailable: Titles = {
  ja: "サービスとうまく通信できませんでした",
  en: "Communication with the service failed",
};
const later: Titles = { ja: "いまは受け付けられません", en: "Not possible right now" };

export const expected: Readonly<Record<string, Expected>> = {
  "sign-cancelled": {
    ends: "signature-denied",
    title: { ja: "署名は完了していません", en: "The document has not been signed" },
    todo: { ja: /続けるときは/, en: /continue|resume/i },
    resume: "service",
  },
  "sign-pin-locked": {
    ends: "signature-pin-locked",
    title: { ja: "署名用電子証明書の暗証番号がロックされています", en: "The signing PIN is locked" },
    todo: { ja: /市区町村|コンビニ/, en: /municipal|convenience/i },
  },
  "sign-transaction-expired": {
    ends: "signature-transaction-expired",
    title: { ja: "署名の有効期限が切れました", en: "Signing took too long" },
  },
  "sign-other-user": {
    ends: "signature-user-mismatch",
    title: {
      ja: "署名した人と、戻ってきた人が違います",
      en: "The person who signed is not the person who returned",
    },
    todo: { ja: /カード/, en: /card/i },
  },
  "sign-result-late": { ends: "signed" },
  "sign-revoked": {
    ends: "certificate-revoked",
    title: { ja: "署名に使われた証明書は失効しています", en: "The certificate has been revoked" },
    todo: { ja: /市区町村/, en: /municipal/i },
  },
  "sign-unknown-policy": {
    ends: "policy-unsupported",
    title: {
      ja: "このサイトが扱えない種類の証明書です",
      en: "This site does not support this kind of certificate",
    },
    todo: { ja: /ほかのカード/, en: /(an)?other card/i },
  },
  // A P-384 key where the transaction says RSA: the scheme is never guessed.
  "sign-next-card": {
    ends: "key-unsuitable",
    title: {
      ja: "カードの種類が、選んだ方式に合いません",
      en: "The card does not match the signature method",
    },
  },
  "sign-content-malformed": { ends: "signature-result-malformed", title: unverified },
  "sign-content-missing-certificate": { ends: "signature-result-malformed", title: unverified },
  "sign-content-missing-signature": { ends: "signature-result-malformed", title: unverified },
  "sign-certificate-garbage": {
    ends: "certificate-malformed",
    title: {
      ja: "署名に使われた証明書を受け入れられませんでした",
      en: "The certificate was not accepted",
    },
  },
  "sign-signature-other-hash": { ends: "signature-mismatch", title: unverified },
  "sign-signature-garbage": { ends: "signature-mismatch", title: unverified },
  "sign-jwe-other-key": { ends: "signature-result-undecryptable", title: unverified, resume: "same" },
  "sign-jwe-altered-ciphertext": {
    ends: "signature-result-undecryptable",
    title: unverified,
    resume: "same",
  },
  "sign-jwe-altered-tag": { ends: "signature-result-undecryptable", title: unverified, resume: "same" },
  "sign-jwe-alg-dir": { ends: "algorithm-not-allowed", title: unverified },
  "sign-jwe-alg-rsa1-5": { ends: "algorithm-not-allowed", title: unverified },
  "sign-jwe-unknown-kid": { ends: "signature-result-undecryptable", title: unverified, resume: "same" },
  "sign-jwe-missing": { ends: "signature-result-malformed", title: unverified },
  "sign-result-oversized": { ends: "response-too-large", title: unavailable, resume: "same" },
  "sign-result-malformed": { ends: "response-malformed", title: unavailable, resume: "same" },
  "sign-result-not-json": { ends: "response-malformed", title: unavailable, resume: "same" },
  "sign-result-missing": { ends: "signature-result-malformed", title: unverified },
  "sign-result-fail": { ends: "endpoint-unavailable", title: later, resume: "same" },
  "sign-result-not-found": {
    ends: "signature-result-refused",
    title: { ja: "サービスに受け付けられませんでした", en: "The service did not accept the signature" },
    resume: "same",
  },
  "sign-result-slow": { ends: "endpoint-timeout", title: unavailable, resume: "same" },
  "sign-result-dropped": { ends: "endpoint-unreachable", title: unavailable, resume: "same" },
};
