import type { EmulatorErrorCode } from "../errors.js";
import { type Html, html } from "../html.js";
import { type KeyStep, keySteps } from "../keys.js";
import type { Access } from "../operator.js";
import { endpoints, type Realm } from "../realm.js";
import { faults, faultyEndpoints, type Language, modes } from "../types.js";
import { alert, layout } from "./layout.js";
import { problems } from "./problems.js";

const texts = {
  ja: {
    title: "デジタル認証サービスのエミュレーター",
    lead: "デジタル認証サービスと、そのスマートフォンアプリの動作を、このパソコン上で再現します。契約もカードもなしに、クライアント（RP）のログインと電子署名を試せます。登場する人はすべて架空で、データは止めると消えます。",
    endpoints: "エンドポイント",
    endpointsText: "クライアントには次の値を設定します。issuerの末尾に / は付きません。",
    copy: "コピー",
    copied: "コピーしました",
    names: {
      issuer: "issuer",
      authorizationEndpoint: "認可エンドポイント",
      tokenEndpoint: "トークンエンドポイント",
      userinfoEndpoint: "UserInfoエンドポイント",
      jwksUri: "JWK Set",
      discovery: "ディスカバリー",
      signTransactionsEndpoint: "電子署名の開始（署名API）",
      jpkiAnchors: "模擬JPKI：署名用認証局の証明書（PEM）",
      jpkiCrl: "模擬JPKI：失効リスト（CRL。?authority= で 02、03、next-card を選べます）",
      jpkiOcsp: "模擬JPKI：OCSP（POST）",
    },
    clients: "登録済みのクライアント",
    noClients: "まだありません。",
    register: "クライアントを登録する",
    clientId: "client_id（英数字1〜255文字）",
    clientName: "名前（同意画面に表示）",
    redirectUris: "リダイレクトURI（1行に1つ）",
    jwks: "公開鍵のJWK Set",
    jwksHint:
      "npx honnin keygen が表示するJWK Setを、そのまま貼り付けます。電子署名も試すときは、結果を受け取るための暗号化用の鍵（use: enc）も入れます。秘密鍵は受け付けません。",
    submit: "登録",
    settings: "動作の設定",
    mode: "認可リクエストのあとに表示する画面",
    modes: { app: "アプリ（QRコード・暗証番号・同意）", "test-card": "テストカード" },
    faults: "エンドポイントの障害",
    faultsText: "ここで選んだ障害は、「なし」に戻すまで、すべてのクライアントに起こります。",
    faultNames: {
      none: "なし",
      slow: "応答しない",
      fail: "500を返す",
      oversized: "大きすぎる応答",
      malformed: "壊れたJSON",
      "private-key": "秘密鍵が混ざる",
    },
    apply: "変更",
    keys: "鍵の更新",
    keysText:
      "IDトークンに署名する鍵を、サービスと同じ順に更新します。新しい鍵をJWK Setで予告し、その鍵での署名に切り替え、古い鍵をJWK Setから削除します。",
    current: "署名している鍵のkid",
    announced: "予告した鍵のkid",
    old: "古い鍵の数",
    steps: {
      announce: "新しい鍵を予告",
      sign: "新しい鍵に切り替え",
      "remove-old": "古い鍵を削除",
    } satisfies Record<KeyStep, string>,
    atOnce: "一度に更新する",
    atOnceText: "予告なしに、すぐ新しい鍵で署名します。",
    keepOld: "古い鍵もJWK Setに残す",
    rotate: "鍵を更新",
    auto: "画面を出さないログイン",
    autoText: "人を選ぶと、認可リクエストに、その人としてすぐに応答します。",
    autoOff: "しない（画面で操作する）",
    requests: "これまでのリクエスト",
    readOnly: {
      elsewhere:
        "登録と設定の変更は、エミュレーターを動かしているパソコンのブラウザーで、そのパソコンのアドレスを開いたときだけできます。",
      "secret-missing":
        "登録と設定の変更は、設定用リンクを開いたブラウザーでだけできます。リンクは、エミュレーターが起動時に端末に表示しています。",
    },
    problem: (text: string) => `登録できませんでした。${text}`,
  },
  en: {
    title: "Emulator of the Digital Authentication Service",
    lead: "The emulator simulates Japan's Digital Authentication Service (デジタル認証サービス) and its phone app on this computer. You can try logins and signatures of a client (RP) without a contract or a card. All people are fictional. All data are deleted when the emulator stops.",
    endpoints: "Endpoints",
    endpointsText: "Configure your client with these values. The issuer has no trailing slash.",
    copy: "Copy",
    copied: "Copied",
    names: {
      issuer: "Issuer",
      authorizationEndpoint: "Authorization endpoint",
      tokenEndpoint: "Token endpoint",
      userinfoEndpoint: "UserInfo endpoint",
      jwksUri: "JWK Set",
      discovery: "Discovery",
      signTransactionsEndpoint: "Start of a signature",
      jpkiAnchors: "Synthetic JPKI: CA certificates for signing (PEM)",
      jpkiCrl: "Synthetic JPKI: CRL (select 02, 03 or next-card with ?authority=)",
      jpkiOcsp: "Synthetic JPKI: OCSP (POST)",
    },
    clients: "Registered clients",
    noClients: "None yet.",
    register: "Register a client",
    clientId: "client_id (1 to 255 letters and digits)",
    clientName: "Name (shown on the consent screen)",
    redirectUris: "Redirect URIs (one per line)",
    jwks: "JWK Set with the public keys",
    jwksHint:
      "Paste the JWK Set that npx honnin keygen prints. To try signatures too, add an encryption key (use: enc) for the results. Private keys are refused.",
    submit: "Register",
    settings: "Behaviour",
    mode: "Page shown after an authorization request",
    modes: { app: "The app (QR code, PIN, consent)", "test-card": "Test cards" },
    faults: "Faults of the endpoints",
    faultsText: "A fault selected here affects every client until you set it back to “none”.",
    faultNames: {
      none: "none",
      slow: "no response",
      fail: "returns 500",
      oversized: "response too large",
      malformed: "broken JSON",
      "private-key": "a private key in the set",
    },
    apply: "Change",
    keys: "Key rotation",
    keysText:
      "Rotates the key that signs ID tokens as services do: announce the new key in the JWK Set, then sign with it, then remove the old one from the JWK Set.",
    current: "kid of the key that signs",
    announced: "kid of the announced key",
    old: "Old keys",
    steps: {
      announce: "Announce a new key",
      sign: "Sign with the new key",
      "remove-old": "Remove the old keys",
    } satisfies Record<KeyStep, string>,
    atOnce: "Rotate at once",
    atOnceText: "Signs with a new key immediately, without an announcement.",
    keepOld: "Keep the old key in the JWK Set",
    rotate: "Rotate the key",
    auto: "Logins without pages",
    autoText: "If you select a person, authorization requests are answered immediately as this person.",
    autoOff: "Off (somebody uses the pages)",
    requests: "Requests so far",
    readOnly: {
      elsewhere:
        "You can change clients and settings only in a browser on the computer that runs the emulator, under an address of that computer.",
      "secret-missing":
        "You can change clients and settings only in the browser that opened the settings link. The emulator prints the link on its terminal when it starts.",
    },
    problem: (text: string) => `Not registered. ${text}`,
  },
};

/** The input of a refused form. */
export interface ClientForm {
  readonly clientId: string;
  readonly name: string;
  readonly redirectUris: string;
  readonly jwks: string;
  readonly problem: EmulatorErrorCode;
}

export interface HomeView {
  readonly language: Language;
  readonly realm: Realm;
  /** Whether settings can be changed. */
  readonly access: Access;
  readonly form?: ClientForm;
}

export function homePage({ language, realm, access, form }: HomeView): Html {
  const t = texts[language];
  const clients = realm.clients.list();
  const counts = Object.entries(realm.requests);
  return layout({
    language,
    title: t.title,
    path: "/",
    scripts: ["copy.js"],
    body: html`<div class="heading"><h1>${t.title}</h1><p>${t.lead}</p></div>
<section class="card" aria-labelledby="endpoints"><h2 id="endpoints">${t.endpoints}</h2>
<p>${t.endpointsText}</p>
<dl class="facts copyable" data-copy="${t.copy}" data-copied="${t.copied}">
${Object.entries(endpoints(realm.issuer)).map(
  ([name, value]) =>
    html`<dt>${t.names[name as keyof typeof t.names]}</dt><dd><code data-endpoint="${name}">${value}</code></dd>\n`,
)}
</dl></section>
<div class="columns">
<section class="card" aria-labelledby="clients"><h2 id="clients">${t.clients}</h2>
${
  clients.length === 0
    ? html`<p>${t.noClients}</p>`
    : html`<ul class="clients">${clients.map(
        (
          client,
        ) => html`<li><strong>${client.name}</strong> <code data-client="${client.clientId}">${client.clientId}</code>
<ul>${client.redirectUris.map((uri) => html`<li><code>${uri}</code></li>`)}</ul></li>`,
      )}</ul>`
}
${
  access === "granted"
    ? html`<details${form === undefined ? html`` : html` open`}><summary>${t.register}</summary>${registration(language, form)}</details>`
    : html`<p data-access="${access}">${t.readOnly[access]}</p>`
}
<h3>${t.requests}</h3>
<dl class="facts">${counts.map(([name, count]) => html`<dt>${name}</dt><dd data-count="${name}">${count}</dd>`)}</dl>
</section>
${access === "granted" && settings(language, realm)}
</div>`,
  });
}

type Field = Exclude<keyof ClientForm, "problem">;

/** The field to correct, if the problem concerns a field. */
const faultyField: Partial<Record<EmulatorErrorCode, Field>> = {
  "client-id-invalid": "clientId",
  "client-exists": "clientId",
  "client-name-invalid": "name",
  "redirect-uri-invalid": "redirectUris",
  "jwks-invalid": "jwks",
  "jwks-private": "jwks",
  "jwks-duplicate": "jwks",
  "jwks-signing-key-missing": "jwks",
  "key-unsupported": "jwks",
};

function registration(language: Language, form: ClientForm | undefined): Html {
  const t = texts[language];
  const faulty = form && faultyField[form.problem];
  /** Attributes of a field. The faulty field is marked and gets the focus, so that it is visible. */
  const state = (field: Field, hint?: string): Html => {
    const ids = [field === faulty ? "alert" : undefined, hint].filter((id) => id !== undefined).join(" ");
    return html`${ids !== "" && html` aria-describedby="${ids}"`}${field === faulty && html` aria-invalid="true" autofocus`}`;
  };
  return html`<form method="post" action="/clients" class="fields">
${form !== undefined && alert(t.problem(problems[form.problem][language]))}
<label for="clientId">${t.clientId}</label>
<input id="clientId" name="clientId" data-testid="client-id" value="${form?.clientId}" required pattern="[0-9a-zA-Z]{1,255}" autocomplete="off" spellcheck="false"${state("clientId")}>
<label for="name">${t.clientName}</label>
<input id="name" name="name" data-testid="client-name" value="${form?.name}" required maxlength="100" autocomplete="off"${state("name")}>
<label for="redirectUris">${t.redirectUris}</label>
<textarea id="redirectUris" name="redirectUris" data-testid="redirect-uris" rows="2" required spellcheck="false"${state("redirectUris")}>${form?.redirectUris}</textarea>
<label for="jwks">${t.jwks}</label>
<textarea id="jwks" name="jwks" data-testid="jwks" rows="6" required spellcheck="false"${state("jwks", "jwks-hint")}>${form?.jwks}</textarea>
<p class="small" id="jwks-hint">${t.jwksHint}</p>
<p class="actions"><button class="button" data-testid="register">${t.submit}</button></p>
</form>`;
}

function settings(language: Language, realm: Realm): Html {
  const t = texts[language];
  return html`<section class="card" aria-labelledby="settings"><h2 id="settings">${t.settings}</h2>
<form method="post" action="/mode">
<fieldset class="plain"><legend>${t.mode}</legend>
${modes.map(
  (mode) =>
    html`<label class="row"><input type="radio" data-testid="mode-${mode}" name="mode" value="${mode}"${mode === realm.mode ? html` checked` : html``}><span>${t.modes[mode]}</span></label>`,
)}
</fieldset>
<p class="actions"><button class="button quiet" data-testid="set-mode">${t.apply}</button></p>
</form>
<form method="post" action="/faults">
<fieldset class="plain"><legend>${t.faults}</legend>
<p class="small">${t.faultsText}</p>
${faultyEndpoints.map(
  (endpoint) => html`<div class="pair"><label for="fault-${endpoint}">${endpoint}</label>
<select id="fault-${endpoint}" name="${endpoint}" data-testid="fault-${endpoint}">${faults
    .filter((fault) => fault !== "private-key" || endpoint === "jwks")
    .map(
      (fault) =>
        html`<option value="${fault}"${fault === realm.faults[endpoint] ? html` selected` : html``}>${t.faultNames[fault]}</option>`,
    )}</select></div>`,
)}
</fieldset>
<p class="actions"><button class="button quiet" data-testid="set-faults">${t.apply}</button></p>
</form>
<form method="post" action="/auto">
<h3><label for="auto">${t.auto}</label></h3>
<p class="small" id="auto-hint">${t.autoText}</p>
<p><select id="auto" name="person" aria-describedby="auto-hint" data-testid="auto"><option value="">${t.autoOff}</option>${realm.people
    .list()
    .map(
      ({ id, title }) =>
        html`<option value="${id}"${id === realm.answers.always?.person && html` selected`}>${title[language]}</option>`,
    )}</select></p>
<p class="actions"><button class="button quiet" data-testid="set-auto">${t.apply}</button></p>
</form>
${rotation(language, realm)}
</section>`;
}

function rotation(language: Language, { keys }: Realm): Html {
  const t = texts[language];
  const { announced, signing, old } = keys.state;
  const possible: Record<KeyStep, boolean> = {
    announce: announced === null,
    sign: announced !== null,
    "remove-old": old.length > 0,
  };
  return html`<h3>${t.keys}</h3>
<p class="small">${t.keysText}</p>
<dl class="facts">
<dt>${t.current}</dt><dd><code data-kid="${signing}" data-testid="signing-kid">${signing}</code></dd>
${announced !== null && html`<dt>${t.announced}</dt><dd><code data-testid="announced-kid">${announced}</code></dd>`}
${old.length > 0 && html`<dt>${t.old}</dt><dd>${old.length}</dd>`}
</dl>
<form method="post" action="/keys" class="steps">
${keySteps.map(
  (step) =>
    possible[step] &&
    html`<button class="button quiet" name="step" value="${step}" data-testid="keys-${step}">${t.steps[step]}</button>\n`,
)}
</form>
<details><summary>${t.atOnce}</summary>
<form method="post" action="/rotate-keys">
<p class="small">${t.atOnceText}</p>
<label class="row"><input type="checkbox" data-testid="keep-old" name="keepOld" value="true" checked><span>${t.keepOld}</span></label>
<p class="actions"><button class="button quiet" data-testid="rotate-keys">${t.rotate}</button></p>
</form>
</details>`;
}
