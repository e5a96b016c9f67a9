import type { Bilingual } from "../bilingual.js";
import type { ProblemCode, Verdict } from "../check/result.js";

export const verdicts: Readonly<Record<Verdict, Bilingual>> = {
  refused: { ja: "拒否", en: "refused" },
  accepted: { ja: "受け入れ", en: "accepted" },
  "not-asked": { ja: "対象外", en: "not asked" },
  unclear: { ja: "判定不能", en: "unclear" },
  "no-answer": { ja: "応答なし", en: "no answer" },
  broken: { ja: "サイト停止", en: "site down" },
  unchecked: { ja: "未確認", en: "unchecked" },
};

/** The headings of the table, by the target of a row. */
export const targets: Readonly<Record<string, Bilingual>> = {
  "id-token": { ja: "ID トークン", en: "ID token" },
  token: { ja: "トークンエンドポイント", en: "Token endpoint" },
  userinfo: { ja: "UserInfo", en: "UserInfo" },
  "authorization-response": { ja: "認可応答", en: "Authorization response" },
  circumstances: { ja: "電子署名: 起こりうること", en: "Signature: circumstances" },
  content: { ja: "電子署名: 復号した中身", en: "Signature: decrypted content" },
  jwe: { ja: "電子署名: 暗号化（JWE）", en: "Signature: encryption (JWE)" },
  result: { ja: "電子署名: 結果のエンドポイント", en: "Signature: result endpoint" },
};

/** What an accepted row means, by its level. */
export const allowed: Bilingual = {
  ja: "標準はサイトに任せている",
  en: "the standards leave it to the site",
};

/** `{}` is what the problem is about. */
export const problems: Readonly<Record<ProblemCode, Bilingual>> = {
  unreachable: {
    ja: "{} に接続できません。サイトを起動してから、もう一度実行してください。",
    en: "Nothing answers at {}. Start the site and try again.",
  },
  "no-answer": {
    ja: "{} が時間内に応答しません。サイトを確かめるか、--timeout を大きくしてください。",
    en: "{} does not answer in time. Look at the site, or set a larger --timeout.",
  },
  "broken-off": {
    ja: "{} が応答の途中で接続を切るか、HTTP でないものを返しました。URL とポートを確かめてください。",
    en: "{} breaks the connection off, or what it answers is not HTTP. Check the URL and the port.",
  },
  redirects: {
    ja: "リダイレクトが {} で 20 回を超えました。ブラウザーでログインできるか確かめてください。",
    en: "More than 20 redirects, the last one at {}. Check whether a browser can log in.",
  },
  address: {
    ja: "{} が、http でも https でもないアドレスにリダイレクトします。ログインの URL を確かめてください。",
    en: "{} redirects to something that is neither http nor https. Check the login URL.",
  },
  "real-service": {
    ja: "サイトの行き先が本物のサービス（{}）です。エミュレーターを使うように設定してください。何も送っていません。",
    en: "The site leads to the real service ({}). Configure it for the emulator. Nothing was sent there.",
  },
  "other-service": {
    ja: "サイトの行き先が別のサービス（{}）です。エミュレーターの issuer を設定してください。",
    en: "The site leads to another service ({}). Configure it with the emulator's issuer.",
  },
  "not-a-login": {
    ja: "このページからサービスに進めません（{}）。ログインを始める URL か、ボタンのあるページの URL を指定してください。",
    en: "No way leads from this page to the service ({}). Give the URL that begins the login, or that of the page with its button.",
  },
  "several-forms": {
    ja: "ページにフォームが複数あります: {}。--form で、ボタンの文字かアドレスの一部を指定してください。",
    en: "The page has several forms: {}. Name one with --form, by a part of its button or address.",
  },
  "request-refused": {
    ja: "サービスがサイトの認可リクエストを受け付けません（{}）。client_id、redirect_uri、鍵、state、nonce、PKCE を確かめてください。",
    en: "The service refuses the site's authorization request ({}). Check client_id, redirect_uri, keys, state, nonce and PKCE.",
  },
  "login-refused": {
    ja: "サイトが正しいログインも拒否します（{}）。サイトのログで理由を確かめてください。",
    en: "The site refuses a good login too ({}). Its log should say why.",
  },
  "sight-wrong": {
    ja: "指定した見分け方が実際と違います（{}）。正しいログインの後だけに見えるページとステータスを指定してください。",
    en: "What you named does not tell a login from a refusal ({}). Name a page and status that only a good login leads to.",
  },
  indistinguishable: {
    ja: "正しいログインと中止したログインが同じに見えます（{}）。サイトが全員を拒否しているのでなければ、--signed-in '/me 200' のように見分け方を指定してください。",
    en: "A good login looks like a cancelled one ({}). Unless the site refuses everybody, name the difference, such as --signed-in '/me 200'.",
  },
  "time-over": {
    ja: "制限時間になりました（{}）。--limit を大きくするか、--only で絞ってください。",
    en: "The time is over ({}). Set a larger --limit, or select rows with --only.",
  },
  "site-down": {
    ja: "{} の後、正しいログインができなくなりました。サイトのログを確かめてください。",
    en: "After {}, good logins no longer work. Look at the site's log.",
  },
  emulator: {
    ja: "エミュレーターを使えません: {}",
    en: "The emulator cannot be used: {}",
  },
};

export const terminal = {
  issuer: { ja: "サービス（エミュレーター）", en: "Service (emulator)" },
  sign: { ja: "ログインの見分け方", en: "A login is recognised by" },
  signature: { ja: "署名の見分け方", en: "A signature is recognised by" },
  remarks: { ja: "受け入れた行について", en: "About what was accepted" },
  outcome: {
    0: {
      ja: "受け入れてはならないものは、すべて拒否しました。",
      en: "Everything that must be refused was refused.",
    },
    1: {
      ja: "拒否すべきものを受け入れたか、その後に応答しなくなりました。",
      en: "Something was accepted that should be refused, or the site did not get over it.",
    },
    2: { ja: "確かめられなかったものがあります。", en: "Not everything could be checked." },
  },
} as const;
