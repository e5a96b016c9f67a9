import {
  type Attempt,
  asksSignature,
  type Failure,
  requestedItems,
  WRONG_PIN,
  WRONG_SIGN_PIN,
} from "../attempts.js";
import { type Html, html } from "../html.js";
import type { BasicItem, Person } from "../people.js";
import { cardKinds, cardTitles } from "../signing/cards.js";
import type { SignTransaction } from "../signing/transactions.js";
import type { Language } from "../types.js";
import { formatHash, formatItem } from "./format.js";
import { alert, layout } from "./layout.js";

const texts = {
  ja: {
    app: "アプリ",
    numberTitle: "番号をパソコンに入力",
    numberText: "次の6桁の番号を、パソコンの画面に入力してください。",
    numberWarning: "パソコンの画面が自分で開いたものでないときは、番号をだれにも伝えず、中止してください。",
    numberWait: "入力すると、この画面は自動で次に進みます。",
    check: "次へ進む",
    startTitle: "本人確認をはじめます",
    startText: (name: string) =>
      `「${name}」が本人確認を求めています。マイナンバーカードを用意してください。`,
    signStartTitle: "本人確認と電子署名をはじめます",
    signStartText: (name: string) =>
      `「${name}」が、文書への電子署名を求めています。マイナンバーカードと、署名用電子証明書の暗証番号を用意してください。`,
    start: "はじめる",
    pinTitle: "利用者証明用電子証明書の暗証番号",
    pinText: "数字4桁の暗証番号を入力してください。",
    basicPinTitle: "券面事項入力補助用の暗証番号",
    basicPinText: "氏名などを読み取るため、数字4桁の暗証番号を入力してください。",
    pinHint: `エミュレーターでは、${WRONG_PIN}以外のどの4桁でも通ります。`,
    pinLabel: "暗証番号（数字4桁）",
    same: "直前と同じ番号を入力",
    next: "次へ",
    signPinTitle: "署名用電子証明書の暗証番号",
    signPinText: "文書に署名するため、英数字6〜16文字の暗証番号を入力してください。",
    signPinHint: `エミュレーターでは、${WRONG_SIGN_PIN}以外のどの英数字6〜16文字でも通ります。本物の暗証番号は入力しないでください。`,
    signPinLabel: "暗証番号（英数字6〜16文字）",
    wrong: (left: number) => `暗証番号が違います。あと${left}回間違えるとロックされます。`,
    malformed: "4桁の数字を入力してください。",
    signPinWrong: (left: number) => `暗証番号が違います。あと${left}回間違えるとロックされます。`,
    signPinMalformed: "英数字6〜16文字で入力してください。",
    cardTitle: "カードをかざしてください",
    cardText: "かざすカードを選んで、ボタンを押してください。",
    wallet: "かざすカード",
    cardKind: "署名に使うカードの種類",
    hold: "カードをかざす",
    consentTitle: "情報の提供に同意しますか",
    consentText: (name: string) => `「${name}」に次の情報を提供します。`,
    onlyIdentity: "本人であることの確認の結果",
    signConsentTitle: "文書に電子署名をしますか",
    signConsentText: (name: string) => `「${name}」の文書に、このカードで電子署名をします。`,
    signHash: (algorithm: string) => `文書のハッシュ値（${algorithm}）のはじめ`,
    signCheck:
      "署名を始める前に、サイトの画面でハッシュ値を控えたときは、同じであることを確かめてください。違うときは、中止してください。",
    signedByYou: (name: string) =>
      `この文書への電子署名は、すでに済んでいます。あらためて署名はしません。許可すると、「${name}」が署名の結果を受け取れます。`,
    signedByOther: (name: string) =>
      `この文書には、すでに別の人が電子署名をしています。このカードでは署名しません。許可しても、「${name}」は署名の結果を受け取れません。`,
    sign: "電子署名と、署名用電子証明書（氏名・住所・生年月日・性別を含みます）",
    none: "（記載なし）",
    allow: "許可",
    signingTitle: "電子署名をしています",
    workingTitle: "処理しています",
    working: "終わると、この画面は自動で次に進みます。この操作は中止できません。",
    refresh: "状態を確認する",
    cancel: "中止",
    doneTitle: "本人確認が終わりました",
    signedTitle: "電子署名が終わりました",
    signedBeforeTitle: "手続きが終わりました",
    signedBefore: "この文書はすでに署名済みだったので、今回は何も署名していません。",
    cancelledTitle: "中止しました",
    toComputer: "パソコンに戻ってください。パソコンの画面は自動で次に進みます。",
    toService: "元のサイトに戻ってください。",
    back: "元のサイトに戻る",
    seconds: "10秒たつと、自動で戻ります。",
    failedTitle: "本人確認を完了できませんでした",
    signFailedTitle: "電子署名を完了できませんでした",
    failed: {
      "number-mismatch": "パソコンで番号を3回間違えたため、この手続きは終了しました。",
      "pin-locked": "暗証番号を3回間違えたため、カードがロックされました。",
      "sign-pin-locked":
        "署名用電子証明書の暗証番号を5回間違えたため、ロックされました。何も署名していません。",
      "sign-transaction-expired":
        "署名できる時間を過ぎました。何も署名していません。元のサイトに戻って、はじめからやり直してください。",
      cancelled: "手続きを中止しました。情報は提供していません。",
    } satisfies Record<Failure, string>,
    returnToComputer: "パソコンに戻ってください。",
    items: { name: "氏名", address: "住所", birthdate: "生年月日", gender: "性別" } satisfies Record<
      BasicItem,
      string
    >,
  },
  en: {
    app: "App",
    numberTitle: "Enter the number on the computer",
    numberText: "Enter these 6 digits on the computer.",
    numberWarning:
      "If you did not open the page on the computer yourself, do not tell anyone the number, and cancel.",
    numberWait: "This page continues automatically after you enter it.",
    check: "Continue",
    startTitle: "Identify yourself",
    startText: (name: string) => `“${name}” asks you to identify yourself. Have your My Number Card ready.`,
    signStartTitle: "Identify yourself and sign",
    signStartText: (name: string) =>
      `“${name}” asks you to sign a document. Have your My Number Card and the PIN of its signing certificate ready.`,
    start: "Start",
    pinTitle: "PIN of the user authentication certificate",
    pinText: "Enter your 4-digit PIN.",
    basicPinTitle: "PIN for reading the basic items",
    basicPinText: "Enter your 4-digit PIN so that your name and other items can be read.",
    pinHint: `The emulator accepts any 4 digits except ${WRONG_PIN}.`,
    pinLabel: "PIN (4 digits)",
    same: "Enter the same number as before",
    next: "Next",
    signPinTitle: "PIN of the signing certificate",
    signPinText: "To sign the document, enter your PIN of 6 to 16 letters and digits.",
    signPinHint: `The emulator accepts any 6 to 16 letters and digits except ${WRONG_SIGN_PIN}. Do not enter your real PIN.`,
    signPinLabel: "PIN (6 to 16 letters and digits)",
    wrong: (left: number) =>
      `The PIN is wrong. ${left === 1 ? "1 more wrong attempt locks" : `${left} more wrong attempts lock`} the card.`,
    malformed: "Enter 4 digits.",
    signPinWrong: (left: number) =>
      `The PIN is wrong. ${left === 1 ? "1 more wrong attempt locks" : `${left} more wrong attempts lock`} it.`,
    signPinMalformed: "Enter 6 to 16 letters and digits.",
    cardTitle: "Hold the card to the phone",
    cardText: "Choose a card and press the button.",
    wallet: "Card to use",
    cardKind: "Kind of card to sign with",
    hold: "Hold the card",
    consentTitle: "Do you consent to provide this information?",
    consentText: (name: string) => `“${name}” will receive the following information:`,
    onlyIdentity: "The result of the identity check",
    signConsentTitle: "Sign this document?",
    signConsentText: (name: string) => `Your card is about to sign a document from “${name}”.`,
    signHash: (algorithm: string) => `The document's ${algorithm} hash begins with`,
    signCheck:
      "If you wrote down the hash on the site before you started, check that it is the same. If it is not, cancel.",
    signedByYou: (name: string) =>
      `This document is already signed. Your card does not sign it again. If you allow it, “${name}” can receive the result.`,
    signedByOther: (name: string) =>
      `Another person has already signed this document. Your card does not sign it. Even if you allow it, “${name}” does not receive the result.`,
    sign: "Your signature and your signing certificate, which contains your name, address, date of birth and gender",
    none: "(not recorded)",
    allow: "Allow",
    signingTitle: "Your card is signing",
    workingTitle: "Processing",
    working: "This page continues automatically. You can no longer cancel.",
    refresh: "Check the status",
    cancel: "Cancel",
    doneTitle: "You have identified yourself",
    signedTitle: "You have signed",
    signedBeforeTitle: "You have finished",
    signedBefore: "The document was already signed, so nothing was signed this time.",
    cancelledTitle: "Cancelled",
    toComputer: "Return to your computer. It continues automatically.",
    toService: "Return to the site.",
    back: "Return to the site",
    seconds: "You return automatically after 10 seconds.",
    failedTitle: "Your identity could not be confirmed",
    signFailedTitle: "The document was not signed",
    failed: {
      "number-mismatch": "The number was wrong three times on the computer, so this procedure has ended.",
      "pin-locked": "The PIN was wrong three times, so the card is locked.",
      "sign-pin-locked":
        "The PIN of the signing certificate was wrong five times, so it is locked. Nothing was signed.",
      "sign-transaction-expired":
        "The time for signing has expired. Nothing was signed. Return to the site and start again.",
      cancelled: "You cancelled. No information was provided.",
    } satisfies Record<Failure, string>,
    returnToComputer: "Return to your computer.",
    items: {
      name: "Name",
      address: "Address",
      birthdate: "Date of birth",
      gender: "Gender",
    } satisfies Record<BasicItem, string>,
  },
};

export interface PhoneView {
  readonly language: Language;
  readonly attempt: Attempt;
  readonly phone: NonNullable<Attempt["phone"]>;
  readonly wallet: readonly Person[];
  /** The transaction to sign. */
  readonly transaction?: SignTransaction;
  readonly message?: "wrong" | "malformed";
}

const RETURN_SECONDS = 10;

/** The app's screen for the current stage. */
export function phonePage(view: PhoneView): Html {
  const { language, attempt, phone } = view;
  const t = texts[language];
  const path = `/phone/${phone.id}`;
  const { title, body, scripts, head } = screen(view, path);
  return layout({
    language,
    title,
    path,
    shape: "phone",
    scripts: scripts ?? [],
    ...(head === undefined ? {} : { head }),
    data: { state: attempt.stage, poll: `${path}/status`, page: path },
    body: html`<div class="device"><p class="app">${t.app}</p>
<div class="screen"><h1>${title}</h1>
${body}</div></div>`,
  });
}

interface Screen {
  readonly title: string;
  readonly body: Html;
  readonly scripts?: readonly string[];
  readonly head?: Html;
}

function screen(view: PhoneView, path: string): Screen {
  const { attempt, language } = view;
  const t = texts[language];
  const name = attempt.request.clientName;
  switch (attempt.stage) {
    case "waiting":
    case "number": {
      const digits = attempt.number ?? "";
      return {
        title: t.numberTitle,
        scripts: ["poll.js"],
        body: html`<p>${t.numberText}</p>
<p class="number"><output data-testid="shown-number" data-number="${digits}" aria-label="${digits.split("").join(" ")}">${digits.slice(0, 3)} ${digits.slice(3)}</output></p>
<p class="notice">${t.numberWarning}</p>
<p role="status">${t.numberWait}</p>
<p class="actions"><a class="button quiet" data-testid="refresh" href="${path}">${t.check}</a></p>
${cancelForm(view, path)}`,
      };
    }
    case "start": {
      const sign = asksSignature(attempt.request);
      return {
        title: sign ? t.signStartTitle : t.startTitle,
        body: html`<p>${(sign ? t.signStartText : t.startText)(name)}</p>
<form class="actions" method="post" action="${path}/start"><button class="button wide" data-testid="start">${t.start}</button></form>
${cancelForm(view, path)}`,
      };
    }
    case "pin":
      return { title: t.pinTitle, body: pinForm(view, path, t.pinText) };
    case "basic-pin":
      return {
        title: t.basicPinTitle,
        body: html`${pinForm(
          view,
          path,
          t.basicPinText,
          html`<form method="post" action="${path}/same-pin"><button class="button quiet wide" data-testid="same-pin">${t.same}</button></form>`,
        )}`,
      };
    case "sign-pin":
      return { title: t.signPinTitle, body: signPinForm(view, path) };
    case "card":
      return { title: t.cardTitle, body: cardForm(view, path) };
    case "consent":
      return {
        title: isToBeSigned(view) ? t.signConsentTitle : t.consentTitle,
        body: consentForm(view, path),
      };
    case "signing":
      return {
        title: isToBeSigned(view) ? t.signingTitle : t.workingTitle,
        scripts: ["poll.js"],
        body: html`<p role="status">${t.working}</p>
<p class="actions"><a class="button quiet" data-testid="refresh" href="${path}">${t.refresh}</a></p>`,
      };
    case "finished":
      return finished(view);
  }
}

/** Whether a signature was requested and no card has created it yet. */
function isToBeSigned({ attempt, transaction }: PhoneView): boolean {
  return asksSignature(attempt.request) && transaction?.signed === undefined;
}

function cancelForm({ language }: PhoneView, path: string): Html {
  return html`<form class="cancel" method="post" action="${path}/cancel"><button class="link" data-testid="cancel">${texts[language].cancel}</button></form>`;
}

function pinForm(view: PhoneView, path: string, lead: string, after?: Html): Html {
  const { language, attempt, message } = view;
  const t = texts[language];
  const text =
    message === "wrong" ? t.wrong(attempt.pinTries) : message === "malformed" ? t.malformed : undefined;
  const described =
    text === undefined
      ? html` aria-describedby="hint"`
      : html` aria-describedby="alert hint" aria-invalid="true"`;
  return html`<p>${lead}</p>
${text !== undefined && alert(text)}
<form method="post" action="${path}/pin">
<label for="pin">${t.pinLabel}</label>
<input class="digits" id="pin" name="pin" data-testid="pin" type="password" inputmode="numeric" autocomplete="off" maxlength="8" required autofocus${described}>
<p class="small" id="hint">${t.pinHint}</p>
<p class="actions"><button class="button wide" data-testid="submit-pin">${t.next}</button></p>
</form>
${after}
${cancelForm(view, path)}`;
}

/** The form for the PIN of letters and digits, in capitals like the PIN on the card. */
function signPinForm(view: PhoneView, path: string): Html {
  const { language, attempt, message } = view;
  const t = texts[language];
  const text =
    message === "wrong"
      ? t.signPinWrong(attempt.signPinTries)
      : message === "malformed"
        ? t.signPinMalformed
        : undefined;
  const described =
    text === undefined
      ? html` aria-describedby="hint"`
      : html` aria-describedby="alert hint" aria-invalid="true"`;
  return html`<p>${t.signPinText}</p>
${text !== undefined && alert(text)}
<form method="post" action="${path}/sign-pin">
<label for="sign-pin">${t.signPinLabel}</label>
<input class="capitals" id="sign-pin" name="sign-pin" data-testid="sign-pin" inputmode="email" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="32" required autofocus${described}>
<p class="small" id="hint">${t.signPinHint}</p>
<p class="actions"><button class="button wide" data-testid="submit-sign-pin">${t.next}</button></p>
</form>
${cancelForm(view, path)}`;
}

function cardForm(view: PhoneView, path: string): Html {
  const { language, attempt } = view;
  const t = texts[language];
  const rows = view.wallet.map(
    (person) =>
      html`<label class="row"><input type="radio" data-testid="person-${person.id}" name="person" value="${person.id}"${
        person.id === attempt.personId ? html` checked` : html``
      }><span><strong lang="ja">${person.name ?? "—"}</strong><span class="small">${person.title[language]}</span></span></label>`,
  );
  return html`<p>${t.cardText}</p>
<form method="post" action="${path}/card">
<fieldset class="wallet"><legend>${t.wallet}</legend>${rows}</fieldset>
${
  asksSignature(attempt.request) &&
  html`<fieldset class="plain kinds"><legend>${t.cardKind}</legend>${cardKinds.map(
    (kind) =>
      html`<label class="row"><input type="radio" data-testid="card-${kind}" name="card" value="${kind}"${
        kind === attempt.card ? html` checked` : html``
      }><span>${cardTitles[kind][language]}</span></label>`,
  )}</fieldset>`
}
<p class="actions"><button class="button wide" data-testid="hold-card">${t.hold}</button></p>
</form>
${cancelForm(view, path)}`;
}

function consentForm(view: PhoneView, path: string): Html {
  const { language, attempt, transaction } = view;
  const t = texts[language];
  const signer = transaction?.signed?.personId ?? attempt.personId;
  const person = view.wallet.find(({ id }) => id === attempt.personId);
  const items = requestedItems(attempt.request);
  return html`${signing(view)}<p>${t.consentText(attempt.request.clientName)}</p>
<div class="items">
<p>${t.onlyIdentity}</p>
${
  items.length > 0 &&
  html`<dl>${items.map((item) => {
    const value = person?.[item];
    return html`<dt data-item="${item}">${t.items[item]}</dt><dd${value === undefined ? html`` : html` lang="${item === "name" || item === "address" ? "ja" : language}"`}>${value === undefined ? t.none : formatItem(item, value, language)}</dd>`;
  })}</dl>`
}
${asksSignature(attempt.request) && signer === attempt.personId && html`<p data-item="sign">${t.sign}</p>`}
</div>
<form class="actions" method="post" action="${path}/consent">
<button class="button wide" name="answer" value="allow" data-testid="allow">${t.allow}</button>
<button class="button quiet wide" name="answer" value="cancel" data-testid="cancel">${t.cancel}</button>
</form>`;
}

/** States that a document will be signed, or was signed, with the beginning of its hash. */
function signing(view: PhoneView): Html | false {
  const { language, attempt, transaction } = view;
  const t = texts[language];
  if (!asksSignature(attempt.request)) return false;
  const signer = transaction?.signed?.personId;
  const text =
    signer === undefined ? t.signConsentText : signer === attempt.personId ? t.signedByYou : t.signedByOther;
  const state = signer === undefined ? html` data-signing` : html` data-signed-before`;
  const data = transaction?.data;
  return html`<div class="notice document"${state}><p><strong>${text(attempt.request.clientName)}</strong></p>
${
  data !== undefined &&
  html`<p>${t.signHash(data.algorithm === "sha256" ? "SHA-256" : "SHA-384")}<br><code data-hash="${Buffer.from(data.hash).toString("hex").slice(0, 16)}">${formatHash(data.hash)}</code></p>
<p>${t.signCheck}</p>`
}</div>
`;
}

function finished({ language, attempt, phone }: PhoneView): Screen {
  const t = texts[language];
  const failure =
    attempt.outcome !== undefined && "failure" in attempt.outcome ? attempt.outcome.failure : undefined;
  const signedBefore =
    attempt.outcome !== undefined && "personId" in attempt.outcome && attempt.outcome.signedBefore;
  const [done, failed] = asksSignature(attempt.request)
    ? [signedBefore ? t.signedBeforeTitle : t.signedTitle, t.signFailedTitle]
    : [t.doneTitle, t.failedTitle];
  const title = failure === undefined ? done : failure === "cancelled" ? t.cancelledTitle : failed;
  const reason =
    failure !== undefined
      ? html`<p data-failure="${failure}">${t.failed[failure]}</p>`
      : signedBefore && html`<p data-signed-before>${t.signedBefore}</p>`;
  if (phone.crossDevice) {
    const next = failure === undefined || failure === "cancelled" ? t.toComputer : t.returnToComputer;
    return { title, body: html`${reason}<p data-testid="return-to-computer">${next}</p>` };
  }
  const back = `/authenticate/${attempt.uid}/continue`;
  return {
    title,
    scripts: ["return.js"],
    head: html`<noscript><meta http-equiv="refresh" content="${RETURN_SECONDS};url=${back}"></noscript>\n`,
    body: html`${reason}<p>${t.toService}</p>
<p class="actions"><a class="button wide" data-testid="return" data-seconds="${RETURN_SECONDS}" href="${back}">${t.back}</a></p>
<p class="small">${t.seconds}</p>`,
  };
}
