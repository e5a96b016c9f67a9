import type { EraYear } from "../birth-date.ts";
import { refusal } from "./ja/refusal.ts";
import { signature } from "./ja/signature.ts";
import { signing } from "./ja/signing.ts";
import { verification } from "./ja/verification.ts";
import type { Texts } from "./texts.ts";

const two = (number: number) => String(number).padStart(2, "0");

const eraNames: Readonly<Record<EraYear["era"], string>> = {
  meiji: "明治",
  taisho: "大正",
  showa: "昭和",
  heisei: "平成",
  reiwa: "令和",
};

const readCard = {
  title: "アプリで本人確認",
  text: "アプリで4桁の暗証番号を入力し、マイナンバーカードを読み取ります。",
};
const emulatedCard = {
  title: "アプリで本人確認（エミュレーター）",
  text: "暗証番号の入力とカードの読み取りを画面の中で再現します。暗証番号は画面の案内のとおりに入力し、カードは架空の人物のものを選びます。",
};
const consent = {
  title: "提供に同意",
  text: "このサイトに渡す項目を確かめて「許可」を選びます。「中止」を選んでもかまいません。",
};
const back = {
  title: "結果を表示",
  text: "このサイトに戻り、受け取った情報と、行った検査のすべてを表示します。",
};
const openApp = {
  title: "アプリを開く",
  text: "ボタンを押すとサービスの画面に移ります。そこからアプリを開きます。",
};
const qrCode = {
  title: "QRコードを読み取る",
  text: "ボタンを押すとサービスの画面にQRコードが表示されます。スマートフォンで読み取ります。",
};
const emulatedQrCode = {
  title: "QRコードを読み取る",
  text: "ボタンを押すとQRコードが表示されます。その下のリンクから、模擬スマートフォン（エミュレーター）を別のタブで開けます。",
};
// The emulator asks for the number before the card.
const emulatedSixDigits = {
  title: "6桁の番号を入力",
  text: "スマートフォンに表示された6桁の番号をパソコンに入力します。続きはスマートフォンで操作します。",
};
const sixDigits = {
  title: "6桁の番号を入力",
  text: "スマートフォンに表示された6桁の番号をパソコンに入力し、スマートフォンで提供に同意します。",
};

const trust = [
  "ブラウザーは運び役です。ブラウザーが運んできたものを、それだけで信用することはありません。",
  "信頼のよりどころは、サービスが公開する鍵で確かめたIDトークンの署名と、このサイトからサービスへの直接の通信です。",
  "判断はすべて、このサイトのサーバー（エッジ）で行いました。この画面はその結果を表示しているだけです。",
];

const contact = "何度も起こるときは、下のエラーコードをこのサイトの運営者にお知らせください。";
const startAgain = "お手数ですが、もう一度はじめから操作してください。";
const badForm = "届いたIDトークンが、標準の定める形式になっていませんでした。";
const badKey = "IDトークンの署名を確かめるための鍵を、1つに定められませんでした。";
const badKeySet = "サービスが公開している鍵の一覧に誤りがありました。";
const badClaims = "IDトークンの内容に、欠けている項目か正しくない項目がありました。";
const otherAudience = "IDトークンが、このサイトに宛てたものではありませんでした。";
const badClock = "IDトークンの時刻が、このサイトの時計と合いませんでした。";
const brokenService = "サービスから届いた応答を読み取れませんでした。";
const misconfigured = "このサイトの設定に誤りがあります。";
const noVerifier = "このサイトで検証プログラムを読み込めませんでした。";

export const ja: Texts = {
  lang: "ja",
  otherLanguage: "English",
  siteName: "honnin デモ",
  skipLink: "本文へ移動",
  languageLabel: "言語",
  nav: { label: "サイト内のページ", login: "本人確認", sign: "署名", verify: "検証" },
  services: {
    emulator: {
      label: "エミュレーター",
      note: "これはデモです。本物のサービスにはつながらず、カードも使いません。登場する人物はすべて架空です。",
    },
    sandbox: { label: "検証環境", note: "デジタル認証サービスの検証環境につながっています。" },
    production: { label: "本番環境", note: "デジタル認証サービスにつながっています。" },
  },
  disclaimer: "honnin のデモです。デジタル庁・地方公共団体情報システム機構とは関係ありません。",
  loginButton: "マイナンバーカードで本人確認",
  toHome: "トップへ戻る",

  home: {
    title: "マイナンバーカードで本人確認",
    description: "マイナンバーカードによる本人確認を受け取るサイトの見本です。",
    lead: {
      emulator:
        "マイナンバーカードによる本人確認を受け取るサイトの見本です。サービスとアプリの代わりにエミュレーターにつながるので、カードがなくても最後まで試せます。",
      sandbox:
        "マイナンバーカードによる本人確認を受け取るサイトの見本です。検証環境につながるので、テストカードで最後まで試せます。",
      production:
        "マイナンバーカードによる本人確認を受け取るサイトの見本です。受け取った情報と、行った検査のすべてを表示します。",
    },
    itemsLegend: "このサイトに渡す情報",
    itemsHint: "チェックを外した項目は受け取りません。すべて外しても、前回と同じ人かどうかは確認できます。",
    leaving: "移動しています…",
    here: {
      title: "このページにQRコードを表示する",
      what: "サービスのページには移りません。QRコードをスマートフォンで読み取り、スマートフォンに表示された6桁の番号をこのページに入力します。スマートフォンで本人確認が終わると、このページが自動で進みます。",
      difference:
        "上のボタンでは、QRコードの表示と番号の入力をサービスのページで行います。どちらの方法でも、このサイトに渡る情報と検査は同じです。",
      link: "サービスのページで本人確認",
    },
    stepsTitle: "このあとの流れ",
    ways: {
      phone: {
        title: "スマートフォンの場合",
        steps: {
          emulator: [openApp, emulatedCard, consent, back],
          sandbox: [openApp, readCard, consent, back],
          production: [openApp, readCard, consent, back],
        },
      },
      computer: {
        title: "パソコンの場合",
        steps: {
          emulator: [emulatedQrCode, emulatedSixDigits, emulatedCard, consent, back],
          sandbox: [qrCode, readCard, sixDigits, back],
          production: [qrCode, readCard, sixDigits, back],
        },
      },
    },
  },

  items: { name: "氏名", address: "住所", birthdate: "生年月日", gender: "性別" },
  genders: { male: "男性", female: "女性", other: "その他または不明" },
  unknownGender: (code) => `定められていないコード「${code}」`,
  unreadableDate: "日付として読み取れません",
  completeDate: (year, month, day, era) => {
    const inEra = era && `（${eraNames[era.era]}${era.year === 1 ? "元" : era.year}年）`;
    return `${year}年${month}月${day}日${inEra ?? ""}`;
  },
  dateTime: ({ year, month, day, hour, minute, second }) =>
    `${year}年${month}月${day}日 ${two(hour)}:${two(minute)}:${two(second)}（日本時間）`,
  partialDate: (year, month, day) => {
    if (month !== undefined) return `${year}年${month}月（日は不明）`;
    return day === undefined ? `${year}年（月日は不明）` : `${year}年（月は不明）${day}日`;
  },

  result: {
    title: "本人確認ができました",
    lead: "受け取った情報と、それを信じてよいかを確かめた検査の一覧です。",
    personTitle: "受け取った情報",
    subLabel: "利用者の識別子（sub）",
    subNote:
      "このサイトだけで使われる番号です。カードを更新しても変わらず、ほかのサイトには別の番号が渡るため、サイトをまたいで名寄せされることはありません。マイナンバーではありません。",
    received: "受け取った値",
    notGranted: "提供が許可されませんでした",
    notAsked: "求めていません",
    notSent: "許可されましたが、値が届きませんでした",
    claimsTitle: "IDトークンの内容",
    claimsNote: "署名を検証したIDトークンに含まれる項目（クレーム）です。",
    checksTitle: "行った検査",
    checksNote: "「未実施」は合格ではありません。確かめるものがなかったか、求めなかった検査です。",
    expandAll: "すべて開く",
    collapseAll: "すべて閉じる",
    timelineTitle: "いま起きたこと",
    trustTitle: "信頼のよりどころ",
    trust: {
      emulator: [
        ...trust,
        "このデモでは、サービスの役をこのコンピューターの中のエミュレーターが務めています。表示された人物は架空です。",
      ],
      sandbox: trust,
      production: trust,
    },
    kept: "この結果は、ログインから10分たつか、ログアウトすると消えます。アクセストークンとIDトークンは保存していません。",
    logout: "ログアウト",
    again: "もう一度試す",
  },
  session: {
    title: "ログインしています",
    person: "本人確認をした方：",
    others: "別の方が使うときは、先にログアウトしてください。結果も消去されます。",
    toResult: "結果を見る",
    loggedOut: "ログアウトしました。このサイトが保管していた結果も消去しました。",
  },
  noResult: {
    none: {
      title: "まだ結果がありません",
      text: "本人確認をすると、受け取った情報と検査の一覧がここに表示されます。",
    },
    forgotten: {
      title: "結果は消去されました",
      text: "このサイトは結果を10分間だけ保管します。もう一度見るには、本人確認をやり直してください。",
    },
  },

  statuses: { passed: "合格", failed: "不合格", skipped: "未実施" },
  statusHeadings: { passed: "合格した検査", failed: "不合格の検査", skipped: "行わなかった検査" },
  count: (number) => `${number}件`,
  check: { id: "検査の名前", reference: "根拠となる規格", detail: "検証プログラムの報告（英語）" },
  checks: {
    size: "トークンが大きすぎない",
    "compact-form": "3つの部分からなる正しい形式である",
    header: "ヘッダーのJSONの形式が正しい（重複する項目がない）",
    "critical-header": "理解できない拡張が指定されていない",
    type: "トークンの種類がJWTである",
    algorithm: "署名方式が、このサイトの認めるものである",
    "key-set": "サービスの公開鍵の一覧が正しい",
    key: "署名に使われた鍵が一覧の中に1つだけある",
    signature: "署名が正しく、内容が改変されていない",
    claims: "内容のJSONの形式が正しい（重複する項目がない）",
    issuer: "発行者が、接続先のサービスである",
    audience: "このサイトに宛てたものである",
    "authorized-party": "受け取りを認められた相手がこのサイトである",
    subject: "利用者の識別子がある",
    expiration: "有効期限が切れていない",
    "not-before": "使い始めてよい時刻を過ぎている",
    "issued-at": "発行時刻が未来でない",
    "token-age": "発行から時間がたちすぎていない",
    nonce: "この手続きのために発行された（nonceが一致する）",
    "access-token-hash": "アクセストークンと対になっている",
    "authentication-context": "求めた強さの認証が行われた",
    "authentication-time": "認証から時間がたちすぎていない",
    package: "署名パッケージの形式が正しい",
    "document-digest": "文書が、署名されたものと同じである",
    "signature-method": "署名の方式と、渡した形とハッシュの組み合わせが正しい",
    "signer-key-usage": "証明書の鍵が、文書への署名に使ってよいものである",
    "public-key": "証明書の公開鍵を読み取れる",
    certificate: "証明書を読み取れる",
    "profile-policy": "署名用電子証明書の種類（ポリシー）である",
    "profile-anchors": "署名用の認証局の証明書がそろっている",
    "profile-issuer": "別の系統や種別（本番用・テスト用）の認証局が発行したものでない",
    "profile-policy-critical": "ポリシーが、必ず理解すべきものとして書かれている",
    "profile-key-usage": "鍵の用途が、定められたとおりである",
    "profile-extended-key-usage": "鍵の拡張用途が、定められたとおりである",
    "profile-algorithms": "認証局の署名方式と鍵の種類が、定められたものである",
    "profile-end-entity": "認証局のものではなく、人の証明書である",
    "profile-direct-issue": "認証局が直接発行したものである",
    "known-authority": "認証局が、公開された一覧にある",
    path: "信頼する認証局までつながっている",
    "trust-anchor": "証明書の発行元が、信頼する認証局までつながっている",
    "certificate-signature": "証明書の署名が、発行者のものである",
    "certificate-validity": "証明書の有効期間の中である",
    "certificate-issuer": "証明書に書かれた発行者が、上位の認証局である",
    "name-constraints": "名前が、上位の認証局の認める範囲にある",
    "certificate-policies": "ポリシーが、上位から続いている",
    "policy-mappings": "ポリシーの対応付けが規則どおりである",
    "policy-set": "受け入れるポリシーのもとで有効である",
    "basic-constraints": "発行者が、証明書の発行を許された認証局である",
    "path-length": "つながりの長さが、許された範囲にある",
    "key-usage": "鍵の用途が、必要なものを含んでいる",
    "extended-key-usage": "鍵の拡張用途が、必要なものを許している",
    extensions: "理解できない重要な拡張がない",
    revocation: "証明書が失効していない",
    "evidence-time": "パッケージの時刻が失効情報と一致し、未来でない",
    timestamp: "第三者のタイムスタンプが、署名の時刻を証明している",
  },

  actors: { site: "このサイト", browser: "ブラウザー", phone: "スマートフォン", service: "サービス" },
  timeline: ({ service, scopes, passed, skipped, items }) => [
    {
      actor: "site",
      title: "認可リクエスト",
      text: `使い捨ての値（state、nonce、PKCE）を作って暗号化したCookieに控え、ブラウザーをサービスへ送りました。求めたスコープ: ${scopes}`,
    },
    {
      actor: "phone",
      title: "アプリでの本人確認",
      text:
        service === "emulator"
          ? "エミュレーターがアプリとカードの役を務め、あなたが提供を許可しました。暗証番号がこのサイトに届くことはありません。"
          : "アプリが暗証番号とカードを確かめ、あなたが提供を許可しました。暗証番号がこのサイトに届くことはありません。",
    },
    {
      actor: "browser",
      title: "コールバック",
      text: "ブラウザーが認可コードを持って戻りました。stateがCookieの控えと一致し、このブラウザーで始めたログインの続きだとわかりました。",
    },
    {
      actor: "site",
      title: "認可コードの交換",
      text: "ブラウザーを通さずサービスに直接つなぎ、このサイトの秘密鍵で署名した証明（private_key_jwt）を示して、コードをトークンに換えました。",
    },
    {
      actor: "site",
      title: "IDトークンの検証",
      text: `サービスの公開鍵で署名を確かめ、発行者・宛先・期限・nonceなどを調べました。合格${passed}件、未実施${skipped}件。この時点で、本人であることを確認しました。`,
    },
    {
      actor: "service",
      title: "基本4情報の取得",
      text: {
        received:
          "アクセストークンを使ってUserInfoから受け取り、subがIDトークンと同じであることを確かめました。",
        refused: "提供が許可されなかったので、受け取っていません。",
        none: "求めていないので、受け取っていません。",
      }[items],
    },
  ],

  signature,
  signing,
  verification,
  refusal,

  error: {
    whatToDo: "どうすればよいか",
    code: "エラーコード",
    again: "もう一度試す",
    technical: "技術的な情報",
    message: "プログラムのメッセージ（英語）",
    checksUntil: "中断するまでの検査",
  },
  errorGroups: {
    denied: {
      title: "本人確認は完了していません",
      todo: [
        "続けるときは、もう一度はじめから操作してください。",
        "暗証番号（数字4桁）を続けて間違えてロックされたときも、この表示になります。ロックの解除と再設定は、住民票のある市区町村の窓口でできます。",
      ],
    },
    browser: {
      title: "手続きを続けられませんでした",
      todo: [
        "SNSやメールなどのアプリの中で開いているときは、ふだん使っているブラウザー（SafariやChromeなど）でこのサイトを開き、はじめからやり直してください。",
        "プライベートブラウズやシークレットモードのときは、通常のウィンドウで開き直してください。",
        "Cookieをブロックしているときは、このサイトのCookieを許可してください。",
      ],
    },
    expired: { title: "有効期限が切れました", todo: [startAgain] },
    again: { title: "もう一度やり直してください", todo: [startAgain, contact] },
    consent: {
      title: "必要な項目が提供されませんでした",
      todo: ["もう一度はじめから操作し、項目の提供を許可してください。"],
    },
    refused: { title: "サービスに受け付けられませんでした", todo: [startAgain, contact] },
    unverified: {
      title: "安全のためにログインを中断しました",
      after: "受け取った情報は使わずに破棄しました。",
      todo: [startAgain, contact],
    },
    unavailable: {
      title: "サービスとうまく通信できませんでした",
      todo: ["しばらく待ってから、もう一度はじめから操作してください。", contact],
    },
    later: {
      title: "いまは受け付けられません",
      todo: ["しばらく待ってから、もう一度はじめから操作してください。"],
    },
    spent: {
      title: "このログインは処理済みです",
      todo: [
        "結果のページを開いて、完了しているかを確かめてください。",
        "完了していないときは、もう一度はじめから操作してください。",
      ],
    },
    address: {
      title: "この操作は受け付けられません",
      todo: ["このサイトの画面にあるボタンから操作してください。"],
    },
    site: {
      title: "このサイトで問題が起きました",
      todo: ["しばらく待ってから、もう一度お試しください。", contact],
    },
  },
  errors: {
    "login-denied": "本人確認が途中で終わりました。あなたの情報は、このサイトに渡されていません。",
    "authorization-lapsed":
      "サービスでの手続きが、時間がたつなどして無効になりました。あなたの情報は、このサイトに渡されていません。",
    "login-host-mismatch":
      "手続きを始めたときと、戻ってきたときとで、サイトのアドレス（ホスト名）が違います。いま開いているアドレスで、やり直してください。",
    "handoff-request-invalid": "スマートフォンとの手続きで送られた内容が正しくありません。",
    "handoff-not-found": "スマートフォンとの手続きが終わっているか、このブラウザーのものではありません。",
    "handoff-lapsed": "スマートフォンとの手続きの有効期限が切れました。",
    "handoff-cancelled": "スマートフォンとの手続きは中止されました。",
    "handoff-number-wrong": "入力された番号が、スマートフォンの番号と違います。",
    "handoff-tries-exhausted": "違う番号が続けて入力されたため、手続きを終了しました。",
    "handoff-other-browser": "スマートフォンとの手続きは、別のブラウザーのものです。",
    "handoff-state": "スマートフォンとの手続きの順番が違います。",
    "handoff-quota-exceeded": "短い時間に表示されたQRコードが多すぎます。",
    "authorization-code-spent":
      "画面を再読み込みしたときや、同じログインを別のタブで開いたときに起こります。すでに完了している可能性があります。",
    "navigation-required":
      "このアドレスは、リンクやボタンから画面として開くためのものです。何も行われていません。",
    "emulator-refused": "エミュレーターが発行した結果だったため、受け入れませんでした。",
    "store-full": "このサイトに、手続きの情報を置いておく余裕がありません。",
    "store-unreachable": "このサイトで、手続きの情報を読み書きできませんでした。",
    "client-signer-failed": "このサイトの鍵を保管しているシステムから、正しい応答がありませんでした。",
    "login-cookie-missing":
      "手続きを始めたときの情報が、このブラウザーに見つかりませんでした。別のブラウザーに戻ってきたときや、以前の結果をあとから開いたときなどに起こります。",
    "login-expired": "ログインを始めてから10分以上たったため、安全のために取り消しました。",
    "login-cookie-invalid": "ログインを始めたときの情報を読み取れませんでした。",
    "state-mismatch": "このブラウザーで始めたログインの続きであることを確かめられませんでした。",
    "authorization-response-malformed": "サービスから戻ってきたアドレスが正しくありませんでした。",
    "scope-not-granted": "このサイトに必要な項目の提供が許可されませんでした。",
    "authorization-refused": "サービスがこのログインを受け付けませんでした。",
    "token-request-refused": "認可コードの交換を、サービスが受け付けませんでした。",
    "user-info-refused": "基本4情報の取得を、サービスが受け付けませんでした。",
    "issuer-mismatch": "応答の発行者が、このサイトの接続先のサービスではありませんでした。",
    "subject-mismatch": "届いた基本4情報が、本人確認をした人のものではありませんでした。",
    "token-malformed": badForm,
    "token-too-large": "届いたIDトークンが大きすぎました。",
    "json-malformed": badForm,
    "json-duplicate-member": "IDトークンに同じ名前の項目が2つあり、内容が定まりませんでした。",
    "critical-header-unsupported": "IDトークンに、このサイトが扱えない拡張が指定されていました。",
    "algorithm-not-allowed": "IDトークンの署名方式が、このサイトの認めるものではありませんでした。",
    "algorithm-unsupported": "IDトークンの署名方式に、このサイトは対応していません。",
    "key-set-malformed": badKeySet,
    "key-set-contains-secret": "サービスが公開している鍵の一覧に、公開してはならない鍵が含まれていました。",
    "key-not-found": "IDトークンの署名に使われた鍵が、サービスの公開する鍵の中にありませんでした。",
    "key-ambiguous": badKey,
    "key-unsuitable": "IDトークンが指す鍵は、この署名に使ってよい鍵ではありませんでした。",
    "key-malformed": badKeySet,
    "key-size-unsupported": "サービスが公開している鍵の長さが、安全とされる範囲の外でした。",
    "signature-mismatch": "IDトークンの署名が正しくありませんでした。偽造されたものかもしれません。",
    "claim-missing": badClaims,
    "claim-malformed": badClaims,
    "audience-mismatch": otherAudience,
    "authorized-party-mismatch": otherAudience,
    "token-expired": "IDトークンの有効期限が切れていました。",
    "token-not-yet-valid": badClock,
    "token-issued-in-future": badClock,
    "token-too-old": "IDトークンが古すぎました。",
    "nonce-mismatch": "IDトークンが、このログインのために発行されたものではありませんでした。",
    "access-token-hash-mismatch": "届いた2つのトークンが、互いに対になるものではありませんでした。",
    "authentication-too-old": "カードによる認証から時間がたちすぎていました。",
    "acr-mismatch": "このサイトの求める強さの認証が行われませんでした。",
    "keys-unreachable": "署名を確かめるための鍵を、サービスから取得できませんでした。",
    "endpoint-unreachable": "サービスに接続できませんでした。",
    "endpoint-unavailable":
      "サービスが、いまは処理できないと回答しました。混雑やメンテナンスのためと考えられます。",
    "authorization-unavailable":
      "サービスが、いまは手続きを受け付けられないと回答しました。混雑やメンテナンスのためと考えられます。",
    "endpoint-timeout": "サービスが時間内に応答しませんでした。",
    "response-too-large": brokenService,
    "response-malformed": brokenService,
    "return-address-refused": "ログイン後の戻り先に、このサイトの外が指定されています。",
    "method-not-allowed": "このアドレスは、この方法では開けません。",
    "cross-site-request-refused":
      "このサイトの画面からの操作であることを確かめられませんでした。ログインの状態は変わっていません。",
    "route-not-found": "このアドレスにページはありません。",
    "options-invalid": misconfigured,
    "request-invalid": misconfigured,
    "client-key-invalid": misconfigured,
    "decryption-key-invalid": misconfigured,
    "webassembly-unavailable": noVerifier,
    "wasm-unreachable": noVerifier,
    "internal-error": "予期しない問題が起きました。あなたの操作が原因ではありません。",
  },
  notFound: {
    title: "ページが見つかりません",
    text: "アドレスが間違っているか、ページが移動した可能性があります。",
  },
  methodNotAllowed: {
    title: "この方法では開けません",
    text: "このページは表示専用です。データの送信はできません。",
  },
};
