// How a signature must end with each thing that the emulator can be ordered to do with it.
import type { HonninErrorCode } from "honnin";

export interface Expected {
  /** `signed` where the relying party has to cope with it. */
  readonly ends: HonninErrorCode | "signed";
  /** Whether the user can go on from where it stopped. */
  readonly resumable?: true;
  /** What the page says to do next, or what is special about this end. */
  readonly page?: { readonly ja: RegExp; readonly en: RegExp };
}

const again = { ja: /もう一度|やり直し/, en: /again/i };
const unverified = { ja: /署名/, en: /signature/i };

export const expected: Readonly<Record<string, Expected>> = {
  "sign-cancelled": {
    ends: "signature-cancelled",
    resumable: true,
    page: { ja: /中止/, en: /cancel/i },
  },
  "sign-pin-locked": {
    ends: "signature-pin-locked",
    page: { ja: /ロック[^]*(市区町村|窓口|コンビニ)/, en: /locked[^]*(municipal|convenience)/i },
  },
  "sign-transaction-expired": {
    ends: "signature-transaction-expired",
    page: { ja: /期限|時間/, en: /expired|time/i },
  },
  "sign-other-user": {
    ends: "signature-user-mismatch",
    page: { ja: /別の/, en: /(another|different) (person|card)/i },
  },
  "sign-result-late": { ends: "signed" },
  "sign-revoked": { ends: "certificate-revoked", page: { ja: /失効/, en: /revoked/i } },
  "sign-unknown-policy": { ends: "policy-unsupported", page: { ja: /証明書/, en: /certificate/i } },
  // A P-384 key where the transaction says RSA: the scheme is never guessed.
  "sign-next-card": { ends: "key-unsuitable", page: unverified },
  "sign-content-malformed": { ends: "signature-result-malformed", page: unverified },
  "sign-content-missing-certificate": { ends: "signature-result-malformed", page: unverified },
  "sign-content-missing-signature": { ends: "signature-result-malformed", page: unverified },
  "sign-certificate-garbage": { ends: "certificate-malformed", page: unverified },
  "sign-signature-other-hash": { ends: "signature-mismatch", page: unverified },
  "sign-signature-garbage": { ends: "signature-mismatch", page: unverified },
  "sign-jwe-other-key": { ends: "signature-result-undecryptable", resumable: true, page: unverified },
  "sign-jwe-altered-ciphertext": {
    ends: "signature-result-undecryptable",
    resumable: true,
    page: unverified,
  },
  "sign-jwe-altered-tag": { ends: "signature-result-undecryptable", resumable: true, page: unverified },
  "sign-jwe-alg-dir": { ends: "algorithm-not-allowed", page: unverified },
  "sign-jwe-alg-rsa1-5": { ends: "algorithm-not-allowed", page: unverified },
  "sign-jwe-unknown-kid": { ends: "signature-result-undecryptable", resumable: true, page: unverified },
  "sign-jwe-missing": { ends: "signature-result-malformed", page: unverified },
  "sign-result-oversized": { ends: "response-too-large", resumable: true, page: again },
  "sign-result-malformed": { ends: "response-malformed", resumable: true, page: again },
  "sign-result-not-json": { ends: "response-malformed", resumable: true, page: again },
  "sign-result-missing": { ends: "signature-result-malformed", page: unverified },
  "sign-result-fail": { ends: "endpoint-unreachable", resumable: true, page: again },
  "sign-result-not-found": { ends: "signature-result-refused", resumable: true, page: again },
  "sign-result-slow": { ends: "endpoint-timeout", resumable: true, page: again },
  "sign-result-dropped": { ends: "endpoint-unreachable", resumable: true, page: again },
};
