// What the standards say about each misbehaviour.
import type { Bilingual } from "../bilingual.js";

/**
 * `must`, `should`: a site that accepts it breaks a requirement, or a recommendation. `may`: the standards leave it to the site.
 * `survive`: nobody can be logged in by it; the question is whether the site gets over it. `cope`: nothing is wrong, and a site
 * may accept it.
 */
export type Level = "must" | "should" | "may" | "survive" | "cope";

export interface Standard {
  readonly level: Level;
  readonly sections: readonly string[];
  /** Why it is not a `must`, or what accepting it leads to. */
  readonly remark?: Bilingual;
}

const rule = (level: Level, sections: string, remark?: Bilingual): Standard => ({
  level,
  sections: sections.split("; "),
  ...(remark === undefined ? {} : { remark }),
});

const signatureRemark = {
  ja: "認可コードフローのIDトークンはTLSで直接届くので、署名の代わりにTLSで発行者を確かめてもよいことになっています。署名も検証するように設定できるライブラリーが多くあります。",
  en: "In the code flow the ID token arrives directly over TLS, which may be relied on in place of the signature. Many libraries can be set to verify it all the same.",
};
const stateRemark = {
  ja: "PKCEやnonceでCSRFを防いでいるサイトには必須ではありませんが、このサービスはstateを必ず返します。",
  en: "Not required of a site that prevents CSRF with PKCE or nonce, but this service always returns state.",
};
const userinfoRemark = {
  ja: "IDトークンだけでログインさせてもかまいません。この応答の値を使っていないことを確かめてください。",
  en: "The ID token alone is enough for a login. Make sure that no value of this response was used.",
};
const sizeRemark = {
  ja: "標準に規定はありません。上限がなければ、大きな応答でメモリーを使い切ります。",
  en: "No standard says so. Without a limit, a large response uses up the memory.",
};
const rfc7515 = "RFC 7515";

export const loginStandards: Readonly<Record<string, Standard>> = {
  "wrong-issuer": rule("must", "OIDC Core 3.1.3.7 (2)"),
  "issuer-trailing-slash": rule("must", "OIDC Core 3.1.3.7 (2)"),
  "wrong-audience": rule("must", "OIDC Core 3.1.3.7 (3)"),
  "extra-audience": rule("must", "OIDC Core 3.1.3.7 (3)"),
  "wrong-authorized-party": rule("may", "OIDC Core 3.1.3.7 (5)", {
    ja: "確かめてもよい、とされています。audが合っていれば、このサイトに宛てたトークンです。",
    en: "A site may check it. With the right aud, the token is meant for this site all the same.",
  }),
  "wrong-nonce": rule("must", "OIDC Core 3.1.3.7 (11)"),
  "missing-nonce": rule("must", "OIDC Core 3.1.3.7 (11)"),
  "wrong-at-hash": rule("may", "OIDC Core 3.1.3.8", {
    ja: "認可コードフローでは任意です。",
    en: "Optional in the code flow.",
  }),
  "missing-sub": rule("must", "OIDC Core 2"),
  "missing-expiry": rule("must", "OIDC Core 2; OIDC Core 3.1.3.7 (9)"),
  "expiry-as-text": rule("must", "RFC 7519 4.1.4; OIDC Core 3.1.3.7 (9)"),
  expired: rule("must", "OIDC Core 3.1.3.7 (9)"),
  "issued-in-future": rule("may", "OIDC Core 3.1.3.7 (10)", {
    ja: "どれだけずれたiatを拒否するかは、サイトに任されています。",
    en: "How far an iat may be off is left to the site.",
  }),
  "not-yet-valid": rule("must", "RFC 7519 4.1.5"),
  "broken-signature": rule("may", "OIDC Core 3.1.3.7 (6)", signatureRemark),
  "forged-signature": rule("may", "OIDC Core 3.1.3.7 (6)", signatureRemark),
  "embedded-key": rule("may", `OIDC Core 3.1.3.7 (6); ${rfc7515} 10.3`, signatureRemark),
  "alg-none": rule("must", "OIDC Core 2; RFC 8725 3.2"),
  "hs256-public-pem": rule("must", "RFC 8725 3.1"),
  "hs256-public-jwk": rule("must", "RFC 8725 3.1"),
  "rs256-realm-key": rule("should", "OIDC Core 3.1.3.7 (7)"),
  "unknown-kid": rule("may", `OIDC Core 10.1; ${rfc7515} 4.1.4`, {
    ja: "署名は正しい鍵によるものです。kidを目印としてしか使わないサイトは受け入れます。",
    en: "The signature is by the right key. A site that takes kid only as a hint accepts it.",
  }),
  "crit-header": rule("must", `${rfc7515} 4.1.11`),
  "duplicate-member": rule("may", `RFC 7519 4; ${rfc7515} 5.2`, {
    ja: "最後の値だけを使うJSONの読み方も認められています。",
    en: "A JSON reader that takes the last value only is allowed too.",
  }),
  "malformed-token": rule("must", "RFC 7519 7.2"),
  "missing-id-token": rule("must", "OIDC Core 3.1.3.3"),

  "token-fail": rule("survive", "RFC 6749 5.2"),
  "token-slow": rule("survive", "RFC 6749 5.1"),
  "token-oversized": rule("may", "CWE-770", sizeRemark),
  "token-not-json": rule("survive", "RFC 6749 5.1"),
  "token-malformed": rule("survive", "RFC 6749 5.1"),
  "token-invalid-grant": rule("survive", "RFC 6749 5.2"),
  "token-missing-access-token": rule("should", "RFC 6749 5.1"),
  "token-wrong-type": rule("must", "RFC 6749 7.1; OIDC Core 3.1.3.3"),

  "userinfo-other-sub": rule("should", "OIDC Core 5.3.2", userinfoRemark),
  "userinfo-missing-sub": rule("should", "OIDC Core 5.3.2", userinfoRemark),
  "userinfo-malformed": rule("may", "OIDC Core 5.3.2", userinfoRemark),
  "userinfo-oversized": rule("may", "CWE-770", sizeRemark),
  "userinfo-slow": rule("may", "OIDC Core 5.3.2", userinfoRemark),
  "userinfo-fail": rule("may", "OIDC Core 5.3.3", userinfoRemark),

  "response-wrong-state": rule("should", "RFC 6749 4.1.2; RFC 6749 10.12; RFC 9700 2.1", stateRemark),
  "response-missing-state": rule("should", "RFC 6749 4.1.2; RFC 6749 10.12; RFC 9700 2.1", stateRemark),
  "response-wrong-issuer": rule("should", "RFC 9207 2.4; RFC 9700 2.1", {
    ja: "1つのサービスしか使わないサイトには必須ではありません。",
    en: "Not required of a site that uses one service only.",
  }),
  "response-missing-code": rule("survive", "RFC 6749 4.1.2"),
  "response-duplicate-code": rule("should", "RFC 6749 3.1"),
};

const result = "署名API: result";
const stays = rule("survive", result);

export const signingStandards: Readonly<Record<string, Standard>> = {
  "sign-cancelled": rule("survive", "RFC 6749 4.1.2.1"),
  "sign-pin-locked": rule("survive", "RFC 6749 4.1.2.1"),
  "sign-transaction-expired": stays,
  "sign-other-user": stays,
  "sign-result-late": rule("cope", result),
  "sign-revoked": rule("must", "RFC 5280 6.3"),
  "sign-unknown-policy": rule("must", "RFC 5280 6.1.5"),
  "sign-next-card": rule("cope", "RFC 5480"),
  "sign-content-malformed": stays,
  "sign-content-missing-certificate": rule("must", result),
  "sign-content-missing-signature": rule("must", result),
  "sign-certificate-garbage": rule("must", "RFC 5280 6.1"),
  "sign-signature-other-hash": rule("must", "RFC 8017 8.2.2; FIPS 186-5 6.4.2"),
  "sign-signature-garbage": rule("must", "RFC 8017 8.2.2; FIPS 186-5 6.4.2"),
  "sign-jwe-other-key": rule("survive", "RFC 7516 5.2"),
  "sign-jwe-altered-ciphertext": rule("must", "RFC 7516 5.2"),
  "sign-jwe-altered-tag": rule("must", "RFC 7516 5.2"),
  "sign-jwe-alg-dir": rule("survive", "RFC 8725 3.1"),
  "sign-jwe-alg-rsa1-5": rule("survive", "RFC 8725 3.1"),
  "sign-jwe-unknown-kid": rule("may", "RFC 7516 4.1.6", {
    ja: "暗号化に使われた鍵は正しいものです。",
    en: "The key that it is encrypted with is the right one.",
  }),
  "sign-jwe-missing": rule("must", "RFC 7516 5.2"),
  "sign-result-oversized": rule("may", "CWE-770", sizeRemark),
  "sign-result-malformed": stays,
  "sign-result-not-json": stays,
  "sign-result-missing": stays,
  "sign-result-fail": stays,
  "sign-result-not-found": stays,
  "sign-result-slow": stays,
  "sign-result-dropped": stays,
};
