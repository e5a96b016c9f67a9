import type { SharedKind } from "./classify.js";
import { contact, type KindText } from "./texts.js";

/** Texts of the kinds that logins and signatures share, for a user who signs. */
export const shared: Readonly<Record<SharedKind, KindText>> = {
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
        "画面を再読み込みしたときにも、この表示になります。途中の署名は失われていませんので、下の「続きから再開」を押してください。",
        "すでに署名が完了しているときは、この画面を閉じてかまいません。",
      ],
    },
    en: {
      title: "Signing could not continue",
      what: "This browser does not have the data that was stored when signing started. This happens, for example, when you return to a browser other than the one you started in.",
      todo: [
        "A signature cannot be completed in a page opened inside another app, such as a social network or mail app (an in-app browser). Open this site in your phone's default browser, such as Safari or Chrome, and choose the document there.",
        "In a private or incognito window, the stored information is lost on the way back from the app. Use a normal window.",
        "If you block cookies, allow them for this site.",
        "If the signature is already complete, you can close this page.",
      ],
      resume: [
        "This page also appears when you reload a page. Your unfinished signature is not lost: choose “Resume” below.",
        "If the signature is already complete, you can close this page.",
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
      what: "More than ten minutes have passed since signing started, so it was stopped for your safety.",
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
      what: "This site could not confirm that the signature was started in this browser, so it was stopped for your safety.",
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
      what: "The address to return to after signing is outside this site. Signing has not started.",
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
      what: "This address is used only during signing. You cannot open it directly or send data to it.",
      todo: ["Use the buttons on the pages of this site."],
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
      what: "This site could not confirm that the request came from one of its own pages, so it was refused for your safety. The request had no effect.",
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
      what: "You did not give the consent that signing requires. The document has not been signed.",
      todo: ["To sign, start again by choosing the document, and consent in the app.", contact.en],
    },
  },
  refused: {
    ja: {
      title: "署名が受け付けられませんでした",
      what: "デジタル認証サービスがこの署名の手続きを受け付けなかったため、完了できませんでした。",
      todo: ["お手数ですが、もう一度文書を選ぶところから操作してください。", contact.ja],
      resume: [
        "下の「続きから再開」を押して、もう一度お試しください。それでも進めないときは、文書を選び直してください。",
        contact.ja,
      ],
    },
    en: {
      title: "The signature was not accepted",
      what: "The Digital Authentication Service did not accept this signature, so it was not completed.",
      todo: ["Please start again by choosing the document.", contact.en],
      resume: [
        "Try again with “Resume” below. If that does not help, start again by choosing the document.",
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
        "下の「続きから再開」を押して、もう一度お試しください。それでも進めないときは、文書を選び直してください。",
        contact.ja,
      ],
    },
    en: {
      title: "The signature could not be verified",
      what: "The result of signing could not be verified. For your safety, it was not accepted.",
      todo: ["Please start again by choosing the document.", contact.en],
      resume: [
        "Try again with “Resume” below. If that does not help, start again by choosing the document.",
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
      what: "Open this address with a link or a button. It cannot be embedded in a page or prefetched. The request had no effect.",
      todo: ["To sign, use the buttons on the site's pages."],
    },
  },
  "other-host": {
    ja: {
      title: "署名を続けられませんでした",
      what: "署名を始めたときと、戻ってきたときとで、サイトのアドレス（ホスト名）が違います。署名の情報は、始めたときのアドレスにしか残っていません。",
      todo: [
        "いま開いているアドレスのサイトのトップから、もう一度文書を選ぶところから操作してください。",
        contact.ja,
      ],
    },
    en: {
      title: "Signing could not continue",
      what: "Signing started at one address (host name) of this site and returned to another. The stored data is available only at the first address.",
      todo: ["Start again by choosing the document, at the address that is open now.", contact.en],
    },
  },
  lapsed: {
    ja: {
      title: "もう一度署名してください",
      what: "デジタル認証サービスでの手続きが、時間がたつなどして無効になったため、文書に署名は付いていません。",
      todo: ["お手数ですが、もう一度文書を選ぶところから操作してください。"],
      resume: ["下の「続きから再開」を押して、もう一度操作してください。"],
    },
    en: {
      title: "Please sign again",
      what: "The procedure at the Digital Authentication Service is no longer valid, for example because too much time has passed. The document has not been signed.",
      todo: ["Please start again by choosing the document."],
      resume: ["Choose “Resume” below, and try again."],
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
        "完了した画面が見当たらないときは、下の「続きから再開」を押してください。",
      ],
    },
    en: {
      title: "This step has already been processed",
      what: "This page appears when the page is reloaded, or when the same procedure is open in another tab. The signature may already be complete.",
      todo: [
        "If the signature was completed in another window, you can close this page.",
        "If you cannot find it there, please start again by choosing the document.",
      ],
      resume: [
        "If the signature was completed in another window, you can close this page.",
        "If you cannot find it there, choose “Resume” below.",
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
      what: "The Digital Authentication Service did not respond, so signing could not continue.",
      todo: ["Please wait a while, then start again by choosing the document.", contact.en],
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
      what: "The Digital Authentication Service reported that it cannot accept requests now, so signing could not continue. It may be busy or under maintenance.",
      todo: ["Please wait a while, then start again by choosing the document."],
    },
  },
  unintelligible: {
    ja: {
      title: "署名を進められませんでした",
      what: "デジタル認証サービスから届いた回答を、このサイトでは処理できませんでした。お客様の操作が原因ではありません。",
      todo: ["しばらく待ってから、もう一度文書を選ぶところから操作してください。", contact.ja],
    },
    en: {
      title: "Signing could not continue",
      what: "This site could not process the response of the Digital Authentication Service. You did not cause the problem.",
      todo: ["Please wait a while, then start again by choosing the document.", contact.en],
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
      what: "This site cannot accept signatures now, or has a temporary problem. You did not cause the problem.",
      todo: ["Please wait a while, then start again by choosing the document.", contact.en],
    },
  },
};
