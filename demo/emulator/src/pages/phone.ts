import { type Attempt, type Failure, requestedItems, WRONG_PIN } from "../attempts.js";
import { type Html, html } from "../html.js";
import { type BasicItem, findPerson, people } from "../people.js";
import type { Language } from "../types.js";
import { formatItem } from "./format.js";
import { alert, layout } from "./layout.js";

const texts = {
  ja: {
    app: "アプリ",
    numberTitle: "番号をパソコンに入力",
    numberText: "次の6桁の番号を、パソコンの画面に入力してください。",
    numberWarning: "パソコンの画面が自分で開いたものでないときは、番号をだれにも伝えず、中止してください。",
    numberWait: "入力すると、この画面は自動で次に進みます。",
    check: "入力した",
    startTitle: "本人確認をはじめます",
    startText: (name: string) =>
      `「${name}」が本人確認を求めています。マイナンバーカードを用意してください。`,
    start: "はじめる",
    pinTitle: "利用者証明用電子証明書の暗証番号",
    pinText: "数字4桁の暗証番号を入力してください。",
    basicPinTitle: "券面事項入力補助用の暗証番号",
    basicPinText: "氏名などを読み取るため、数字4桁の暗証番号を入力してください。",
    pinHint: `エミュレーターでは、${WRONG_PIN} 以外のどの4桁でも通ります。`,
    pinLabel: "暗証番号（数字4桁）",
    same: "直前と同じ番号を入力",
    next: "次へ",
    wrong: (left: number) => `暗証番号が違います。あと${left}回間違えるとロックされます。`,
    malformed: "4桁の数字を入力してください。",
    cardTitle: "カードをかざしてください",
    cardText: "かざすカードを選んで、ボタンを押してください。",
    wallet: "かざすカード",
    hold: "カードをかざす",
    consentTitle: "情報の提供に同意しますか",
    consentText: (name: string) => `「${name}」に次の情報を提供します。`,
    onlyIdentity: "本人であることの確認の結果",
    sign: "電子署名",
    none: "（記載なし）",
    allow: "許可",
    cancel: "中止",
    doneTitle: "本人確認が終わりました",
    cancelledTitle: "中止しました",
    toComputer: "パソコンに戻ってください。パソコンの画面は自動で次に進みます。",
    toService: "利用中のサービスに戻ってください。",
    back: "利用中のサービスへ戻る",
    seconds: "10秒たつと、自動で戻ります。",
    failedTitle: "本人確認を完了できませんでした",
    failed: {
      "number-mismatch": "パソコンで番号を3回間違えたため、この手続きは終了しました。",
      "pin-locked": "暗証番号を3回間違えたため、カードがロックされました。",
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
      "If you did not open the page on the computer yourself, tell nobody the number and cancel.",
    numberWait: "This page moves on by itself once you have entered it.",
    check: "I entered it",
    startTitle: "Prove your identity",
    startText: (name: string) => `“${name}” asks you to prove your identity. Have your My Number Card ready.`,
    start: "Start",
    pinTitle: "PIN of the user authentication certificate",
    pinText: "Enter your 4-digit PIN.",
    basicPinTitle: "PIN for reading the basic items",
    basicPinText: "Enter your 4-digit PIN so that your name and other items can be read.",
    pinHint: `The emulator takes any 4 digits but ${WRONG_PIN}.`,
    pinLabel: "PIN (4 digits)",
    same: "Enter the same number as before",
    next: "Next",
    wrong: (left: number) =>
      `The PIN is wrong. ${left === 1 ? "One more wrong PIN locks" : `${left} more wrong PINs lock`} the card.`,
    malformed: "Enter 4 digits.",
    cardTitle: "Hold the card to the phone",
    cardText: "Choose a card and press the button.",
    wallet: "Card to hold",
    hold: "Hold the card",
    consentTitle: "Do you consent?",
    consentText: (name: string) => `“${name}” will receive the following:`,
    onlyIdentity: "The result of the identity check",
    sign: "A digital signature",
    none: "(not recorded)",
    allow: "Allow",
    cancel: "Cancel",
    doneTitle: "You have proved your identity",
    cancelledTitle: "Cancelled",
    toComputer: "Return to your computer. It moves on by itself.",
    toService: "Return to the service you were using.",
    back: "Return to the service",
    seconds: "You return automatically after 10 seconds.",
    failedTitle: "Your identity could not be confirmed",
    failed: {
      "number-mismatch": "The number was wrong three times on the computer, so this attempt has ended.",
      "pin-locked": "The PIN was wrong three times, so the card is locked.",
      cancelled: "You cancelled. Nothing was passed on.",
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
  readonly message?: "wrong" | "malformed";
}

const RETURN_SECONDS = 10;

/** The app's screen, as far as the person has come. */
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
<p class="number"><output data-number="${digits}" aria-label="${digits.split("").join(" ")}">${digits.slice(0, 3)} ${digits.slice(3)}</output></p>
<p class="notice">${t.numberWarning}</p>
<p role="status">${t.numberWait}</p>
<p class="actions"><a class="button quiet" data-action="refresh" href="${path}">${t.check}</a></p>
${cancelForm(view, path)}`,
      };
    }
    case "start":
      return {
        title: t.startTitle,
        body: html`<p>${t.startText(name)}</p>
<form class="actions" method="post" action="${path}/start"><button class="button wide" data-action="start">${t.start}</button></form>
${cancelForm(view, path)}`,
      };
    case "pin":
      return { title: t.pinTitle, body: pinForm(view, path, t.pinText) };
    case "basic-pin":
      return {
        title: t.basicPinTitle,
        body: html`${pinForm(
          view,
          path,
          t.basicPinText,
          html`<form method="post" action="${path}/same-pin"><button class="button quiet wide" data-action="same-pin">${t.same}</button></form>`,
        )}`,
      };
    case "card":
      return { title: t.cardTitle, body: cardForm(view, path) };
    case "consent":
      return { title: t.consentTitle, body: consentForm(view, path) };
    case "finished":
      return finished(view);
  }
}

function cancelForm({ language }: PhoneView, path: string): Html {
  return html`<form class="cancel" method="post" action="${path}/cancel"><button class="link" data-action="cancel">${texts[language].cancel}</button></form>`;
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
<input class="digits" id="pin" name="pin" type="password" inputmode="numeric" autocomplete="off" maxlength="8" required autofocus${described}>
<p class="small" id="hint">${t.pinHint}</p>
<p class="actions"><button class="button wide" data-action="submit-pin">${t.next}</button></p>
</form>
${after}
${cancelForm(view, path)}`;
}

function cardForm(view: PhoneView, path: string): Html {
  const { language, attempt } = view;
  const t = texts[language];
  const rows = people.map(
    (person) =>
      html`<label class="row"><input type="radio" name="person" value="${person.id}"${
        person.id === attempt.personId ? html` checked` : html``
      }><span><strong lang="ja">${person.name ?? "—"}</strong><span class="small">${person.title[language]}</span></span></label>`,
  );
  return html`<p>${t.cardText}</p>
<form method="post" action="${path}/card">
<fieldset class="wallet"><legend>${t.wallet}</legend>${rows}</fieldset>
<p class="actions"><button class="button wide" data-action="hold-card">${t.hold}</button></p>
</form>
${cancelForm(view, path)}`;
}

function consentForm(view: PhoneView, path: string): Html {
  const { language, attempt } = view;
  const t = texts[language];
  const person = findPerson(attempt.personId);
  const items = requestedItems(attempt.request);
  return html`<p>${t.consentText(attempt.request.clientName)}</p>
<div class="items">
<p>${t.onlyIdentity}</p>
${
  items.length > 0 &&
  html`<dl>${items.map((item) => {
    const value = person?.[item];
    return html`<dt data-item="${item}">${t.items[item]}</dt><dd${value === undefined ? html`` : html` lang="${item === "name" || item === "address" ? "ja" : language}"`}>${value === undefined ? t.none : formatItem(item, value, language)}</dd>`;
  })}</dl>`
}
${attempt.request.scopes.includes("sign") && html`<p data-item="sign">${t.sign}</p>`}
</div>
<form class="actions" method="post" action="${path}/consent">
<button class="button wide" name="answer" value="allow" data-action="allow">${t.allow}</button>
<button class="button quiet wide" name="answer" value="cancel" data-action="cancel">${t.cancel}</button>
</form>`;
}

function finished({ language, attempt, phone }: PhoneView): Screen {
  const t = texts[language];
  const failure =
    attempt.outcome !== undefined && "failure" in attempt.outcome ? attempt.outcome.failure : undefined;
  const title =
    failure === undefined ? t.doneTitle : failure === "cancelled" ? t.cancelledTitle : t.failedTitle;
  const reason = failure !== undefined && html`<p data-failure="${failure}">${t.failed[failure]}</p>`;
  if (phone.crossDevice) {
    const next = failure === undefined || failure === "cancelled" ? t.toComputer : t.returnToComputer;
    return { title, body: html`${reason}<p data-action="return-to-computer">${next}</p>` };
  }
  const back = `/authenticate/${attempt.uid}/continue`;
  return {
    title,
    scripts: ["return.js"],
    head: html`<noscript><meta http-equiv="refresh" content="${RETURN_SECONDS};url=${back}"></noscript>\n`,
    body: html`${reason}<p>${t.toService}</p>
<p class="actions"><a class="button wide" data-action="return" data-seconds="${RETURN_SECONDS}" href="${back}">${t.back}</a></p>
<p class="small">${t.seconds}</p>`,
  };
}
