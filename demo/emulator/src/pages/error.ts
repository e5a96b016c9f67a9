import type { KoaContextWithOIDC } from "oidc-provider";
import { type Html, html } from "../html.js";
import { pageHeaders, readCookie } from "../http.js";
import { languageCookie, languageOf } from "../language.js";
import type { Language } from "../types.js";
import { layout } from "./layout.js";

const texts = {
  ja: {
    expired: {
      title: "この手続きは続けられません",
      text: "時間が過ぎたか、すでに終わったか、別のブラウザーで始めた手続きです。元のサイトに戻って、はじめからやり直してください。",
    },
    "qr-expired": {
      title: "このQRコードは使えません",
      text: "有効期限が切れたか、更新されたか、すでに読み取られたQRコードです。パソコンの画面で「QRコードを更新」を押し、新しいコードを読み取ってください。",
    },
    "not-found": { title: "ページがありません", text: "アドレスを確かめてください。" },
    "method-not-allowed": { title: "この操作はできません", text: "前の画面に戻って、やり直してください。" },
    "bad-request": {
      title: "送られた内容を受け付けられません",
      text: "前の画面に戻って、入力を確かめてください。",
    },
    "too-large": { title: "送られた内容が大きすぎます", text: "64KiBまでにしてください。" },
    forbidden: {
      title: "この操作は許可されていません",
      text: "設定の変更は、エミュレーターを動かしているパソコンのブラウザーで、エミュレーターの画面からだけできます。",
    },
    "link-missing": {
      title: "この操作は許可されていません",
      text: "設定を変更できるのは、設定用リンクを開いたブラウザーだけです。リンクは、エミュレーターが起動時に端末に表示しています。",
    },
    "link-spent": {
      title: "このリンクは使えません",
      text: "設定用リンクは、エミュレーターを動かしているパソコンのブラウザーで1回だけ使えます。エミュレーターを起動し直すと、新しいリンクが表示されます。",
    },
    "wrong-host": {
      title: "このホスト名では開けません",
      text: "エミュレーターが起動時に表示したURLを使ってください。",
    },
    internal: { title: "エミュレーターの不具合です", text: "端末の出力に詳しい内容があります。" },
    oauth: {
      title: "認可リクエストを受け付けられません",
      text: "クライアントに返せないエラーです。client_id と redirect_uri が登録どおりか、確かめてください。",
    },
    code: "エラー",
    description: "説明",
    home: "エミュレーターのトップへ",
  },
  en: {
    expired: {
      title: "This procedure cannot continue",
      text: "It took too long, has already ended, or was started in another browser. Return to the site and start again.",
    },
    "qr-expired": {
      title: "This QR code cannot be used",
      text: "It has expired, was renewed, or was already scanned. Press “Renew the QR code” on the computer and scan the new one.",
    },
    "not-found": { title: "Page not found", text: "Check the address." },
    "method-not-allowed": { title: "This action is not possible", text: "Go back and try again." },
    "bad-request": {
      title: "The submitted data cannot be accepted",
      text: "Go back and check what you entered.",
    },
    "too-large": { title: "The submitted data is too large", text: "The limit is 64 KiB." },
    forbidden: {
      title: "This action is not allowed",
      text: "You can change settings only on the emulator's own pages, in a browser on the computer that runs the emulator.",
    },
    "link-missing": {
      title: "This action is not allowed",
      text: "You can change settings only in the browser that opened the settings link. The emulator prints the link on its terminal when it starts.",
    },
    "link-spent": {
      title: "This link cannot be used",
      text: "A settings link works once, in a browser on the computer that runs the emulator. Restart the emulator to get a new link.",
    },
    "wrong-host": {
      title: "This host name cannot be used",
      text: "Use the URL that the emulator printed when it started.",
    },
    internal: { title: "Error in the emulator", text: "Its terminal shows the details." },
    oauth: {
      title: "The authorization request was refused",
      text: "This error cannot be returned to the client. Check that client_id and redirect_uri are as registered.",
    },
    code: "Error",
    description: "Description",
    home: "To the emulator's top page",
  },
};

export type ErrorReason = Exclude<keyof (typeof texts)["en"], "code" | "description" | "home">;

function isReason(reason: string): reason is ErrorReason {
  return typeof texts.en[reason as ErrorReason] === "object";
}

/** The page for an error, with `code` and `description` of OAuth, if any. */
export function errorPage(language: Language, reason: string, code?: string, description?: string): Html {
  const t = texts[language];
  const known = isReason(reason) ? reason : "internal";
  const { title, text } = t[known];
  return layout({
    language,
    title,
    path: "/",
    data: { error: code ?? known },
    body: html`<section class="card narrow">
<h1>${title}</h1>
<p>${text}</p>
${
  code !== undefined &&
  html`<dl class="facts"><dt>${t.code}</dt><dd><code>${code}</code></dd>${
    description !== undefined && html`<dt>${t.description}</dt><dd>${description}</dd>`
  }</dl>`
}
<p><a class="alone" href="/">${t.home}</a></p>
</section>`,
  });
}

/** `renderError` of oidc-provider, for errors that cannot be sent with a redirect. */
export function renderOAuthError(
  ctx: KoaContextWithOIDC,
  { error, error_description }: { error: string; error_description?: string | undefined },
): void {
  const language = languageOf(ctx.req, null, readCookie(ctx.req, languageCookie));
  const page =
    ctx.oidc.route === "resume"
      ? errorPage(language, "expired")
      : errorPage(language, "oauth", error, error_description);
  ctx.set(pageHeaders(language));
  ctx.body = page.text;
}
