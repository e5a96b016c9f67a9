import type { SharedKind, SigningKind } from "../errors.js";
import { contact, type KindText } from "./texts.js";

/** Texts for somebody who signs a document, where they are not those of a login. */
export const signingTexts: Readonly<Record<SharedKind | SigningKind, KindText>> = {
  "signing-denied": {
    ja: {
      title: "署名は完了していません",
      what: "署名が途中で終わりました。文書に署名は付いていません。",
      todo: [
        "操作を中止したときは、この画面を閉じるか、もう一度文書を選ぶところから操作してください。",
        "暗証番号を続けて間違えてロックされたときも、この表示になることがあります。ロックの解除と暗証番号の再設定は、住民票のある市区町村の窓口でできます。",
      ],
      resume: [
        "同じ文書に署名するときは、下の「署名を続ける」を押してください。取りやめるときは、このまま画面を閉じてかまいません。",
        "暗証番号を続けて間違えてロックされたときも、この表示になることがあります。ロックの解除と暗証番号の再設定は、住民票のある市区町村の窓口でできます。",
      ],
    },
    en: {
      title: "The document has not been signed",
      what: "Signing ended before it was complete. The document has not been signed.",
      todo: [
        "If you stopped it, close this page, or start again by choosing the document.",
        "This page may also appear when a PIN has been locked after too many wrong tries. The municipal office where you are registered can unlock it and let you set a new one.",
      ],
      resume: [
        "To sign the same document after all, choose “Continue signing” below. If you do not want to sign it, you can simply close this page.",
        "This page may also appear when a PIN has been locked after too many wrong tries. The municipal office where you are registered can unlock it and let you set a new one.",
      ],
    },
  },
  "start-refused": {
    ja: {
      title: "署名を始められませんでした",
      what: "このサイトで署名を始めることが許可されていません。ログインが必要な場合や、ログインの有効期限が切れている場合があります。",
      todo: ["ログインしてから、もう一度文書を選ぶところから操作してください。", contact.ja],
    },
    en: {
      title: "Signing could not begin",
      what: "You are not allowed to begin a signature on this site. You may have to log in first, or your login may have ended.",
      todo: ["Log in, then start again by choosing the document.", contact.en],
    },
  },
  "too-many": {
    ja: {
      title: "しばらく待ってからお試しください",
      what: "短い時間に始められた署名が多すぎるため、新しい署名を受け付けられません。",
      todo: ["10分ほど待ってから、もう一度文書を選ぶところから操作してください。", contact.ja],
    },
    en: {
      title: "Please wait a little",
      what: "Too many signatures were begun within a short time, so no new one can be taken now.",
      todo: ["Please wait about ten minutes, then start again by choosing the document.", contact.en],
    },
  },
  "pin-locked": {
    ja: {
      title: "署名用電子証明書の暗証番号がロックされています",
      what: "署名用電子証明書の暗証番号（パスワード、英数字6〜16文字）の入力を続けて間違えたため、ロックされました。文書に署名は付いていません。",
      todo: [
        "ロックの解除と暗証番号の再設定は、住民票のある市区町村の窓口でできます。",
        "利用者証明用電子証明書の暗証番号（数字4桁）がわかるときは、スマートフォンのJ-LISのアプリで予約し、コンビニエンスストアのマルチコピー機（キオスク端末）で初期化することもできます。",
        "再設定が済んだら、もう一度文書を選ぶところから操作してください。",
      ],
    },
    en: {
      title: "Your signing PIN is locked",
      what: "The PIN of your signing certificate (6 to 16 letters and digits) was entered wrongly too many times, so it is locked. The document has not been signed.",
      todo: [
        "The municipal office where you are registered can unlock it and let you set a new PIN.",
        "If you know the four-digit PIN of your user authentication certificate, you can also book a reset with J-LIS’s smartphone app and complete it at a kiosk terminal in a convenience store.",
        "Once you have a new PIN, start again by choosing the document.",
      ],
    },
  },
  "transaction-expired": {
    ja: {
      title: "署名の有効期限が切れました",
      what: "署名の手続きを始めてから時間がたったため、この手続きは使えなくなりました。このサイトは署名の結果を受け取っていません。",
      todo: ["お手数ですが、もう一度文書を選ぶところから操作してください。"],
    },
    en: {
      title: "The signature took too long",
      what: "Too much time has passed since signing began, so it can no longer be completed. This site has received no signature.",
      todo: ["Please start again by choosing the document."],
    },
  },
  "transaction-used": {
    ja: {
      title: "この署名は受け取り済みです",
      what: "署名の結果は一度しか受け取れません。この署名の結果は、すでに受け渡しが済んでいます。",
      todo: [
        "別の画面で署名が完了しているときは、この画面を閉じてかまいません。",
        "完了した画面が見当たらないときは、お手数ですが、もう一度文書を選ぶところから操作してください。",
      ],
      resume: [
        "別の画面で署名が完了しているときは、この画面を閉じてかまいません。",
        "完了した画面が見当たらないときは、少し待ってから、下の「署名を続ける」を押してください。別の画面で受け取った結果が残っていれば、そこから続けられます。",
        "それでもこの画面に戻るときは、お手数ですが、もう一度文書を選ぶところから操作してください。",
      ],
    },
    en: {
      title: "This signature was collected already",
      what: "The result of a signature can be collected only once, and that has been done for this one.",
      todo: [
        "If the signature was completed in another window, you can simply close this page.",
        "If you cannot find it there, please start again by choosing the document.",
      ],
      resume: [
        "If the signature was completed in another window, you can simply close this page.",
        "If you cannot find it there, wait a moment, then choose “Continue signing” below: a result that another window has collected can be used from here.",
        "If you end up on this page again, please start over by choosing the document.",
      ],
    },
  },
  "other-user": {
    ja: {
      title: "別の方のカードで署名されています",
      what: "署名した方と、このサイトに戻ってきた方が一致しませんでした。安全のため、この署名は使わずに破棄しました。",
      todo: [
        "はじめから終わりまで、ご本人のマイナンバーカードだけを使って、もう一度文書を選ぶところから操作してください。",
        contact.ja,
      ],
    },
    en: {
      title: "Someone else’s card was used",
      what: "The person who signed is not the one who came back to this site. For your safety, the signature was discarded and not used.",
      todo: [
        "Start again by choosing the document, and use only your own My Number Card from start to end.",
        contact.en,
      ],
    },
  },
  "result-pending": {
    ja: {
      title: "署名の結果を待っています",
      what: "署名の結果が、デジタル認証サービスからまだ届いていません。手続きは失われていません。",
      todo: ["お手数ですが、しばらく待ってから、もう一度文書を選ぶところから操作してください。"],
      resume: ["少し待ってから、下の「署名を続ける」を押してください。署名をやり直す必要はありません。"],
    },
    en: {
      title: "The result is on its way",
      what: "The result of your signature has not arrived from the Digital Authentication Service yet. Nothing is lost.",
      todo: ["Please wait a little, then start again by choosing the document."],
      resume: ["Wait a moment, then choose “Continue signing” below. You do not have to sign again."],
    },
  },
  revoked: {
    ja: {
      title: "この証明書では署名できません",
      what: "お使いのカードの署名用電子証明書は失効しています。そのため、この署名は受け付けられませんでした。署名用電子証明書は、引っ越しや結婚などで住所や氏名が変わったときにも失効します。",
      todo: [
        "新しい署名用電子証明書の発行を、お住まいの市区町村の窓口で申請してください。",
        "発行を受けたら、もう一度文書を選ぶところから操作してください。",
      ],
    },
    en: {
      title: "This certificate cannot be used to sign",
      what: "The signing certificate on your card has been revoked, so the signature was not accepted. That also happens when your name or address changes, for example when you move or marry.",
      todo: [
        "Apply for a new signing certificate at your municipal office.",
        "Once you have it, start again by choosing the document.",
      ],
    },
  },
  "unknown-policy": {
    ja: {
      title: "この種類の証明書には対応していません",
      what: "署名に使われた証明書は、このサイトが受け付けている種類のものではありませんでした。そのため、この署名は受け付けられませんでした。",
      todo: [
        "マイナンバーカードの署名用電子証明書を使って、もう一度文書を選ぶところから操作してください。",
        contact.ja,
      ],
    },
    en: {
      title: "This kind of certificate is not supported",
      what: "The certificate that was used to sign is not of a kind that this site accepts, so the signature was not accepted.",
      todo: [
        "Start again by choosing the document, and use the signing certificate of a My Number Card.",
        contact.en,
      ],
    },
  },
  evidence: {
    ja: {
      title: "証明書の有効性を確認できませんでした",
      what: "署名に使われた証明書が失効していないかどうかを、いま確認できませんでした。確認が済むまで、この署名は受け付けられません。",
      todo: ["しばらく待ってから、もう一度文書を選ぶところから操作してください。", contact.ja],
      resume: [
        "しばらく待ってから、下の「署名を続ける」を押してください。署名をやり直す必要はありません。",
        contact.ja,
      ],
    },
    en: {
      title: "The certificate’s status could not be checked",
      what: "It could not be checked right now whether the certificate that was used to sign has been revoked. The signature cannot be accepted until that is known.",
      todo: ["Please wait a little, then start again by choosing the document.", contact.en],
      resume: [
        "Please wait a little, then choose “Continue signing” below. You do not have to sign again.",
        contact.en,
      ],
    },
  },
  document: {
    ja: {
      title: "文書を受け取れませんでした",
      what: "署名する文書の情報が届かなかったか、正しい形ではありませんでした。署名の手続きは始まっていません。",
      todo: [
        "前の画面に戻って読み込み直し、もう一度文書を選んでください。",
        "ファイル名が255文字を超えるか、目に見えない特殊な文字を含むときは、名前を変えて選び直してください。",
        contact.ja,
      ],
    },
    en: {
      title: "The document could not be taken",
      what: "The details of the document to be signed were missing or not of the right form. Signing has not begun.",
      todo: [
        "Go back to the previous page, reload it and choose the document again.",
        "If the file’s name is longer than 255 characters or contains invisible ones, rename it and choose it again.",
        contact.en,
      ],
    },
  },
  "nothing-to-resume": {
    ja: {
      title: "続きから行える署名はありません",
      what: "このブラウザーには、途中になっている署名が見つかりませんでした。すでに完了しているか、時間がたって取り消された可能性があります。",
      todo: [
        "署名が完了しているときは、この画面を閉じてかまいません。",
        "署名するときは、もう一度文書を選ぶところから操作してください。別のブラウザーで始めた署名は、そのブラウザーで続けてください。",
      ],
    },
    en: {
      title: "There is no signature to continue",
      what: "This browser holds no signature that is under way. It may have been completed already, or cancelled because too much time has passed.",
      todo: [
        "If the signature was completed, you can simply close this page.",
        "To sign, start again by choosing the document. A signature that you began in another browser can be continued only there.",
      ],
    },
  },
  "cookie-missing": {
    ja: {
      title: "署名を続けられませんでした",
      what: "署名を始めたときの情報が、このブラウザーに見つかりませんでした。署名を始めたブラウザーとは別のブラウザーに戻ってきたときなどに起こります。",
      todo: [
        "SNSやメールなどのアプリの中で開いた画面（アプリ内ブラウザー）では、署名を完了できません。スマートフォンでふだん使っているブラウザー（SafariやChromeなど、既定に設定しているもの）でこのサイトを開き、もう一度文書を選んでください。",
        "プライベートブラウズやシークレットモードでは、アプリから戻ったときに情報が失われます。通常のウィンドウで開き直してください。",
        "Cookie（クッキー）をブロックしているときは、このサイトのCookieを許可してください。",
        "すでに署名が完了しているときは、この画面を閉じてかまいません。",
      ],
      resume: [
        "画面を再読み込みしたときにも、この表示になります。途中の署名は失われていませんので、下の「署名を続ける」を押してください。",
        "すでに署名が完了しているときは、この画面を閉じてかまいません。",
      ],
    },
    en: {
      title: "Signing could not go on",
      what: "This browser does not hold what was stored when signing began. That happens, for example, when you come back to a different browser from the one you started in.",
      todo: [
        "A signature cannot be completed in a page opened inside another app, such as a social network or mail app (an in-app browser). Open this site in your phone's default browser, such as Safari or Chrome, and choose the document there.",
        "In a private or incognito window, the stored information is lost on the way back from the app. Use a normal window.",
        "If you block cookies, allow them for this site.",
        "If the signature was completed already, you can simply close this page.",
      ],
      resume: [
        "Reloading the page leads here, too. The signature you were making is not lost: choose “Continue signing” below.",
        "If the signature was completed already, you can simply close this page.",
      ],
    },
  },
  expired: {
    ja: {
      title: "署名の手続きに時間がかかりすぎました",
      what: "署名の手続きを始めてから10分以上たったため、安全のために中断しました。",
      todo: ["お手数ですが、もう一度文書を選ぶところから操作してください。"],
    },
    en: {
      title: "Signing took too long",
      what: "More than ten minutes have passed since signing began, so it was stopped for your safety.",
      todo: ["Please start again by choosing the document."],
    },
  },
  "start-again": {
    ja: {
      title: "署名をやり直してください",
      what: "このブラウザーで始めた署名の続きであることを確認できなかったため、安全のために中断しました。",
      todo: ["お手数ですが、もう一度文書を選ぶところから操作してください。", contact.ja],
    },
    en: {
      title: "Please sign again",
      what: "This could not be confirmed to be the continuation of a signature that began in this browser, so it was stopped for your safety.",
      todo: ["Please start again by choosing the document.", contact.en],
    },
  },
  "return-address": {
    ja: {
      title: "この画面からは署名できません",
      what: "署名のあとに戻る先として、このサイトのページではない場所が指定されています。署名の手続きは始まっていません。",
      todo: ["サイトのトップから、署名する文書のページへお進みください。", contact.ja],
    },
    en: {
      title: "You cannot sign from this page",
      what: "A place that is not a page of this site was named as the one to return to after signing. Signing has not begun.",
      todo: ["Go to the page of the document from the top page.", contact.en],
    },
  },
  "not-allowed": {
    ja: {
      title: "この方法では開けません",
      what: "このアドレスは、署名の手続きの中だけで使われます。直接開いたり、データを送ったりすることはできません。",
      todo: ["サイトの画面にあるボタンから操作してください。"],
    },
    en: {
      title: "This address cannot be used this way",
      what: "This address is only used in the course of signing. It cannot be opened or sent data in this way.",
      todo: ["Use the buttons on the site's pages instead."],
    },
  },
  "cross-site": {
    ja: {
      title: "操作を受け付けませんでした",
      what: "このサイトの画面から行われた操作であることを確認できなかったため、安全のために受け付けませんでした。この操作では、何も行われていません。",
      todo: ["署名するときは、このサイトの画面で文書を選んでください。"],
    },
    en: {
      title: "The request was not accepted",
      what: "It could not be confirmed that the request came from a page of this site, so it was refused for your safety. This request had no effect.",
      todo: ["To sign, choose the document on a page of this site."],
    },
  },
  "not-granted": {
    ja: {
      title: "署名への同意が得られませんでした",
      what: "署名に必要な同意がなかったため、手続きを完了できませんでした。文書に署名は付いていません。",
      todo: [
        "署名するときは、もう一度文書を選ぶところから操作し、アプリの画面で同意してください。",
        contact.ja,
      ],
    },
    en: {
      title: "Consent to sign was not given",
      what: "The consent that signing needs was not given, so it was not completed. The document has not been signed.",
      todo: ["To sign, start again by choosing the document, and consent in the app.", contact.en],
    },
  },
  refused: {
    ja: {
      title: "署名が受け付けられませんでした",
      what: "デジタル認証サービスがこの署名の手続きを受け付けなかったため、完了できませんでした。",
      todo: ["お手数ですが、もう一度文書を選ぶところから操作してください。", contact.ja],
      resume: [
        "下の「署名を続ける」を押して、もう一度お試しください。それでも進めないときは、文書を選び直してください。",
        contact.ja,
      ],
    },
    en: {
      title: "The signature was not accepted",
      what: "The Digital Authentication Service did not accept this signature, so it was not completed.",
      todo: ["Please start again by choosing the document.", contact.en],
      resume: [
        "Try again with “Continue signing” below. If that does not help, start again by choosing the document.",
        contact.en,
      ],
    },
  },
  unverified: {
    ja: {
      title: "署名を確かめられませんでした",
      what: "届いた署名の結果が正しいものであることを確かめられなかったため、安全のために受け付けませんでした。",
      todo: ["お手数ですが、もう一度文書を選ぶところから操作してください。", contact.ja],
      resume: [
        "下の「署名を続ける」を押して、もう一度お試しください。それでも進めないときは、文書を選び直してください。",
        contact.ja,
      ],
    },
    en: {
      title: "The signature could not be verified",
      what: "What arrived as the result of signing could not be verified, so for your safety it was not accepted.",
      todo: ["Please start again by choosing the document.", contact.en],
      resume: [
        "Try again with “Continue signing” below. If that does not help, start again by choosing the document.",
        contact.en,
      ],
    },
  },
  "not-navigated": {
    ja: {
      title: "この方法では開けません",
      what: "このアドレスは、リンクやボタンから画面として開くためのものです。ページへの埋め込みや、先読みには使えません。この操作では、何も行われていません。",
      todo: ["署名するときは、このサイトの画面にあるボタンから操作してください。"],
    },
    en: {
      title: "This address cannot be used this way",
      what: "This address is for opening by a link or a button. It cannot be embedded in a page or loaded in advance. This request had no effect.",
      todo: ["To sign, use the buttons on the site's pages."],
    },
  },
  "other-host": {
    ja: {
      title: "署名を続けられませんでした",
      what: "署名を始めたときと、戻ってきたときとで、サイトのアドレス（ホスト名）が違います。署名の情報は、始めたときのアドレスにしか残っていません。",
      todo: [
        "サイトのトップからいま開いているアドレスで、もう一度文書を選ぶところから操作してください。",
        contact.ja,
      ],
    },
    en: {
      title: "Signing could not go on",
      what: "Signing began at another address (host name) of this site than the one it came back to, and what was stored stayed at the first one.",
      todo: ["Start again by choosing the document, at the address that is open now.", contact.en],
    },
  },
  lapsed: {
    ja: {
      title: "もう一度署名してください",
      what: "デジタル認証サービスでの手続きが、時間がたつなどして無効になったため、文書に署名は付いていません。",
      todo: ["お手数ですが、もう一度文書を選ぶところから操作してください。"],
      resume: ["下の「署名を続ける」を押して、もう一度操作してください。"],
    },
    en: {
      title: "Please sign again",
      what: "The Digital Authentication Service's part of signing is no longer valid, for example because too much time has passed. The document has not been signed.",
      todo: ["Please start again by choosing the document."],
      resume: ["Choose “Continue signing” below, and go through it again."],
    },
  },
  spent: {
    ja: {
      title: "この署名の手続きは処理済みです",
      what: "画面を再読み込みしたときや、同じ手続きを別のタブで開いたときに、この表示になります。署名はすでに完了している可能性があります。",
      todo: [
        "別の画面で署名が完了しているときは、この画面を閉じてかまいません。",
        "完了した画面が見当たらないときは、お手数ですが、もう一度文書を選ぶところから操作してください。",
      ],
      resume: [
        "別の画面で署名が完了しているときは、この画面を閉じてかまいません。",
        "完了した画面が見当たらないときは、下の「署名を続ける」を押してください。",
      ],
    },
    en: {
      title: "This step has been processed already",
      what: "This page appears when the page is reloaded, or when the same procedure is open in another tab. The signature may be complete already.",
      todo: [
        "If the signature was completed in another window, you can simply close this page.",
        "If you cannot find it there, please start again by choosing the document.",
      ],
      resume: [
        "If the signature was completed in another window, you can simply close this page.",
        "If you cannot find it there, choose “Continue signing” below.",
      ],
    },
  },
  unreachable: {
    ja: {
      title: "認証サービスにつながりませんでした",
      what: "デジタル認証サービスとの通信ができず、署名の手続きを進められませんでした。",
      todo: ["しばらく待ってから、もう一度文書を選ぶところから操作してください。", contact.ja],
    },
    en: {
      title: "The authentication service could not be reached",
      what: "There was no answer from the Digital Authentication Service, so signing could not go on.",
      todo: ["Please wait a little, then start again by choosing the document.", contact.en],
    },
  },
  busy: {
    ja: {
      title: "認証サービスを利用できません",
      what: "デジタル認証サービスが、いまは手続きを受け付けられないと回答したため、署名を進められませんでした。混雑やメンテナンスのためと考えられます。",
      todo: ["しばらく待ってから、もう一度文書を選ぶところから操作してください。"],
    },
    en: {
      title: "The authentication service is not available now",
      what: "The Digital Authentication Service answered that it cannot take requests at this time, so signing could not go on. It may be busy or under maintenance.",
      todo: ["Please wait a little, then start again by choosing the document."],
    },
  },
  unintelligible: {
    ja: {
      title: "署名を進められませんでした",
      what: "デジタル認証サービスから届いた回答を、このサイトでは処理できませんでした。お客様の操作が原因ではありません。",
      todo: ["しばらく待ってから、もう一度文書を選ぶところから操作してください。", contact.ja],
    },
    en: {
      title: "Signing could not go on",
      what: "An answer arrived from the Digital Authentication Service that this site could not process. It was not caused by anything you did.",
      todo: ["Please wait a little, then start again by choosing the document.", contact.en],
    },
  },
  "site-busy": {
    ja: {
      title: "ただいま混み合っています",
      what: "このサイトの側で署名の手続きを受け付けられる余裕がないか、一時的な問題が起きています。お客様の操作が原因ではありません。",
      todo: ["しばらく待ってから、もう一度文書を選ぶところから操作してください。", contact.ja],
    },
    en: {
      title: "This site is busy",
      what: "This site has no room for signatures at the moment, or a temporary problem. It was not caused by anything you did.",
      todo: ["Please wait a little, then start again by choosing the document.", contact.en],
    },
  },
};
