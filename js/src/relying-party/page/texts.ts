import type { Language } from "../http/language.js";
import type { ErrorKind, SigningKind } from "./classify.js";

/** The text of a page. Plain text, never HTML. */
export interface PageText {
  readonly title: string;
  /** What happened. */
  readonly what: string;
  /** What to do, one or several. */
  readonly todo: readonly string[];
  /** What to do if there is a signature to resume. Default: resume it. */
  readonly resume?: readonly string[];
}

interface CommonText {
  readonly again: string;
  readonly logIn: string;
  readonly goOn: string;
  readonly resume: string;
  readonly canResume: string;
  readonly top: string;
  readonly code: string;
}

/** Texts that all pages share. */
export const commonTexts: Readonly<Record<Language, CommonText>> = {
  ja: {
    again: "もう一度ログインする",
    logIn: "ログインする",
    goOn: "サイトのページへ進む",
    resume: "続きから再開",
    canResume: "しばらく待ってから、下の「続きから再開」を押してください。文書を選び直す必要はありません。",
    top: "サイトのトップへ",
    code: "エラーコード",
  },
  en: {
    again: "Log in again",
    logIn: "Log in",
    goOn: "Continue to the site",
    resume: "Resume",
    canResume:
      "Please wait a while, then choose “Resume” below. You do not have to choose the document again.",
    top: "Go to the top page",
    code: "Error code",
  },
};

export const contact = {
  ja: "何度も起こるときは、下のエラーコードをこのサイトの運営者にお知らせください。",
  en: "If this keeps happening, please give the operator of this site the error code below.",
};

/** Texts of one kind of error. */
export type KindText = Readonly<Record<Language, PageText>>;

/** Texts by kind of error, in both languages: those of a login, and those that do not depend on what the user was doing. */
export const errorTexts: Readonly<Record<Exclude<ErrorKind, SigningKind>, KindText>> = {
  denied: {
    ja: {
      title: "ログインは完了していません",
      what: "本人確認が途中で終わったため、ログインは完了していません。氏名などの情報は、このサイトに渡されていません。",
      todo: [
        "操作を中止したときは、この画面を閉じるか、もう一度はじめから操作してください。",
        "暗証番号（数字4桁）を続けて間違えてロックされたときも、この表示になります。ロックの解除と暗証番号の再設定は、住民票のある市区町村の窓口でできます。",
      ],
    },
    en: {
      title: "You are not logged in",
      what: "The identity check ended before it was complete, so you are not logged in. This site did not receive your name or other information.",
      todo: [
        "If you cancelled, close this page, or start again from the beginning.",
        "This page also appears if your four-digit PIN is locked after too many wrong attempts. The municipal office where you are registered can unlock it and reset it.",
      ],
    },
  },
  "not-navigated": {
    ja: {
      title: "この方法では開けません",
      what: "このアドレスは、リンクやボタンから画面として開くためのものです。ページへの埋め込みや、先読みには使えません。この操作では、何も行われていません。",
      todo: ["下のボタンからログインしてください。"],
    },
    en: {
      title: "This address cannot be used this way",
      what: "Open this address with a link or a button. It cannot be embedded in a page or prefetched. The request had no effect.",
      todo: ["Log in with the button below."],
    },
  },
  "other-host": {
    ja: {
      title: "ログインを続けられませんでした",
      what: "ログインを始めたときと、戻ってきたときとで、サイトのアドレス（ホスト名）が違います。ログインの情報は、始めたときのアドレスにしか残っていません。",
      todo: ["下のボタンから、いま開いているアドレスでログインし直してください。", contact.ja],
    },
    en: {
      title: "The login could not continue",
      what: "The login started at one address (host name) of this site and returned to another. The stored data is available only at the first address.",
      todo: ["Log in again with the button below, at the address that is open now.", contact.en],
    },
  },
  lapsed: {
    ja: {
      title: "もう一度ログインしてください",
      what: "デジタル認証サービスでの手続きが、時間がたつなどして無効になったため、ログインは完了していません。",
      todo: ["お手数ですが、もう一度はじめから操作してください。"],
    },
    en: {
      title: "Please log in again",
      what: "The procedure at the Digital Authentication Service is no longer valid, for example because too much time has passed. You are not logged in.",
      todo: ["Please start again from the beginning."],
    },
  },
  spent: {
    ja: {
      title: "このログインは処理済みです",
      what: "画面を再読み込みしたときや、同じログインを別のタブで開いたときに、この表示になります。ログインはすでに完了している可能性があります。",
      todo: [
        "まず、サイトのページを開いて、ログインできているかを確かめてください。",
        "ログインできていないときは、もう一度はじめから操作してください。",
      ],
    },
    en: {
      title: "This login has already been processed",
      what: "This page appears when the page is reloaded, or when the same login is open in another tab. You may already be logged in.",
      todo: [
        "First open the page of the site, and check whether you are logged in.",
        "If you are not, start again from the beginning.",
      ],
    },
  },
  "cookie-missing": {
    ja: {
      title: "ログインを続けられませんでした",
      what: "ログインを始めたときの情報が、このブラウザーに見つかりませんでした。ログインを始めたブラウザーとは別のブラウザーに戻ってきたときなどに起こります。",
      todo: [
        "SNSやメールなどのアプリの中で開いた画面（アプリ内ブラウザー）では、ログインを完了できません。スマートフォンでふだん使っているブラウザー（SafariやChromeなど、既定に設定しているもの）でこのサイトを開き、ログインし直してください。",
        "プライベートブラウズやシークレットモードでは、アプリから戻ったときに情報が失われます。通常のウィンドウで開き直してください。",
        "Cookie（クッキー）をブロックしているときは、このサイトのCookieを許可してください。",
        "すでにログインできているときは、この画面を閉じてかまいません。",
      ],
    },
    en: {
      title: "The login could not continue",
      what: "This browser does not have the data that was stored when the login started. This happens, for example, when you return to a browser other than the one you started in.",
      todo: [
        "A login cannot be completed in a page opened inside another app, such as a social network or mail app (an in-app browser). Open this site in your phone's default browser, such as Safari or Chrome, and log in there.",
        "In a private or incognito window, the stored information is lost on the way back from the app. Use a normal window.",
        "If you block cookies, allow them for this site.",
        "If you are already logged in, you can close this page.",
      ],
    },
  },
  expired: {
    ja: {
      title: "ログインの有効期限が切れました",
      what: "ログインを始めてから10分以上たったため、安全のために手続きを取り消しました。",
      todo: ["お手数ですが、もう一度はじめから操作してください。"],
    },
    en: {
      title: "The login took too long",
      what: "More than ten minutes have passed since the login started, so it was cancelled for your safety.",
      todo: ["Please start again from the beginning."],
    },
  },
  "start-again": {
    ja: {
      title: "ログインをやり直してください",
      what: "このブラウザーで始めたログインの続きであることを確認できなかったため、安全のために中断しました。",
      todo: ["お手数ですが、もう一度はじめから操作してください。", contact.ja],
    },
    en: {
      title: "Please log in again",
      what: "This site could not confirm that the login started in this browser, so it was stopped for your safety.",
      todo: ["Please start again from the beginning.", contact.en],
    },
  },
  "return-address": {
    ja: {
      title: "このリンクからはログインできません",
      what: "ログイン後に戻る先として、このサイトのページではない場所が指定されています。リンクが書き換えられているか、古くなっている可能性があります。",
      todo: ["下のボタンからログインするか、サイトのトップから目的のページへお進みください。"],
    },
    en: {
      title: "This link cannot be used to log in",
      what: "The link names an address to return to that is outside this site. It may have been altered, or it may be outdated.",
      todo: ["Log in with the button below, or go to the page you want from the top page."],
    },
  },
  "not-found": {
    ja: {
      title: "ページが見つかりません",
      what: "お探しのページはありません。アドレスが間違っているか、ページが移動した可能性があります。",
      todo: ["アドレスを確かめるか、サイトのトップからお進みください。"],
    },
    en: {
      title: "Page not found",
      what: "There is no page at this address. The address may be wrong, or the page may have moved.",
      todo: ["Check the address, or start from the top page."],
    },
  },
  "not-allowed": {
    ja: {
      title: "この方法では開けません",
      what: "このアドレスは、ログインの手続きの中だけで使われます。直接開いたり、データを送ったりすることはできません。",
      todo: ["サイトの画面にあるボタンから操作してください。"],
    },
    en: {
      title: "This address cannot be used this way",
      what: "This address is used only during a login. You cannot open it directly or send data to it.",
      todo: ["Use the buttons on the pages of this site."],
    },
  },
  "cross-site": {
    ja: {
      title: "操作を受け付けませんでした",
      what: "このサイトの画面から行われた操作であることを確認できなかったため、安全のために受け付けませんでした。ログインの状態は変わっていません。",
      todo: ["ログアウトするときは、このサイトの画面にあるボタンから操作してください。"],
    },
    en: {
      title: "The request was not accepted",
      what: "This site could not confirm that the request came from one of its own pages, so it was refused for your safety. Nothing about your login has changed.",
      todo: ["To log out, use the button on a page of this site."],
    },
  },
  "not-granted": {
    ja: {
      title: "必要な項目が提供されませんでした",
      what: "このサイトの利用に必要な項目の提供が許可されなかったため、ログインを完了できませんでした。",
      todo: ["ログインするときは、もう一度はじめから操作し、項目の提供に同意してください。", contact.ja],
    },
    en: {
      title: "A required item was not provided",
      what: "You did not consent to an item that this site requires, so the login was not completed.",
      todo: ["To log in, start again and consent to providing the items.", contact.en],
    },
  },
  refused: {
    ja: {
      title: "ログインが受け付けられませんでした",
      what: "デジタル認証サービスがこのログインを受け付けなかったため、ログインを完了できませんでした。",
      todo: ["お手数ですが、もう一度はじめから操作してください。", contact.ja],
    },
    en: {
      title: "The login was not accepted",
      what: "The Digital Authentication Service did not accept this login, so it was not completed.",
      todo: ["Please start again from the beginning.", contact.en],
    },
  },
  unverified: {
    ja: {
      title: "本人確認の結果を確かめられませんでした",
      what: "デジタル認証サービスから届いた結果が正しいものであることを確かめられなかったため、安全のためにログインを中断しました。",
      todo: ["お手数ですが、もう一度はじめから操作してください。", contact.ja],
    },
    en: {
      title: "The result could not be verified",
      what: "The result from the Digital Authentication Service could not be verified, so the login was stopped for your safety.",
      todo: ["Please start again from the beginning.", contact.en],
    },
  },
  unreachable: {
    ja: {
      title: "認証サービスにつながりませんでした",
      what: "デジタル認証サービスとの通信ができず、ログインを完了できませんでした。",
      todo: ["しばらく待ってから、もう一度はじめから操作してください。", contact.ja],
    },
    en: {
      title: "The authentication service could not be reached",
      what: "The Digital Authentication Service did not respond, so the login was not completed.",
      todo: ["Please wait a while, then start again from the beginning.", contact.en],
    },
  },
  busy: {
    ja: {
      title: "認証サービスを利用できません",
      what: "デジタル認証サービスが、いまは手続きを受け付けられないと回答したため、ログインを完了できませんでした。混雑やメンテナンスのためと考えられます。",
      todo: ["しばらく待ってから、もう一度はじめから操作してください。"],
    },
    en: {
      title: "The authentication service is not available now",
      what: "The Digital Authentication Service reported that it cannot accept logins now, so the login was not completed. It may be busy or under maintenance.",
      todo: ["Please wait a while, then start again from the beginning."],
    },
  },
  unintelligible: {
    ja: {
      title: "ログインを完了できませんでした",
      what: "デジタル認証サービスから届いた回答を、このサイトでは処理できませんでした。お客様の操作が原因ではありません。",
      todo: ["しばらく待ってから、もう一度はじめから操作してください。", contact.ja],
    },
    en: {
      title: "The login could not be completed",
      what: "This site could not process the response of the Digital Authentication Service. You did not cause the problem.",
      todo: ["Please wait a while, then start again from the beginning.", contact.en],
    },
  },
  "site-busy": {
    ja: {
      title: "ただいま混み合っています",
      what: "このサイトの側で手続きを受け付けられる余裕がないか、一時的な問題が起きています。お客様の操作が原因ではありません。",
      todo: ["しばらく待ってから、もう一度お試しください。", contact.ja],
    },
    en: {
      title: "This site is busy",
      what: "This site cannot accept the procedure now, or has a temporary problem. You did not cause the problem.",
      todo: ["Please wait a while, then try again.", contact.en],
    },
  },
  site: {
    ja: {
      title: "このサイトで問題が起きました",
      what: "このサイトの側に問題があり、処理を完了できませんでした。お客様の操作が原因ではありません。",
      todo: ["しばらく待ってから、もう一度お試しください。", contact.ja],
    },
    en: {
      title: "Something went wrong on this site",
      what: "A problem on this site prevented it from completing the request. You did not cause the problem.",
      todo: ["Please wait a while, then try again.", contact.en],
    },
  },
};
