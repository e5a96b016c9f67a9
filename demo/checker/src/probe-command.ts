import { writeFileSync } from "node:fs";
import { readEmulator, readJsonFile, readUrl, readWhole } from "./command/arguments.js";
import { readLanguage } from "./command/language.js";
import { runCommand, type Values } from "./command/run-command.js";
import { UsageError } from "./command/usage-error.js";
import { canListen, listen, readPasted } from "./probe/callback.js";
import { type ProbeOptions, sandboxIssuer } from "./probe/options.js";
import { answered, type ProbeResult, probe } from "./probe/probe.js";
import { probeTexts } from "./probe/texts.js";

const usage = {
  en: `honnin-emulator probe: for those with a contract. Asks the sandbox what no public document says, with one login in your
own browser (two with --sign), and writes a report without any value of a claim, a token, a key or a person.

  --client-id ID       as registered
  --key FILE           the client's private key as a JWK: client-key.json of npx honnin keygen
  --redirect-uri URI   as registered; if it is http://localhost:PORT/…, the command listens there
  --paste              asks for the URL of the page to which the browser returns instead of listening
  --sign               asks the 署名API too: a second login, with a signature
  --decryption-key FILE   with --sign: the private key for results, to describe what is in them
  --scope "A B"        default: openid name address birthdate gender
  --emulator URL       an emulator instead of the sandbox
  --output FILE        default: probe-report.json
  --timeout SECONDS    for a login; default: 600
  --lang ja|en         default: the language of the terminal

Exit codes: 0 complete; 1 the report ends early; 2 nothing could be asked.
`,
  ja: `honnin-emulator probe: 契約のある方のための調査です。公開の文書にないことを検証環境に問い合わせます。ご自身のブラウザーで 1 回
（--sign を付けると 2 回）ログインし、クレーム、トークン、鍵、個人の値を含まない報告書を書きます。

  --client-id ID       登録したもの
  --key FILE           クライアントの秘密鍵（JWK）。npx honnin keygen の client-key.json
  --redirect-uri URI   登録したもの。http://localhost:PORT/… なら、そこで待ち受ける
  --paste              待ち受けずに、ブラウザーが戻ったページの URL の貼り付けを求める
  --sign               署名API も調べる。署名を含むログインをもう 1 回行う
  --decryption-key FILE   --sign と一緒に。結果を復号する秘密鍵。その中身の形も調べる
  --scope "A B"        省略すると openid name address birthdate gender
  --emulator URL       検証環境の代わりに使うエミュレーター
  --output FILE        省略すると probe-report.json
  --timeout SECONDS    ログイン 1 回の上限。省略すると 600 秒
  --lang ja|en         省略すると、端末の言語

終了コード: 0 完了、1 途中までの報告書、2 何も問い合わせられなかった
`,
};

const options = {
  "client-id": { type: "string" },
  key: { type: "string" },
  "redirect-uri": { type: "string" },
  paste: { type: "boolean", default: false },
  sign: { type: "boolean", default: false },
  "decryption-key": { type: "string" },
  scope: { type: "string" },
  emulator: { type: "string" },
  output: { type: "string", default: "probe-report.json" },
  timeout: { type: "string", default: "600" },
} as const;

type ProbeValues = Values<typeof options>;

/** `honnin-emulator probe …`. Returns the exit code. */
export const run = (args: readonly string[]): Promise<number> =>
  runCommand({ name: "probe", usage, options }, args, probeAndReport);

async function probeAndReport(values: ProbeValues, [extra]: readonly string[]): Promise<number> {
  if (extra !== undefined)
    throw new UsageError(
      `probe にはオプションだけを指定できます（${extra} は使えません）。一覧は probe --help で表示されます。`,
      `probe takes options only, not ${extra}; probe --help lists them.`,
    );
  const language = readLanguage(values.lang);
  const settings = readOptions(values);
  const redirectUri = new URL(settings.redirectUri);
  const milliseconds = readWhole("--timeout", values.timeout, [1, 3600]) * 1000;
  const { output } = values;
  // Before the login, not after it. An earlier report stays until there is a new one.
  write(output, "", "a");
  const show = (text: string) => process.stderr.write(text);
  const visit = async (url: URL): Promise<URL | undefined> => {
    const shown = `${probeTexts.open[language]}\n\n  ${url.href}\n\n`;
    if (values.paste || !canListen(redirectUri)) {
      show(shown);
      return readPasted(probeTexts.paste[language], redirectUri);
    }
    const listening = await listen(redirectUri, milliseconds, probeTexts.thanks[language]).catch(() => {
      throw new UsageError(
        probeTexts.port.ja.replace("{}", () => settings.redirectUri),
        probeTexts.port.en.replace("{}", () => settings.redirectUri),
      );
    });
    show(shown);
    try {
      return await listening.arrived;
    } catch {
      show(`${probeTexts.nobody[language]}\n`);
      return undefined;
    } finally {
      listening.close();
    }
  };
  const result = await probe({ ...settings, visit, onStep: (name) => show(`${name} …\n`) });
  if (!answered(result.findings))
    throw new UsageError(
      `${settings.issuer} が応答しません。サービスに接続できるか確かめてください。エミュレーターなら、起動してから --emulator で指定してください。`,
      `Nothing answers at ${settings.issuer}; check the connection, or, for an emulator, start it and name it with --emulator.`,
    );
  write(output, reportOf(result, settings.issuer === sandboxIssuer ? "sandbox" : "emulator"));
  show(`${probeTexts.written[language].replace("{}", () => output)}\n`);
  if (!result.complete) show(`${probeTexts.incomplete[language]}\n`);
  return result.complete ? 0 : 1;
}

/** The report: the day, but neither the client nor the redirect URI. */
export function reportOf({ complete, findings }: ProbeResult, service: "sandbox" | "emulator"): string {
  const date = new Date().toISOString().slice(0, 10);
  return `${JSON.stringify({ format: 1, service, date, complete, findings }, null, 2)}\n`;
}

function write(file: string, text: string, flag = "w"): void {
  try {
    writeFileSync(file, text, { flag, mode: 0o600 });
  } catch {
    throw new UsageError(
      `--output のファイル ${file} に書けません。存在するフォルダーのファイルを指定してください。`,
      `--output cannot be written to ${file}; name a file in a folder that exists.`,
    );
  }
}

function readOptions(values: ProbeValues): Omit<ProbeOptions, "visit"> {
  const { "client-id": clientId, key, "redirect-uri": redirectUri, emulator, sign } = values;
  const { "decryption-key": decryptionKey, scope } = values;
  if (clientId === undefined || key === undefined || redirectUri === undefined)
    throw new UsageError(
      "probe には、登録したとおりの --client-id、--key、--redirect-uri が必要です。説明は --help で表示されます。",
      "probe needs --client-id, --key and --redirect-uri as they are registered; --help explains them.",
    );
  if (decryptionKey !== undefined && !sign)
    throw new UsageError(
      "--decryption-key は署名の結果のためのものです。--sign も付けてください。",
      "--decryption-key is for results of signatures; add --sign.",
    );
  readUrl("--redirect-uri", redirectUri);
  const scopes = scope?.split(" ").filter((one) => one !== "");
  if (scopes !== undefined && !scopes.includes("openid"))
    throw new UsageError("--scope には openid が必要です。", "--scope must contain openid.");
  if (scopes?.includes("sign"))
    throw new UsageError(
      "--scope はログインのためのものです。署名は --sign で調べます。",
      "--scope is for the login; signatures are asked with --sign.",
    );
  const origin = emulator === undefined ? new URL(sandboxIssuer).origin : readEmulator(emulator);
  return {
    issuer: emulator === undefined ? sandboxIssuer : `${origin}/api/realms/honnin-emulator`,
    signTransactionsEndpoint: `${origin}/api/sign-transactions`,
    clientId,
    key: readKey("--key", key),
    redirectUri,
    ...(scopes === undefined ? {} : { scopes }),
    ...(sign
      ? {
          sign:
            decryptionKey === undefined ? {} : { decryptionKey: readKey("--decryption-key", decryptionKey) },
        }
      : {}),
  };
}

function readKey(name: string, file: string): ProbeOptions["key"] {
  const value = readJsonFile(name, file);
  if (typeof value !== "object" || value === null || !("kty" in value) || !("d" in value))
    throw new UsageError(
      `${name} のファイル ${file} は、秘密鍵の JWK ではありません。npx honnin keygen が作った client-key.json を指定してください。`,
      `${file} is no private JWK; ${name} expects a file that npx honnin keygen makes.`,
    );
  return value as ProbeOptions["key"];
}
