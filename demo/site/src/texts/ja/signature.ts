import type { SignatureTexts } from "../signature-texts.ts";

export const signature: SignatureTexts = {
  document: {
    title: "署名した文書",
    name: "ファイル名",
    type: "種類",
    size: "サイズ",
    sizeUnknown: "記録なし",
    download: "この文書を開く",
  },
  hash: (algorithm) =>
    `ハッシュ値（${{ sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" }[algorithm]}）`,
  bytes: (number) => `${grouped(number)}バイト`,
  method: "署名の方式",
  schemes: {
    "rsa-pkcs1-sha1": "RSA（PKCS #1 v1.5、SHA-1）：いまは安全でない方式",
    "rsa-pkcs1-sha256": "RSA（PKCS #1 v1.5、SHA-256、DigestInfoあり）",
    "rsa-pkcs1-sha384": "RSA（PKCS #1 v1.5、SHA-384）",
    "rsa-pkcs1-sha512": "RSA（PKCS #1 v1.5、SHA-512）",
    "rsa-pkcs1-bare": "RSA（PKCS #1 v1.5、ハッシュ値のみ）",
    "rsa-pss-sha256": "RSA（PSS、SHA-256）",
    "rsa-pss-sha384": "RSA（PSS、SHA-384）",
    "rsa-pss-sha512": "RSA（PSS、SHA-512）",
    "ecdsa-p256-sha256": "ECDSA（P-256、SHA-256）",
    "ecdsa-p384-sha384": "ECDSA（P-384、SHA-384）：次期カードで予定される方式",
  },

  chain: {
    title: "証明書のつながり",
    label: "認証局から文書までのつながりを表す図",
    summary: ({ authority, document, revocation }) =>
      `認証局「${authority}」が署名者の証明書を発行し、署名者がその鍵で「${document}」に署名しました。証明書の失効：${revocation}。`,
    authority: "認証局",
    intermediate: "中間の認証局",
    certificate: "署名用電子証明書",
    document: "文書",
    issues: "発行",
    signs: "署名",
    issuer: "組織",
    generation: "世代",
    generationOf: (generation) => `第${generation}世代`,
    unknownAuthority: "公開された一覧にない認証局",
    validity: "有効期間",
    period: (from, until) => `${from}から${until}まで`,
    someDay: (year) => `${year}年の誕生日`,
    untilHint: "証明書は誕生日に期限が切れるので、月日は「署名した人」を表示したときにだけ示します。",
    serial: "シリアル番号",
    fingerprint: "ハッシュ値",
    cards: "カードの種別",
    cardTypes: { production: "本番用", test: "テスト用", none: "本番用・テスト用の区別なし" },
  },

  revocation: {
    title: "証明書の失効",
    statuses: {
      good: "失効していない",
      unknown: "わからない",
      "not-checked": "確かめていない",
      revoked: "失効している",
    },
    meanings: {
      good: "失効していないことを、認証局の回答で確かめました。",
      unknown: "失効情報はありますが、この証明書についての答えがありません。有効とは言えません。",
      "not-checked": "失効情報がないので、確かめていません。「有効」という意味ではありません。",
      revoked: "この証明書は失効しています。署名を受け入れてはいけません。",
    },
    evidence: "根拠",
    evidenceOf: (crls, ocspResponses) =>
      [
        ocspResponses > 0 ? `OCSPレスポンス${ocspResponses}件` : "",
        crls > 0 ? `失効リスト（CRL）${crls}件` : "",
      ]
        .filter((part) => part !== "")
        .join("、"),
    noEvidence: "なし",
    asOf: "時点",
    revokedAt: "失効した日時",
  },

  holder: {
    title: "署名した人",
    hidden:
      "署名した人の氏名・住所・生年月日・性別は、証明書に書かれています。個人情報なので、ボタンを押すまで画面に出しません。",
    show: "表示する",
    hide: "隠す",
    missing: "証明書に書かれていません",
    unreadable: "この証明書から読み取れませんでした。",
    substituted: (count) => `${count}文字は、カードで使えない字の代わりの字です。`,
  },

  checksTitle: "署名の検査",
};

function grouped(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
