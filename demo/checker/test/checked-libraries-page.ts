// The page about the libraries, from what was recorded.
import { fileURLToPath } from "node:url";
import type { Bilingual, Language } from "../src/bilingual.js";
import { loginRows } from "../src/index.js";
import { catalogue, type Entry, type Recorded } from "./sites/catalogue.js";

export function pageFile(language: Language): string {
  const name = language === "ja" ? "checked-libraries.ja.md" : "checked-libraries.md";
  return fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url));
}

const marks: Readonly<Record<string, string>> = {
  refused: "✓",
  accepted: "○",
  "not-asked": "–",
  "no-answer": "⏱",
};

/** What a site can do about it, and what was noticed. By library. */
const advice: Readonly<Record<string, Bilingual>> = {
  oauth4webapi: {
    ja: '署名の検証は `validateApplicationLevelSignature` を呼ぶ別の手順です（TLS で直接届く ID トークンでは省いてよいため）。時間の制限は `signal` で指定します。client_assertion の `aud` には issuer が入るので、`modifyAssertion` でトークンエンドポイントにします。`id_token_signed_response_alg: "ES256"` も必要です。応答の大きさは、`customFetch` で制限できます。',
    en: 'Verifying the signature is a step of its own, `validateApplicationLevelSignature`, because an ID token that arrives directly over TLS may do without. `signal` limits the time. The `aud` of the client assertion is the issuer; `modifyAssertion` sets it to the token endpoint. `id_token_signed_response_alg: "ES256"` is needed too. `customFetch` can limit the size of responses.',
  },
  "openid-client": {
    ja: "`enableNonRepudiationChecks` で署名も検証します。時間の制限は 30 秒で、`timeout` で変えられます。`aud` と `id_token_signed_response_alg` は oauth4webapi と同じです。",
    en: "`enableNonRepudiationChecks` verifies the signature too. It waits 30 seconds; `timeout` changes that. `aud` and `id_token_signed_response_alg` are as with oauth4webapi.",
  },
  "Auth.js (@auth/core)": {
    ja: "Auth.js が作る `state` は 255 文字を超えるので、サービスが認可リクエストを受け付けません。表は、`state` を定数にし、PKCE と `nonce` だけで応答をブラウザーに結び付けた場合です。そのため `state` の 2 行を受け入れますが、RFC 9700 2.1 が認める方法です。署名を検証する設定はありません。時間の制限は `customFetch` でできます。",
    en: "Its own `state` is longer than 255 characters, so the service refuses the authorization request. The table is for a constant `state`, with PKCE and `nonce` alone binding the response to the browser. That is why it accepts the two rows about `state`, as RFC 9700 2.1 allows. There is no setting that verifies the signature. `customFetch` can limit the time.",
  },
  Authlib: {
    ja: "署名は常に検証します。文書の例は UserInfo を求めず、ID トークンのクレームを使います。`userinfo()` は `sub` を ID トークンと比べないので、サイトが比べます。時間の制限は、`client_kwargs` の `default_timeout` で指定しなければありません。認可応答の `iss` は見ません。",
    en: "Always verifies the signature. Its example uses the claims of the ID token and does not ask UserInfo. `userinfo()` does not compare `sub` with the ID token, so the site has to. It waits without a limit, unless `client_kwargs` sets `default_timeout`. It does not look at `iss` in the authorization response.",
  },
  "go-oidc": {
    ja: "署名は常に検証します。`state`、`nonce`、UserInfo の `sub` は、文書のとおりサイトが比べます（ここでは比べています）。`at_hash` は `VerifyAccessToken`、時間の制限は `http.Client` の `Timeout` です。`aud` に他のクライアントがあるか、`azp`、認可応答の `iss` は、サイトが確かめます。Debian の版であり、最新ではありません。",
    en: "Always verifies the signature. `state`, `nonce` and the `sub` of UserInfo are compared by the site, as documented (this one does). `VerifyAccessToken` checks `at_hash`, and the `Timeout` of `http.Client` limits the time. Other clients in `aud`, `azp` and `iss` in the authorization response are for the site to check. This is Debian's version, not the latest.",
  },
};

const texts = {
  title: { ja: "他のライブラリーの確認", en: "Other libraries, checked" },
  lead: {
    ja: "サービスの誤った応答を、OpenID Connect のライブラリーで作った小さなサイトが拒否するかどうかを `honnin-emulator check` で確かめた結果です。このページは `npm run checked-libraries` が作ります。",
    en: "What small sites that are built with OpenID Connect libraries refuse when the service responds wrongly, found with `honnin-emulator check`. `npm run checked-libraries` makes this page.",
  },
  fair: {
    ja: "○はライブラリーの欠陥とは限りません。標準がサイトに任せている行（「任意」）や、サイトが自分で確かめることになっている行があります。ライブラリーの一般的な評価ではなく、このサービス（ES256、private_key_jwt）で、ここに書いた設定でどうなるかだけを示します。誤った応答を選んだのは honnin の作者なので、honnin がすべて拒否するのは当然です。",
    en: "A ○ is not always a fault of a library: the standards leave some rows to the site (“optional”), and some checks are documented as the site's own. The table does not rate the libraries; it only shows what happens with this service (ES256, private_key_jwt) and the settings named here. The authors of honnin chose the wrong responses, so it is no surprise that honnin refuses them all.",
  },
  ran: {
    ja: (date: string, seconds: number) =>
      `${date} に、サイトの応答を 1 リクエスト ${seconds} 秒まで待って実行しました。`,
    en: (date: string, seconds: number) =>
      `Run on ${date}, waiting up to ${seconds} seconds for each response of a site.`,
  },
  legend: {
    ja: "✓ 拒否、○ 受け入れ、⏱ 時間内に応答なし、– そのエンドポイントに求めていない",
    en: "✓ refused, ○ accepted, ⏱ no answer in time, – does not ask that endpoint",
  },
  sites: { ja: "サイト", en: "Sites" },
  columns: {
    ja: ["", "ライブラリー", "版", "言語", "設定"],
    en: ["", "Library", "Version", "Language", "Settings"],
  },
  results: { ja: "結果", en: "Results" },
  row: { ja: "サービスの応答", en: "Response of the service" },
  section: { ja: "標準", en: "Standard" },
  optional: { ja: "任意", en: "optional" },
  others: {
    ja: (count: number, ids: string) => `他の ${count} 行は、すべてのサイトが拒否しました: ${ids}。`,
    en: (count: number, ids: string) => `Every site refused the other ${count} rows: ${ids}.`,
  },
  advice: { ja: "正しく設定するには", en: "How to set it right" },
  again: {
    ja: "全行の結果は `demo/checker/checked-libraries.json` に、サイトのプログラムは `demo/checker/test/sites/` にあります。",
    en: "All results are in `demo/checker/checked-libraries.json`; the programs of the sites are in `demo/checker/test/sites/`.",
  },
};

const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

export function pageOf({ date, requestSeconds, entries }: Recorded, language: Language): string {
  const shown = catalogue.flatMap((entry) => {
    const found = entries.find(({ id }) => id === entry.id);
    return found === undefined ? [] : [{ entry, found }];
  });
  const letter = (at: number) => String.fromCharCode(65 + at);
  const [differing, same] = [true, false].map((wanted) =>
    loginRows.filter(({ id }) => shown.some(({ found }) => found.verdicts[id] !== "refused") === wanted),
  );
  const libraries = [...new Set(shown.map(({ entry }) => entry.library))];
  const rows = (differing ?? []).map((row) => {
    const optional = row.level === "may" ? ` (${texts.optional[language]})` : "";
    return line([
      `\`${row.id}\`<br>${row.title[language]}`,
      row.sections.join("<br>") + optional,
      ...shown.map(({ found }) => marks[found.verdicts[row.id] ?? ""] ?? found.verdicts[row.id] ?? ""),
    ]);
  });
  const describe = ({ library, language: written, setting }: Entry, version: string, at: number) =>
    line([letter(at), library, version, written, setting[language]]);
  const ids = (same ?? []).map(({ id }) => `\`${id}\``).join(language === "ja" ? "、" : ", ");
  return [
    `# ${texts.title[language]}`,
    "",
    texts.lead[language],
    "",
    texts.fair[language],
    "",
    texts.ran[language](date, requestSeconds),
    "",
    `## ${texts.sites[language]}`,
    "",
    line(texts.columns[language]),
    line(texts.columns[language].map(() => "---")),
    ...shown.map(({ entry, found }, at) => describe(entry, found.version, at)),
    "",
    `## ${texts.results[language]}`,
    "",
    texts.legend[language],
    "",
    line([texts.row[language], texts.section[language], ...shown.map((_, at) => letter(at))]),
    line(["---", "---", ...shown.map(() => ":-:")]),
    ...rows,
    "",
    texts.others[language](same?.length ?? 0, ids),
    "",
    `## ${texts.advice[language]}`,
    "",
    ...libraries.flatMap((library) => {
      const text = advice[library]?.[language];
      return text === undefined ? [] : [`- **${library}**: ${text}`];
    }),
    "",
    texts.again[language],
    "",
  ].join("\n");
}
