import { type Attempt, asksSignature } from "../attempts.js";
import { errorResponses } from "../error-responses.js";
import { type Html, html } from "../html.js";
import type { Misbehaviour } from "../misbehaviours/kinds.js";
import { misbehaviours } from "../misbehaviours.js";
import { basicItems, type Person } from "../people.js";
import { cardKinds, cardTitles } from "../signing/cards.js";
import { choosesSigner, type SigningMisbehaviour } from "../signing/misbehaviours/kinds.js";
import { signingMisbehaviours } from "../signing/misbehaviours.js";
import type { Language } from "../types.js";
import { alert, layout } from "./layout.js";

/** Why a choice was refused: it is not offered, or it concerns the signer although the document is already signed. */
export type TestCardProblem = "unknown" | "signed-before";

const texts = {
  ja: {
    title: "テストカードで認証",
    lead: (name: string) =>
      `「${name}」に返す応答とテストカードを選んで、「認証」を押してください。アプリもカードも使いません。`,
    response: "応答",
    normal: "正常",
    errors: "エラー応答",
    break: "わざと壊す",
    breakText:
      "選んだとおりに誤った認可応答・トークン・UserInfoを返します。クライアントは、これを拒否しなければなりません。",
    targets: {
      "id-token": "IDトークン",
      token: "トークンエンドポイント",
      userinfo: "UserInfo",
      "authorization-response": "認可応答",
    } satisfies Record<Misbehaviour["target"], string>,
    signing: "電子署名のときに起こること",
    signingText:
      "このリクエストの電子署名にだけ起こります。誤った結果を返しても渡したことにはならないので、あらためて認可を受ければ、正しい結果を受け取れます。",
    signingTargets: {
      circumstances: "だれにでも起こりうること",
      content: "復号した中身",
      jwe: "暗号化（JWE）",
      result: "結果のエンドポイント",
    } satisfies Record<SigningMisbehaviour["target"], string>,
    cardKind: "署名に使うカードの種類",
    person: "テストカード",
    nothing: "（基本4情報なし）",
    submit: "認証",
    back: "アプリの画面に戻る",
    signedBefore:
      "この文書への電子署名はすでに済んでいるので、あらためて署名はしません。署名した人を選ぶと、クライアントは結果を受け取れます。だれがどのカードで署名するかは、もう選べません。",
    problems: {
      unknown: "応答とテストカードを選び直してください。",
      "signed-before": "この文書はすでに署名済みなので、その応答は返せません。ほかの応答を選んでください。",
    } satisfies Record<TestCardProblem, string>,
  },
  en: {
    title: "Authenticate with a test card",
    lead: (name: string) =>
      `Choose the response to “${name}” and a test card, then press “Authenticate”. Neither app nor card is used.`,
    response: "Response",
    normal: "Normal",
    errors: "Error responses",
    break: "Break something",
    breakText:
      "The emulator returns the wrong authorization response, tokens or UserInfo that you select. A client must refuse them.",
    targets: {
      "id-token": "ID token",
      token: "Token endpoint",
      userinfo: "UserInfo",
      "authorization-response": "Authorization response",
    } satisfies Record<Misbehaviour["target"], string>,
    signing: "What happens to the signature",
    signingText:
      "This affects the signature of this request only. A wrong result does not count as collected: after another authorization, the client can fetch the right one.",
    signingTargets: {
      circumstances: "What can happen to anyone",
      content: "Decrypted content",
      jwe: "Encryption (JWE)",
      result: "Result endpoint",
    } satisfies Record<SigningMisbehaviour["target"], string>,
    cardKind: "Kind of card to sign with",
    person: "Test card",
    nothing: "(no basic items)",
    submit: "Authenticate",
    back: "Back to the app",
    signedBefore:
      "This document is already signed and is not signed again. If you select the person who signed it, the client receives the result. You can no longer select who signs with which card.",
    problems: {
      unknown: "Choose a response and a test card again.",
      "signed-before":
        "That response is no longer possible because the document is already signed. Choose another one.",
    } satisfies Record<TestCardProblem, string>,
  },
};

export interface TestCardView {
  readonly language: Language;
  readonly attempt: Attempt;
  readonly wallet: readonly Person[];
  /** The requested signature was already created. */
  readonly signedBefore: boolean;
  readonly problem: TestCardProblem | undefined;
  /** Whether there is a page of the app to return to. */
  readonly canGoBack: boolean;
}

/** The テストカード代替機能: the user selects the response directly. */
export function testCardPage({
  language,
  attempt,
  wallet,
  signedBefore,
  problem,
  canGoBack,
}: TestCardView): Html {
  const t = texts[language];
  const path = `/authenticate/${attempt.uid}`;
  const sign = asksSignature(attempt.request);
  return layout({
    language,
    title: t.title,
    path: `${path}/test-card`,
    data: { state: "test-card" },
    body: html`<div class="heading"><h1>${t.title}</h1><p>${t.lead(attempt.request.clientName)}</p></div>
${problem !== undefined && alert(t.problems[problem])}
${signedBefore && html`<p class="notice" data-signed-before>${t.signedBefore}</p>`}
<form method="post" action="${path}/test-card" class="test-card">
<div class="columns">
<fieldset class="card"><legend><h2>${t.response}</h2></legend>
${radio("response", "normal", html`${t.normal}`, { checked: true })}
<details data-testid="errors"><summary>${t.errors}</summary>
${Object.entries(errorResponses).map(([code, title]) => radio("response", code, html`<code>${code}</code> <span class="small">${title[language]}</span>`))}
</details>
<details data-testid="misbehaviours"><summary>${t.break}</summary><p class="small">${t.breakText}</p>
${choices(misbehaviours, t.targets, language)}
</details>
${
  sign &&
  html`<details data-testid="signing-misbehaviours"><summary>${t.signing}</summary><p class="small">${t.signingText}</p>
${choices(signingMisbehaviours, t.signingTargets, language, (order) => signedBefore && choosesSigner(order))}
</details>`
}
</fieldset>
<fieldset class="card"><legend><h2>${t.person}</h2></legend>
${wallet.map((person, index) => {
  const items = basicItems.flatMap((item) => (person[item] ? [person[item]] : []));
  return radio(
    "person",
    person.id,
    html`<strong>${person.title[language]}</strong>${items.length === 0 ? html`<span class="small">${t.nothing}</span>` : html`<span class="small" lang="ja">${items.join(" / ")}</span>`}`,
    { checked: index === 0 },
  );
})}
${
  sign &&
  html`<fieldset class="plain kinds"><legend><h3>${t.cardKind}</h3></legend>
${cardKinds.map((kind, index) => radio("card", kind, html`${cardTitles[kind][language]}`, { checked: index === 0 && !signedBefore, disabled: signedBefore }))}</fieldset>`
}
</fieldset>
</div>
<div class="bar"><button class="button" data-testid="authenticate">${t.submit}</button>
${canGoBack && html`<a class="alone" href="${path}" data-testid="app">${t.back}</a>`}</div>
</form>`,
  });
}

/** The available choices, with a heading for each target. */
function choices<One extends Misbehaviour | SigningMisbehaviour>(
  all: readonly One[],
  targets: Readonly<Record<One["target"], string>>,
  language: Language,
  isImpossible: (one: One) => boolean = () => false,
): Html[] {
  return Object.entries<string>(targets).map(
    ([target, heading]) =>
      html`<h3>${heading}</h3>${all
        .filter((misbehaviour) => misbehaviour.target === target)
        .map((one) =>
          radio("response", one.id, html`${one.title[language]} <code class="small id">${one.id}</code>`, {
            disabled: isImpossible(one),
          }),
        )}`,
  );
}

function radio(
  name: string,
  value: string,
  label: Html,
  { checked = false, disabled = false }: { readonly checked?: boolean; readonly disabled?: boolean } = {},
): Html {
  return html`<label class="row"><input type="radio" data-testid="${name}-${value}" name="${name}" value="${value}"${checked && html` checked`}${disabled && html` disabled`} required><span>${label}</span></label>\n`;
}
