import { writeFileSync } from "node:fs";
import { check } from "./check/check.js";
import type { CheckOptions, Sight, Target, Where } from "./check/options.js";
import { exitCodeOf, Problem, type RowResult } from "./check/result.js";
import { loginRows, signingRows } from "./check/rows.js";
import { isSameFile, readEmulator, readJwks, readUrl, readWhole } from "./command/arguments.js";
import { readLanguage } from "./command/language.js";
import { runCommand, type Values } from "./command/run-command.js";
import { UsageError } from "./command/usage-error.js";
import { jsonReport } from "./report/json.js";
import { junitReport } from "./report/junit.js";
import { headLines, problemText, rowLine, tailLines } from "./report/terminal.js";

const usage = {
  en: `honnin-emulator check LOGIN_URL: plays the service and the person against your site, lets the service do
everything wrong that it can, and says what the site refuses and what it accepts.

The service is one of these:
  --port N             starts it here, on the port that the site is configured for; needs --jwks
  --emulator URL       one that runs, where the site is registered: npx honnin-emulator --client-id …
With --port:
  --jwks FILE          the site's public keys as a JWK Set
  --client-id ID, --redirect-uri URI   default: what the site itself sends
  --host ADDRESS       default: 127.0.0.1
  --public-origin URL  the origin that browsers use, if it differs
With --emulator:
  --control-token T    the CONTROL_TOKEN that it printed, if it printed one

The site:
  LOGIN_URL            begins the login, or is the page with its button; 'POST URL a=b' sends a form
  --sign URL           begins a signature: checks signatures too; 'POST URL a=b' sends a form
  --form TEXT          on a page with several forms: a part of the button or of the address
  --signed-in 'URL STATUS [TEXT]'   what only a signed-in person sees; default: found by comparing
  --signed 'URL STATUS [TEXT]'      what is seen only after a signature; default: found by comparing

The check:
  --only ID,ID         these rows only
  --strict             counts what the standards leave to the site, too
  --timeout SECONDS    for one request to the site; default: 40
  --limit SECONDS      for everything; default: 900
  --wait SECONDS       for a site that is starting; default: 15
  --json FILE, --junit FILE   writes a report
  --lang ja|en         default: the language of the terminal

Exit codes: 0 all refused; 1 something was accepted, or the site did not get over it; 2 not everything could be checked.
`,
  ja: `honnin-emulator check LOGIN_URL: サービスと利用者の役をしてサイトにログインし、サービスにできる誤った応答を
順に返して、サイトが拒否したものと受け入れたものを示します。

サービスは、次のどちらかで指定します。
  --port N             サイトの設定と同じポートで起動する。--jwks が必要
  --emulator URL       サイトを登録したエミュレーターを使う（npx honnin-emulator --client-id …）
--port と一緒に指定するもの
  --jwks FILE          サイトの公開鍵（JWK Set）
  --client-id ID, --redirect-uri URI   省略すると、サイトが送るものを使う
  --host ADDRESS       省略すると 127.0.0.1
  --public-origin URL  ブラウザーから見たオリジンが異なるとき
--emulator と一緒に指定するもの
  --control-token T    エミュレーターが CONTROL_TOKEN を表示したとき

サイトについて
  LOGIN_URL            ログインを始める URL、またはボタンのあるページ。'POST URL a=b' はフォームを送る
  --sign URL           署名を始める URL。署名も確かめる。'POST URL a=b' はフォームを送る
  --form TEXT          フォームが複数あるページで、ボタンの文字またはアドレスの一部
  --signed-in 'URL STATUS [TEXT]'   ログインした人だけに見えるもの。省略すると、比べて見つける
  --signed 'URL STATUS [TEXT]'      署名の後だけに見えるもの。省略すると、比べて見つける

確かめ方
  --only ID,ID         この行だけを確かめる
  --strict             標準がサイトに任せている行も数える
  --timeout SECONDS    サイトへのリクエスト 1 件の上限。省略すると 40 秒
  --limit SECONDS      全体の上限。省略すると 900 秒
  --wait SECONDS       サイトの起動を待つ上限。省略すると 15 秒
  --json FILE, --junit FILE   報告を書き出す
  --lang ja|en         省略すると、端末の言語

終了コード: 0 すべて拒否した、1 受け入れたものか、その後に動かなくなったものがある、2 確かめられないものがある
`,
};

const options = {
  port: { type: "string" },
  emulator: { type: "string" },
  jwks: { type: "string" },
  "client-id": { type: "string" },
  "redirect-uri": { type: "string" },
  host: { type: "string" },
  "public-origin": { type: "string" },
  "control-token": { type: "string" },
  sign: { type: "string" },
  form: { type: "string" },
  "signed-in": { type: "string" },
  signed: { type: "string" },
  only: { type: "string" },
  strict: { type: "boolean", default: false },
  timeout: { type: "string", default: "40" },
  limit: { type: "string", default: "900" },
  wait: { type: "string", default: "15" },
  json: { type: "string" },
  junit: { type: "string" },
} as const;

type CheckValues = Values<typeof options>;

/** `honnin-emulator check …`. Returns the exit code. */
export const run = (args: readonly string[]): Promise<number> =>
  runCommand({ name: "check", usage, options }, args, checkAndReport);

async function checkAndReport(values: CheckValues, positionals: readonly string[]): Promise<number> {
  const language = readLanguage(values.lang);
  const { strict } = values;
  const settings = readOptions(values, positionals);
  if (isSameFile(values.json, values.junit))
    throw new UsageError(
      "--json と --junit には、別のファイルを指定してください。",
      "--json and --junit name the same file; give two.",
    );
  // Before the check, not after minutes of it. What an earlier check wrote stays until there is something new.
  for (const name of ["json", "junit"] as const) write(name, values[name], "", "a");
  let target: string | undefined;
  const onRow = (result: RowResult) => {
    process.stdout.write(rowLine(result, language, strict, result.row.target !== target));
    target = result.row.target;
  };
  let result: Awaited<ReturnType<typeof check>>;
  try {
    result = await check({
      ...settings,
      onRow,
      onService: (issuer) => process.stdout.write(headLines(issuer, language)),
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${problemText(error, language)}\n`);
    return 2;
  }
  process.stdout.write(tailLines(result, language, strict));
  write("json", values.json, jsonReport(result, strict));
  write("junit", values.junit, junitReport(result, language, strict));
  return exitCodeOf(result, strict);
}

function write(name: string, file: string | undefined, text: string, flag = "w"): void {
  if (file === undefined) return;
  try {
    writeFileSync(file, text, { flag });
  } catch {
    throw new UsageError(
      `--${name} のファイル ${file} に書けません。存在するフォルダーのファイルを指定してください。`,
      `--${name} cannot be written to ${file}; name a file in a folder that exists.`,
    );
  }
}

function readOptions(values: CheckValues, positionals: readonly string[]): CheckOptions {
  const [text, extra] = positionals;
  if (text === undefined)
    throw new UsageError(
      "サイトを指定してください。例: honnin-emulator check http://localhost:3000/login（オプションの一覧は --help）",
      "Say which site: honnin-emulator check http://localhost:3000/login; --help lists the options.",
    );
  if (extra !== undefined)
    throw new UsageError(
      `ログインの URL は 1 つだけです（${extra} が 2 つ目です）。'POST URL a=b' は引用符で囲んでください。`,
      `Only one login URL can be checked, and ${extra} is a second one; quote 'POST URL a=b'.`,
    );
  const login = readTarget("LOGIN_URL", text);
  const { sign, form, "signed-in": signedIn, signed } = values;
  if (signed !== undefined && sign === undefined)
    throw new UsageError(
      "--signed は署名についての指定ですが、--sign がありません。両方を指定するか、両方を省いてください。",
      "--signed describes a signature, but --sign is missing; give both or neither.",
    );
  return {
    login,
    service: readService(values),
    ...(sign === undefined ? {} : { sign: readTarget("--sign", sign, login.url) }),
    ...(form === undefined ? {} : { form }),
    ...(signedIn === undefined ? {} : { signedIn: readSight("--signed-in", signedIn, login.url) }),
    ...(signed === undefined ? {} : { signed: readSight("--signed", signed, login.url) }),
    ...(values.only === undefined ? {} : { only: readOnly(values.only, sign !== undefined) }),
    requestSeconds: readWhole("--timeout", values.timeout, [1, 600]),
    totalSeconds: readWhole("--limit", values.limit, [1, 86_400]),
    waitSeconds: readWhole("--wait", values.wait, [0, 600]),
  };
}

function readService(values: CheckValues): Where {
  const { port, emulator, jwks, "client-id": clientId, "redirect-uri": redirectUri } = values;
  const { host, "public-origin": publicOrigin, "control-token": controlToken } = values;
  if ((port === undefined) === (emulator === undefined))
    throw new UsageError(
      "サイトから見たサービスの場所を、どちらか 1 つで指定してください: --port N（ここで起動）、--emulator URL（動いているもの）",
      "Say where the site finds the service: --port N starts it here, --emulator URL uses one that runs.",
    );
  if (emulator !== undefined) {
    const others = {
      jwks,
      "client-id": clientId,
      "redirect-uri": redirectUri,
      host,
      "public-origin": publicOrigin,
    };
    const given = Object.entries(others).find(([, value]) => value !== undefined);
    if (given !== undefined)
      throw new UsageError(
        `--${given[0]} は --port のときだけ使えます。--emulator では、サイトをそのエミュレーターに登録してください（npx honnin-emulator --client-id …）。`,
        `--${given[0]} is for --port; with --emulator, register the site there: npx honnin-emulator --client-id ….`,
      );
    return { origin: readEmulator(emulator), ...(controlToken === undefined ? {} : { controlToken }) };
  }
  if (controlToken !== undefined)
    throw new UsageError(
      "--control-token は --emulator のときだけ使えます。--port では省いてください。",
      "--control-token is for --emulator; leave it out with --port.",
    );
  if (jwks === undefined)
    throw new UsageError(
      "--port には、サイトの公開鍵 --jwks FILE も必要です（npx honnin keygen が表示したもの）。",
      "--port needs --jwks FILE with the site's public keys, as npx honnin keygen prints them.",
    );
  if ((clientId === undefined) !== (redirectUri === undefined))
    throw new UsageError(
      "--client-id と --redirect-uri は、両方を指定するか、両方を省いてください。",
      "Give both --client-id and --redirect-uri, or neither.",
    );
  return {
    port: readWhole("--port", port ?? "", [1, 65_535]),
    jwks: readJwks("--jwks", jwks),
    ...(clientId === undefined || redirectUri === undefined ? {} : { clientId, redirectUri }),
    ...(host === undefined ? {} : { host }),
    ...(publicOrigin === undefined ? {} : { publicOrigin }),
  };
}

function readTarget(name: string, text: string, base?: URL): Target {
  const [, method = "GET", address = "", body] = /^(?:(GET|POST) +)?(\S+)(?: +(.*))?$/s.exec(text) ?? [];
  if (body !== undefined && method !== "POST")
    throw new UsageError(
      `${name} の本文は POST のときだけ送れます。例: 'POST ${address} …'`,
      `${name} has a body, which only POST sends: 'POST ${address} …'.`,
    );
  const url = readUrl(name, address, base);
  return method === "POST" ? { method, url, body: body ?? "" } : { method: "GET", url };
}

function readSight(name: string, text: string, base: URL): Sight {
  const [, address, status, words] = /^(\S+) +(\d{3})(?: +(\S.*))?$/s.exec(text) ?? [];
  if (address === undefined || status === undefined)
    throw new UsageError(
      `${name} は、ページとステータスにしてください。ページの文字も付けられます。例: '/me 200'`,
      `${name} must be a page and its status, such as '/me 200', and may end with a text on it.`,
    );
  return {
    url: readUrl(name, address, base),
    status: Number(status),
    ...(words === undefined ? {} : { text: words }),
  };
}

function readOnly(text: string, signing: boolean): string[] {
  const ids = text.split(",").filter((id) => id !== "");
  const known = [...loginRows, ...(signing ? signingRows : [])].map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  const isSigning = signingRows.some(({ id }) => id === unknown);
  if (unknown !== undefined)
    throw new UsageError(
      isSigning
        ? `${unknown} は署名の行です。--sign URL も指定してください。`
        : `--only の ${unknown} という行はありません。一覧は --only なしの実行で表示されます。`,
      isSigning
        ? `${unknown} concerns signatures; give --sign URL too.`
        : `--only names ${unknown}, which is no row; a check without --only lists them.`,
    );
  if (ids.length === 0)
    throw new UsageError(
      "--only には、行の ID をコンマで区切って指定してください。",
      "--only needs the ids of rows, with commas between them.",
    );
  return ids;
}
