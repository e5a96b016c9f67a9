import type { RefusalTexts } from "../refusal-texts.ts";

const contact = "何度も起こるときは、下のエラーコードをこのサイトの運営者にお知らせください。";
const lockedPin =
  "暗証番号を続けて間違えてロックされたときも、この表示になることがあります。ロックの解除と再設定は、住民票のある市区町村の窓口でできます。";
const startAgain = "お手数ですが、文書を選ぶところからやり直してください。";
const pressResume =
  "「続きから再開」を押してください。それでも進めないときは、文書を選ぶところからやり直してください。";
const resumeLater = "しばらく待ってから、「続きから再開」を押してください。";
const nothingUsed = "受け取った署名は使わずに破棄しました。";
const notMade = "署名は完了していません。";
const misconfigured = "このサイトの設定に誤りがあります。";

const badCrl = "失効リスト（CRL）を、この証明書の失効情報として使えませんでした。";
const badOcsp = "失効の問い合わせに対する回答（OCSPレスポンス）を使えませんでした。";
const badTimestamp = "同封されたデータ（タイムスタンプ）の形式が正しくありません。";
const forged = "署名されたあとで内容が変わっています。";
const badUse = "この証明書は、文書への署名に使ってよいものではありません。";
const badPath = "証明書から認証局までのつながりが、規則に合っていません。";
const tooMuch = "証明書の構造が複雑すぎるため、検証を打ち切りました。";
const badHolder = "証明書の持ち主の情報が、定められた形式になっていません。";

export const refusal: RefusalTexts = {
  resume: "続きから再開",
  startAgain: "文書を選び直す",
  signingGroups: {
    denied: {
      title: "署名は完了していません",
      todo: ["続けるときは、文書を選ぶところからやり直してください。", lockedPin],
      resume: { todo: ["続けるときは、「続きから再開」を押してください。", lockedPin] },
    },
    pinLocked: {
      title: "署名用電子証明書の暗証番号がロックされています",
      after: "何も署名されていません。",
      todo: [
        "住民票のある市区町村の窓口で、暗証番号を初期化できます。",
        "利用者証明用電子証明書の暗証番号（数字4桁）がわかるときは、スマートフォンのJ-LISのアプリで予約し、コンビニエンスストアのマルチコピー機（キオスク端末）で初期化することもできます。",
        "初期化が済んだら、もう一度はじめから署名してください。",
      ],
    },
    otherUser: {
      title: "署名した人と、戻ってきた人が違います",
      after: nothingUsed,
      todo: ["はじめから終わりまで、同じ人のカードで操作してください。"],
    },
    pending: {
      title: "署名の結果がまだ届いていません",
      after: "署名は失われていません。",
      todo: ["少し待ってから、文書を選ぶところからやり直してください。", contact],
      resume: {
        after: "署名は失われていません。",
        todo: ["少し待ってから、「続きから再開」を押してください。", contact],
      },
    },
    used: {
      title: "この署名の結果は受け取り済みです",
      todo: [
        "別の画面で署名が終わっていれば、この画面は閉じてかまいません。",
        "見当たらないときは、文書を選ぶところからやり直してください。",
      ],
      resume: {
        todo: [
          "別の画面で署名が終わっていれば、この画面は閉じてかまいません。",
          "見当たらないときは、「続きから再開」を押すか、文書を選ぶところからやり直してください。",
        ],
      },
    },
    document: {
      title: "文書の情報を受け取れませんでした",
      after: notMade,
      todo: [
        "署名のページでファイルを選び、計算が終わってからボタンを押してください。",
        "ファイル名が255文字を超えるか、目に見えない特殊な文字を含むときは、名前を変えて選び直してください。",
        contact,
      ],
    },
    unreadable: {
      title: "ファイルを読めませんでした",
      after: notMade,
      todo: ["ファイルを選び直してください。", contact],
    },
    nothing: {
      title: "途中の署名がありません",
      todo: [
        "署名が終わっているときは、することはありません。",
        "そうでなければ、文書を選ぶところからやり直してください。",
      ],
    },
    revoked: {
      title: "署名に使われた証明書は失効しています",
      after: nothingUsed,
      todo: [
        "氏名や住所が変わったり、カードを更新したりすると、それまでの証明書は失効します。",
        "新しい証明書は、住民票のある市区町村の窓口で発行を受けられます。",
      ],
    },
    policy: {
      title: "このサイトが扱えない種類の証明書です",
      after: nothingUsed,
      todo: ["ほかのカードがあるときは、そのカードでやり直してください。", contact],
    },
    revocation: {
      title: "証明書が失効していないことを確かめられませんでした",
      after: nothingUsed,
      todo: ["しばらく待ってから、文書を選ぶところからやり直してください。", contact],
      resume: { todo: [`${resumeLater}署名をやり直す必要はありません。`, contact] },
    },
    certificate: {
      title: "署名に使われた証明書を受け入れられませんでした",
      after: nothingUsed,
      todo: ["マイナンバーカードの署名用電子証明書で署名したかを確かめて、やり直してください。", contact],
      resume: { todo: [pressResume, contact] },
    },
    certificateExpired: {
      title: "署名に使われた証明書を受け入れられませんでした",
      after: nothingUsed,
      todo: ["証明書の有効期限を、アプリで確かめてください。", contact],
    },
    method: {
      title: "カードの種類が、選んだ方式に合いません",
      after: nothingUsed,
      todo: [
        "署名のページの「詳しい設定」で、カードに合う方式を選んで、やり直してください。",
        "次期カードを使ったときは「次期カード」の方式を、それ以外のカードでははじめに選ばれている方式を選んでください。",
      ],
    },
    browser: {
      title: "署名を続けられませんでした",
      todo: [
        "SNSやメールなどのアプリの中で開いているときは、ふだん使っているブラウザー（SafariやChromeなど）でこのサイトを開き、はじめからやり直してください。",
        "プライベートブラウズやシークレットモードのときは、通常のウィンドウで開き直してください。",
        "Cookieをブロックしているときは、このサイトのCookieを許可してください。",
      ],
    },
    expired: {
      title: "署名の有効期限が切れました",
      todo: [startAgain],
      resume: { todo: [pressResume] },
    },
    again: {
      title: "もう一度やり直してください",
      todo: [startAgain, contact],
      resume: { todo: [pressResume, contact] },
    },
    consent: {
      title: "署名が許可されませんでした",
      after: notMade,
      todo: ["もう一度署名のボタンを押し、アプリで署名を許可してください。"],
      resume: { after: notMade, todo: ["「続きから再開」を押し、アプリで署名を許可してください。"] },
    },
    refused: {
      title: "サービスに受け付けられませんでした",
      todo: [startAgain, contact],
      resume: { todo: [pressResume, contact] },
    },
    unverified: {
      title: "安全のために署名を受け入れませんでした",
      after: nothingUsed,
      todo: [startAgain, contact],
      resume: { todo: [pressResume, contact] },
    },
    unavailable: {
      title: "サービスとうまく通信できませんでした",
      todo: ["しばらく待ってから、もう一度お試しください。", contact],
      resume: { todo: [resumeLater, contact] },
    },
    later: {
      title: "いまは受け付けられません",
      todo: ["しばらく待ってから、文書を選ぶところからやり直してください。"],
      resume: { todo: [resumeLater] },
    },
    spent: {
      title: "この手続きは処理済みです",
      todo: [
        "別の画面で署名が終わっていれば、この画面は閉じてかまいません。",
        "見当たらないときは、文書を選ぶところからやり直してください。",
      ],
      resume: {
        todo: ["別の画面で署名が終わっていれば、この画面は閉じてかまいません。", pressResume],
      },
    },
    address: {
      title: "この操作は受け付けられません",
      todo: ["このサイトの画面にあるボタンから操作してください。"],
    },
    site: {
      title: "このサイトで問題が起きました",
      todo: ["しばらく待ってから、もう一度お試しください。", contact],
      resume: { todo: [resumeLater, contact] },
    },
  },
  verificationGroups: {
    altered: {
      title: "署名されたあとで変わっています",
      todo: [
        "このパッケージを受け入れないでください。",
        "渡してくれた人に、ダウンロードしたままのパッケージを求めてください。",
      ],
    },
    document: {
      title: "署名された文書と違います",
      todo: [
        "パッケージに書かれた名前の文書を選んでいるか、確かめてください。",
        "開いて保存し直すだけでも、ファイルの中身は変わることがあります。署名したときのままのファイルを選んでください。",
        "正しいファイルを選んでいる場合は、署名後に内容が変更されています。受け入れないでください。",
      ],
    },
    package: {
      title: "署名パッケージとして読めません",
      todo: [
        "署名のあとでダウンロードしたJSONファイルを選んでいるか、確かめてください。",
        "エディターなどで保存し直したファイルは読めなくなることがあります。元のファイルを選んでください。",
      ],
    },
    revoked: {
      title: "証明書は失効していました",
      todo: ["この署名を受け入れないでください。", "署名した人に、新しい証明書での署名を求めてください。"],
    },
    policy: {
      title: "このサイトが扱えない種類の証明書です",
      todo: ["その種類の証明書を扱えるサイトで検証してください。"],
    },
    revocation: {
      title: "失効していなかったことを確かめられません",
      todo: [
        "失効情報の入ったパッケージを、作成したサイトに求めてください。",
        "署名と証明書だけを確かめるときは、詳しい設定で「失効を確かめられなくても続ける」を選んでください。",
      ],
    },
    certificate: {
      title: "証明書を受け入れられません",
      todo: [
        "この署名を受け入れないでください。",
        "このサイトが信頼する認証局の証明書かどうかを、確かめてください。",
      ],
    },
    time: {
      title: "時刻が合いません",
      todo: [
        "この端末の時計と、詳しい設定の日付を確かめてください。",
        "どちらも正しければ、パッケージの時刻が未来です。受け入れないでください。",
      ],
    },
    unreadable: {
      title: "ファイルを最後まで読めませんでした",
      todo: ["ファイルを選び直してください。"],
    },
    browser: {
      title: "検証プログラムを読み込めませんでした",
      todo: [
        "ネットワークにつながっているか確かめて、もう一度お試しください。",
        "iPhoneのロックダウンモードなど、WebAssemblyを止める設定のときは、通常の設定の端末で開いてください。",
      ],
    },
    site: {
      title: "検証できませんでした",
      todo: ["ページを読み込み直して、もう一度お試しください。", contact],
    },
  },
  findings: {
    "certificate-malformed": "証明書の形式が正しくありません。",
    "certificate-expired": "証明書の有効期限が切れています。",
    "certificate-not-yet-valid": "証明書の有効期間が始まっていません。",
    "certificate-signature-mismatch": "証明書の署名が正しくありません。偽造されたものかもしれません。",
    "issuer-not-found": "証明書を発行した認証局が、信頼する認証局の中にありません。",
    "basic-constraints-violated": badPath,
    "path-length-exceeded": badPath,
    "key-usage-missing": badUse,
    "extended-key-usage-missing": badUse,
    "name-constraints-violated": badPath,
    "policy-not-acceptable": "証明書の種類（ポリシー）が、受け入れるものの中にありません。",
    "policy-mapping-invalid": "証明書の種類（ポリシー）の対応付けが、規則に合っていません。",
    "policy-budget-exhausted": tooMuch,
    "extension-unsupported": "証明書に、扱えない重要な拡張があります。",
    "path-budget-exhausted": tooMuch,
    "certificate-revoked": "証明書は失効しています。",
    "revocation-unknown": "証明書が失効しているかどうかが、わかりませんでした。",
    "crl-malformed": "失効リスト（CRL）の形式が正しくありません。",
    "crl-expired": "失効リスト（CRL）が古すぎます。",
    "crl-not-yet-valid": "失効リスト（CRL）の時刻が未来です。",
    "crl-signature-mismatch": "失効リスト（CRL）の署名が正しくありません。",
    "crl-issuer-not-found": badCrl,
    "crl-extension-unsupported": badCrl,
    "crl-scope-mismatch": badCrl,
    "ocsp-malformed": "失効の問い合わせに対する回答（OCSPレスポンス）の形式が正しくありません。",
    "ocsp-unsuccessful": "失効の問い合わせに、認証局が答えませんでした。",
    "ocsp-certificate-mismatch": "失効の問い合わせに対する回答が、別の証明書についてのものでした。",
    "ocsp-expired": "失効の問い合わせに対する回答が古すぎます。",
    "ocsp-not-yet-valid": "失効の問い合わせに対する回答の時刻が未来です。",
    "ocsp-nonce-mismatch": badOcsp,
    "ocsp-responder-unauthorized": "失効の問い合わせに、権限のない者が答えています。",
    "ocsp-signature-mismatch": "失効の問い合わせに対する回答の署名が正しくありません。",
    "cms-malformed": badTimestamp,
    "cms-type-unsupported": badTimestamp,
    "cms-limit-exceeded": badTimestamp,
    "signer-missing": badTimestamp,
    "signer-certificate-not-found": "同封されたデータ（タイムスタンプ）に、署名者の証明書がありません。",
    "signer-certificate-ambiguous": badTimestamp,
    "content-missing": badTimestamp,
    "content-mismatch": forged,
    "content-ambiguous": badTimestamp,
    "signed-attributes-not-der": badTimestamp,
    "signed-attribute-missing": badTimestamp,
    "signed-attribute-duplicate": badTimestamp,
    "signed-attribute-malformed": badTimestamp,
    "signing-certificate-mismatch": badTimestamp,
    "content-type-mismatch": badTimestamp,
    "message-digest-mismatch": forged,
    "algorithm-inconsistent": "署名に使う方式の指定が、互いに食い違っています。",
    "pdf-malformed": "PDFの署名の形式が正しくありません。",
    "pdf-coverage-incomplete": "PDFの署名が、ファイル全体を対象としていません。",
    "policy-unsupported": "この種類（ポリシー）の証明書に、このサイトは対応していません。",
    "hierarchy-mismatch": "署名用電子証明書ではなく、利用者証明用など別の用途の証明書です。",
    "environment-mismatch": "テスト用と本番用の証明書が取り違えられています。",
    "profile-mismatch": "署名用電子証明書として定められた形になっていません。",
    "anchor-missing": "この証明書を確かめるための認証局の証明書が、このサイトにありません。",
    "holder-missing": "この証明書には、氏名や住所が書かれていません。",
    "holder-malformed": badHolder,
    "holder-duplicate-entry": badHolder,
    "format-unknown": "何のファイルかわかりませんでした。",
    "input-too-large": "大きすぎて扱えません。",
    "package-malformed": "署名パッケージの形式になっていません。",
    "package-version-unsupported": "このサイトが知らない、新しい版の署名パッケージです。",
    "document-mismatch": "文書のハッシュ値が、署名されたものと一致しません。",
    "evidence-time-mismatch": "パッケージに書かれた時刻が、中の失効情報の時刻と一致しません。",
    "evidence-in-future": "失効情報の時刻が、検証に使う時計より未来です。",
    "timestamp-malformed": badTimestamp,
    "timestamp-mismatch": "同封されたタイムスタンプは、別の署名のものです。",
    "timestamp-in-future": "タイムスタンプの時刻が、検証に使う時計より未来です。",
  },
  signing: {
    "document-invalid": "署名する文書の情報（名前やハッシュ値など）が、欠けているか正しくありません。",
    "document-unreadable": "ファイルを最後まで読めませんでした。途中で移動や変更をされた可能性があります。",
    "signature-denied": "署名が途中で終わりました。",
    "signature-start-refused": "このサイトで署名を始めることが許可されていません。",
    "signature-quota-exceeded": "短い時間に始められた署名が多すぎます。",
    "authorization-lapsed": "サービスでの手続きが、時間がたつなどして無効になりました。",
    "login-host-mismatch":
      "署名を始めたときと、戻ってきたときとで、サイトのアドレス（ホスト名）が違います。いま開いているアドレスで、やり直してください。",
    "authorization-unavailable":
      "サービスが、いまは手続きを受け付けられないと回答しました。混雑やメンテナンスのためと考えられます。",
    "authorization-code-spent":
      "画面を再読み込みしたときや、同じ手続きを別のタブで開いたときに起こります。すでに完了している可能性があります。",
    "signature-pin-locked": "署名用電子証明書の暗証番号の入力を続けて間違えたため、ロックされました。",
    "signature-not-found": "このブラウザーに、続けられる署名がありません。終わったか、時間が過ぎています。",
    "signature-transaction-refused": "サービスが署名の受け付けを断りました。",
    "signature-transaction-expired": "署名を始めてから時間がたちすぎたため、サービスが取り消しました。",
    "signature-transaction-used": "この署名の結果は、すでに受け渡されています。",
    "signature-user-mismatch": "この署名は、戻ってきた人とは別の人のものです。",
    "signature-result-pending": "署名の結果を何度か問い合わせましたが、まだ用意されていません。",
    "signature-result-refused": "サービスが署名の結果を渡しませんでした。",
    "signature-result-malformed": "届いた署名の結果が、想定した形式になっていませんでした。",
    "signature-result-undecryptable": "届いた署名の結果を、このサイトの鍵で開けませんでした。",
    "signature-mismatch": "届いた署名を確かめたところ、正しくありませんでした。",
    "key-unsuitable": "届いた証明書の鍵は、選んだ方式の署名に使えない種類のものでした。",
    "certificate-revoked": "認証局の失効情報を調べたところ、この証明書はすでに無効にされていました。",
    "login-denied": "署名が途中で終わりました。",
    "login-cookie-missing":
      "署名を始めたときの情報が、このブラウザーに見つかりませんでした。別のブラウザーに戻ってきたときや、以前の結果をあとから開いたときなどに起こります。",
    "login-expired": "署名を始めてから10分以上たったため、安全のために取り消しました。",
    "login-cookie-invalid": "署名を始めたときの情報を読み取れませんでした。",
    "state-mismatch": "このブラウザーで始めた署名の続きであることを確かめられませんでした。",
    "scope-not-granted": "署名に必要な許可が得られませんでした。",
    "authorization-refused": "サービスがこの署名を受け付けませんでした。",
    "nonce-mismatch": "IDトークンが、この署名のために発行されたものではありませんでした。",
    "return-address-refused": "署名のあとの戻り先に、このサイトの外が指定されています。",
    "cross-site-request-refused":
      "このサイトの画面からの操作であることを確かめられませんでした。この操作では、何も行われていません。",
    "algorithm-not-allowed":
      "届いたデータの暗号化または署名の方式が、このサイトの認めるものではありませんでした。",
    "algorithm-unsupported": "届いたデータの暗号化または署名の方式に、このサイトは対応していません。",
    "critical-header-unsupported": "届いたデータに、このサイトが扱えない拡張が指定されていました。",
    "decryption-key-invalid": misconfigured,
  },
  verification: {
    "signature-mismatch":
      "署名が、証明書の鍵で作られたものではありません。署名・ハッシュ値・証明書のどれかが変わっています。",
    "document-unreadable": "ファイルを最後まで読めませんでした。途中で移動や変更をされた可能性があります。",
    "webassembly-unavailable": "このブラウザーではWebAssemblyが使えません。",
    "wasm-unreachable": "検証プログラムを、このサイトから読み込めませんでした。",
    "options-invalid": misconfigured,
    "internal-error": "予期しない問題が起きました。何も確かめていません。",
    "json-malformed": "署名パッケージのJSONの形式が正しくありません（重複する項目も使えません）。",
    "json-duplicate-member": "署名パッケージに同じ名前の項目が2つあり、内容が定まりません。",
    "algorithm-unsupported": "署名の方式に、このサイトは対応していません。",
    "key-unsuitable": "証明書の鍵は、この方式の署名に使えるものではありません。",
    "key-malformed": "証明書の公開鍵の形式が正しくありません。",
    "key-size-unsupported": "証明書の鍵の長さが、安全とされる範囲の外です。",
  },
};
