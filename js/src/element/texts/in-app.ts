// The texts of the warning in an app's own browser. Apart, because few pages need them.
import type { Language } from "../language.js";

export interface InAppTexts {
  readonly title: string;
  readonly text: (app: string) => string;
  readonly unknownApp: string;
  readonly open: string;
  readonly copy: string;
  readonly copied: string;
  readonly byHand: string;
  readonly address: string;
  readonly menu: string;
  readonly showQr: string;
  readonly qr: string;
}

export const inAppTexts: Readonly<Record<Language, InAppTexts>> = {
  ja: {
    title: "ふだん使っているブラウザーで開いてください",
    text: (app) =>
      `${app}の中の画面（アプリ内ブラウザー）では、手続きを完了できません。カードを読み取ったあと、ふだん使っているブラウザー（SafariやChromeなど）に戻るためです。`,
    unknownApp: "アプリ",
    open: "ブラウザーで開く",
    copy: "リンクをコピー",
    copied: "コピーしました。ブラウザーを開いて、アドレスを入力する欄に貼り付けてください。",
    byHand: "コピーできませんでした。下のアドレスを長押ししてコピーしてください。",
    address: "このページのアドレス",
    menu: "画面の端にあるメニューに「ブラウザーで開く」などの項目があるときは、そこからも開けます。",
    showQr: "別の端末で開くQRコードを表示",
    qr: "このページのQRコード",
  },
  en: {
    title: "Open this page in your usual browser",
    text: (app) =>
      `This cannot be completed in the browser inside ${app}. After you hold the card, your phone returns to your usual browser, such as Safari or Chrome.`,
    unknownApp: "an app",
    open: "Open in the browser",
    copy: "Copy the link",
    copied: "Copied. Open your browser, and paste the link into the address bar.",
    byHand: "The link could not be copied. Press and hold the address below to copy it.",
    address: "Address of this page",
    menu: "The app's menu at the edge of the screen may also have an entry such as “Open in browser”.",
    showQr: "Show a QR code for another device",
    qr: "QR code of this page",
  },
};
