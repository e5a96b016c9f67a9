import { renderSVG } from "uqr";
import { type Attempt, asksSignature, type Failure, TICKET_SECONDS } from "../attempts.js";
import { type Html, html, trusted } from "../html.js";
import { networkAddress } from "../origin.js";
import type { Language } from "../types.js";
import { alert, layout } from "./layout.js";

const texts = {
  ja: {
    title: "スマートフォンで本人確認",
    lead: (name: string) => `「${name}」が、マイナンバーカードによる本人確認を求めています。`,
    signLead: (name: string) => `「${name}」が、マイナンバーカードによる文書への電子署名を求めています。`,
    scan: "QRコードを読み取る",
    scanText: "スマートフォンのアプリで、このQRコードを読み取ります。",
    qr: "スマートフォンで開くページのQRコード",
    lapses: `QRコードは${TICKET_SECONDS / 60}分で使えなくなります。`,
    lapsed: "QRコードの有効期限が切れました",
    renew: "QRコードを更新",
    open: "このパソコンで模擬スマートフォンを開く",
    newWindow: "（別のウィンドウで開きます）",
    loopback:
      "このURLは、エミュレーターを動かしているパソコンでだけ開けます。同じネットワークにある実際のスマートフォンで読み取るには、エミュレーターを次のオプションで起動し、サイトの接続先もそのアドレスに変えてください。",
    tls: "スマートフォンとブラウザーには、証明書の警告が表示されます。エミュレーターがその場で作った証明書だからです。そのまま進んでください。",
    read: "読み取りました",
    readText: "スマートフォンに6桁の番号が表示されています。",
    number: "番号を入力する",
    numberText: "スマートフォンに表示された6桁の番号を入力します。",
    label: "6桁の番号",
    submit: "次へ",
    continueTitle: "スマートフォンで手続きを続けてください",
    continueText:
      "スマートフォンでの手続きが終わると、この画面は自動で次に進みます。進まないときは、下のボタンを押してください。",
    doneTitle: "手続きが終わりました",
    doneText: "自動で進まないときは、下のボタンを押してください。",
    goOn: "次へ進む",
    check: "状態を確認する",
    wrong: (left: number) => `番号が違います。あと${left}回入力できます。`,
    malformed: "6桁の数字を入力してください。",
    noPhone: "先に、スマートフォンでQRコードを読み取ってください。番号はスマートフォンに表示されます。",
    failedTitle: "本人確認を完了できませんでした",
    signFailedTitle: "電子署名を完了できませんでした",
    failed: {
      "number-mismatch": "番号を3回間違えたため、この手続きを終了しました。",
      "pin-locked": "暗証番号を3回間違えたため、カードがロックされました。",
      "sign-pin-locked":
        "署名用電子証明書の暗証番号を5回間違えたため、ロックされました。何も署名していません。",
      "sign-transaction-expired":
        "署名できる時間を過ぎたため、この手続きを終了しました。何も署名していません。",
      cancelled: "手続きを中止しました。",
    } satisfies Record<Failure, string>,
    back: "元のサイトに戻る",
    openHereTitle: "アプリで本人確認",
    openHereText: "アプリを開いて、マイナンバーカードで本人確認をします。",
    openHere: "アプリを開く",
    other: "ほかの方法",
    toPhone: "この端末のアプリを使う",
    toComputer: "別の端末のアプリを使う",
    testCard: "テストカードで応答を選ぶ",
    cancel: "中止して元のサイトに戻る",
  },
  en: {
    title: "Identify yourself with your phone",
    lead: (name: string) => `“${name}” asks you to identify yourself with your My Number Card.`,
    signLead: (name: string) => `“${name}” asks you to sign a document with your My Number Card.`,
    scan: "Scan the QR code",
    scanText: "Scan this QR code with the app on your phone.",
    qr: "QR code of the page to open on the phone",
    lapses: `The QR code expires after ${TICKET_SECONDS / 60} minutes.`,
    lapsed: "The QR code has expired",
    renew: "Renew the QR code",
    open: "Open the emulated phone on this computer",
    newWindow: "(opens in another window)",
    loopback:
      "This URL works on this computer only. To scan the code with a real phone in the same network, start the emulator with these options, and connect your site to that address:",
    tls: "The phone and the browser warn of the certificate, because the emulator has made it itself. Continue nevertheless.",
    read: "Scanned",
    readText: "The phone shows a 6-digit number.",
    number: "Enter the number",
    numberText: "Enter the 6-digit number that the phone shows.",
    label: "6-digit number",
    submit: "Next",
    continueTitle: "Continue on your phone",
    continueText:
      "This page continues automatically when you finish on the phone. If it does not, press the button below.",
    doneTitle: "You have finished",
    doneText: "If this page does not continue automatically, press the button below.",
    goOn: "Continue",
    check: "Check the status",
    wrong: (left: number) =>
      `The number is wrong. ${left === 1 ? "1 attempt is" : `${left} attempts are`} left.`,
    malformed: "Enter 6 digits.",
    noPhone: "Scan the QR code with the phone first. The phone shows the number.",
    failedTitle: "Your identity could not be confirmed",
    signFailedTitle: "The document was not signed",
    failed: {
      "number-mismatch": "The number was wrong three times, so this procedure has ended.",
      "pin-locked": "The PIN was wrong three times, so the card is locked.",
      "sign-pin-locked":
        "The PIN of the signing certificate was wrong five times, so it is locked. Nothing was signed.",
      "sign-transaction-expired":
        "The time for signing has expired, so this procedure has ended. Nothing was signed.",
      cancelled: "You cancelled.",
    } satisfies Record<Failure, string>,
    back: "Return to the site",
    openHereTitle: "Identify yourself with the app",
    openHereText: "Open the app and identify yourself with your My Number Card.",
    openHere: "Open the app",
    other: "Other ways",
    toPhone: "Use the app on this device",
    toComputer: "Use the app on another device",
    testCard: "Choose a response with a test card",
    cancel: "Cancel and return to the site",
  },
};

/** A message on the page, in addition to its stage. */
export type ComputerMessage =
  | { readonly kind: "wrong"; readonly left: number }
  | { readonly kind: "malformed" }
  | { readonly kind: "no-phone" };

export interface ComputerView {
  readonly language: Language;
  readonly attempt: Attempt;
  readonly origin: string;
  /** Whether the emulator has made its certificate, which nothing trusts. */
  readonly ownCertificate: boolean;
  readonly ticket: { readonly value: string; readonly lapsed: boolean } | undefined;
  readonly message?: ComputerMessage;
}

/** The state that the script compares: a change means that the page must be updated. */
export function computerState(attempt: Attempt, lapsed: boolean): string {
  if (attempt.stage === "waiting") return lapsed ? "lapsed" : "waiting";
  if (attempt.stage === "number" || attempt.stage === "finished") return attempt.stage;
  return "accepted";
}

function leadOf({ language, attempt: { request } }: ComputerView): string {
  const t = texts[language];
  return (asksSignature(request) ? t.signLead : t.lead)(request.clientName);
}

/** The authorization page on a computer, in all its stages. */
export function computerPage(view: ComputerView): Html {
  const { language, attempt, ticket } = view;
  const t = texts[language];
  const path = `/authenticate/${attempt.uid}`;
  const page = `${path}?device=computer`;
  const state = computerState(attempt, ticket?.lapsed ?? false);
  const failure =
    attempt.outcome !== undefined && "failure" in attempt.outcome ? attempt.outcome.failure : undefined;
  const common = {
    language,
    path: page,
    scripts: ["poll.js"],
    data: { state, poll: `${path}/status`, page },
  };
  if (state === "finished") {
    const failed = failure !== undefined && failure !== "cancelled";
    const failedTitle = asksSignature(attempt.request) ? t.signFailedTitle : t.failedTitle;
    return layout({
      ...common,
      ...(failed ? { scripts: [], data: { state: "failed", failure } } : {}),
      title: failed ? failedTitle : t.doneTitle,
      body: html`<section class="card narrow">
<h1>${failed ? failedTitle : t.doneTitle}</h1>
<p>${failure === undefined ? t.doneText : t.failed[failure]}</p>
<p class="actions"><a class="button" data-testid="continue" href="${path}/continue">${failed ? t.back : t.goOn}</a></p>
</section>`,
    });
  }
  if (state === "accepted") {
    return layout({
      ...common,
      title: t.continueTitle,
      body: html`<section class="card narrow">
<h1>${t.continueTitle}</h1>
<p role="status">${t.continueText}</p>
<p class="actions"><a class="button quiet" data-testid="refresh" href="${page}">${t.check}</a></p>
</section>
${otherWays(view)}`,
    });
  }
  return layout({
    ...common,
    title: t.title,
    body: html`<div class="heading"><h1>${t.title}</h1><p>${leadOf(view)}</p></div>
<div class="columns">
<section class="card" aria-labelledby="scan" data-live>
<h2 id="scan"><span class="step">1</span> ${t.scan}</h2>
${ticket === undefined ? html`<p class="tick" role="status">${t.read}</p><p>${t.readText}</p>` : scanning(view, ticket)}
</section>
<section class="card" aria-labelledby="number-title">
<h2 id="number-title"><span class="step">2</span> ${t.number}</h2>
${numberForm(view)}
</section>
</div>
${otherWays(view)}`,
  });
}

function scanning(
  { language, attempt, origin, ownCertificate }: ComputerView,
  ticket: { value: string; lapsed: boolean },
): Html {
  const t = texts[language];
  const url = `${origin}/app/${ticket.value}`;
  const renew = html`<form method="post" action="/authenticate/${attempt.uid}/renew">
<button class="${ticket.lapsed ? "button" : "button quiet"}" data-testid="renew">${t.renew}</button></form>`;
  if (ticket.lapsed) {
    return html`<div class="qr lapsed"><p role="status">${t.lapsed}</p></div>${renew}`;
  }
  const loopback = /^https?:\/\/(127\.|localhost|\[::1\])/.test(origin);
  return html`<p>${t.scanText}</p>
<div class="qr" role="img" data-testid="qr" aria-label="${t.qr}">${trusted(renderSVG(url, { ecc: "M", border: 4, pixelSize: 8 }))}</div>
<p class="small">${t.lapses}</p>
${renew}
<p><a class="alone" data-testid="open-phone" href="${url}" target="_blank" rel="noopener">${t.open}</a> <span class="small">${t.newWindow}</span></p>
${loopback && html`<p class="small">${t.loopback}<br><code class="command">--host ${networkAddress() ?? "192.168.0.5"} --https</code></p>`}
${!loopback && ownCertificate && html`<p class="small">${t.tls}</p>`}`;
}

function numberForm({ language, attempt, message }: ComputerView): Html {
  const t = texts[language];
  const text =
    message?.kind === "wrong"
      ? t.wrong(message.left)
      : message?.kind === "malformed"
        ? t.malformed
        : message?.kind === "no-phone"
          ? t.noPhone
          : undefined;
  const described = text === undefined ? html`` : html` aria-describedby="alert" aria-invalid="true"`;
  const focus = attempt.stage === "number" || text !== undefined ? html` autofocus` : html``;
  return html`<form method="post" action="/authenticate/${attempt.uid}/number" autocomplete="off">
<p>${t.numberText}</p>
${text !== undefined && alert(text)}
<label for="number">${t.label}</label>
<input class="digits" id="number" name="number" data-testid="number" inputmode="numeric" autocomplete="one-time-code" maxlength="16" required spellcheck="false"${described}${focus}>
<p class="actions"><button class="button" data-testid="submit-number">${t.submit}</button></p>
</form>`;
}

function otherWays({ language, attempt }: ComputerView, onPhone = false): Html {
  const t = texts[language];
  const path = `/authenticate/${attempt.uid}`;
  return html`<nav class="other" data-live aria-label="${t.other}">
${
  attempt.stage === "waiting" &&
  html`<a data-testid="switch-device" href="${path}?device=${onPhone ? "computer" : "phone"}">${onPhone ? t.toComputer : t.toPhone}</a>
<a data-testid="test-card" href="${path}/test-card">${t.testCard}</a>`
}
<form method="post" action="${path}/cancel"><button class="link" data-testid="cancel">${t.cancel}</button></form>
</nav>`;
}

/** The authorization page on a phone: one tap opens the app. */
export function openAppPage(view: ComputerView): Html {
  const { language, attempt } = view;
  const t = texts[language];
  const path = `/authenticate/${attempt.uid}`;
  return layout({
    language,
    path: `${path}?device=phone`,
    title: t.openHereTitle,
    data: { state: "open-app" },
    body: html`<section class="card narrow">
<h1>${t.openHereTitle}</h1>
<p>${leadOf(view)}</p>
<p>${t.openHereText}</p>
<form class="actions" method="post" action="${path}/open"><button class="button wide" data-testid="open-app">${t.openHere}</button></form>
</section>
${otherWays(view, true)}`,
  });
}
