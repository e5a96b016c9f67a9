import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Emulator, startEmulator } from "../index.js";
import { endpoints } from "../realm.js";
import type { Client, Language } from "../types.js";
import type { Command, Run } from "./command.js";
import { helpOfCommands, helpOfFlags, variables } from "./help.js";
import { type Flags, readFlags } from "./read-flags.js";
import { settingsOf, withOption } from "./settings.js";
import { groups } from "./start-flags.js";
import { UsageError } from "./usage-error.js";

const titles = {
  ja: `honnin-emulator [オプション]

デジタル認証サービスと、そのスマートフォンアプリのエミュレーターです。登場する人はすべて架空です。
`,
  en: `honnin-emulator [OPTIONS]

An emulator of デジタル認証サービス (Japan's Digital Authentication Service) and its phone app. All people are fictional.
`,
};

const access = {
  ja: `設定を変えられるのは、このコンピューターからだけです。--public-origin か、ループバック以外の --host を指定すると、起動時に表示する秘密の値も必要になります
（プログラム用のトークンと、ブラウザー 1 つ用のリンク）。どちらも指定せずに、自分を隠すプロキシやトンネル（Host がアドレス、HTTP/1.1、独自のヘッダーなし）を
このコンピューターで動かすと、その先の全員が、このコンピューターからの操作と区別できません。その場合は --public-origin を指定してください。`,
  en: `Only this machine can change settings. With --public-origin, or a --host other than loopback, a secret is required too,
which is printed at the start: a token for programs, a link for one browser. Without these options, a proxy or tunnel on
this machine that hides itself (an address as Host, HTTP/1.1, no header of its own) looks like this machine, and everyone
who can reach it can change settings. Set --public-origin in this case.`,
};

function help(commands: readonly Command[], language: Language): string {
  return [
    titles[language],
    helpOfCommands(commands, language) + helpOfFlags(groups, language),
    `${variables[language]}\n`,
    `${access[language]}\n`,
  ].join("\n");
}

function version(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

/** `honnin-emulator`: starts the emulator and runs until it is stopped. */
export const run: Run = async ({ args, env, language, print, commands }) => {
  const flags = readFlags(
    groups.flatMap((group) => group.flags),
    args,
    env,
  );
  if (flags.has("help")) {
    print(help(commands, language));
    return 0;
  }
  if (flags.has("version")) {
    print(`${version()}\n`);
    return 0;
  }
  const settings = settingsOf(flags);
  const emulator = await startEmulator(settings).catch((error: unknown) => {
    throw withOption(error);
  });
  let certificate: string | undefined;
  try {
    if (settings.https === true) certificate = saveCertificate(emulator, flags);
  } catch (error) {
    await emulator.close();
    throw error;
  }
  stopWhenAsked(emulator, env, language);
  print(announcement(emulator, settings.clients, certificate, language));
  return undefined;
};

function stopWhenAsked(emulator: Emulator, env: NodeJS.ProcessEnv, language: Language): void {
  const failed = { ja: "エミュレーターを終了できませんでした", en: "The emulator did not close" };
  const stop = (): void => {
    emulator.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${failed[language]}: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  if (env.npm_command === "exec") stopWithParent(stop);
}

/** If `npx` is ended by a program, it ends its shell, but not what runs in the shell: the emulator would keep its port, with its old keys. */
function stopWithParent(stop: () => void): void {
  const { ppid } = process;
  const timer = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
}

const texts = {
  ja: {
    emulator: "エミュレーター",
    noClient:
      "クライアントがまだありません。上の URL のページで登録するか、--client-id を付けて起動してください。",
    control: "設定の変更には秘密の値が必要です",
    link: "設定用リンク（1 回のみ）",
    stop: "Ctrl-C で停止します",
  },
  en: {
    emulator: "Emulator",
    noClient: "No client is registered yet. Register one on the page above, or start with --client-id.",
    control: "Settings require a secret",
    link: "Link for one browser, once",
    stop: "Ctrl-C stops the emulator",
  },
};

/** Writes the certificate, which is public, for the site. @returns the absolute path */
function saveCertificate(emulator: Emulator, flags: Flags): string {
  const path = resolve(flags.one("certificate-out")?.text ?? "honnin-emulator.pem");
  try {
    const before = existsSync(path) ? readFileSync(path, "utf8") : "";
    // Never over something else.
    if (before !== "" && !/^-----BEGIN CERTIFICATE-----\n[^-]*-----END CERTIFICATE-----\n$/.test(before)) {
      throw Object.assign(new Error("another file"), { code: "EEXIST" });
    }
    writeFileSync(path, emulator.certificate ?? "");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "error";
    throw new UsageError(
      `証明書を ${path} に書けません（${code}）。--certificate-out にほかのファイルを指定してください。`,
      `The certificate cannot be written to ${path} (${code}): give another file with --certificate-out.`,
    );
  }
  return path;
}

/** What the site needs, as lines that a program can read. */
function announcement(
  emulator: Emulator,
  clients: readonly Client[],
  certificate: string | undefined,
  language: Language,
): string {
  const t = texts[language];
  const { authorizationEndpoint, tokenEndpoint, userinfoEndpoint, signTransactionsEndpoint } = endpoints(
    emulator.issuer,
  );
  const values: Record<string, string> = {
    ISSUER: emulator.issuer,
    AUTHORIZATION_ENDPOINT: authorizationEndpoint,
    TOKEN_ENDPOINT: tokenEndpoint,
    USERINFO_ENDPOINT: userinfoEndpoint,
    JWKS_URI: emulator.jwksUri,
    SIGN_TRANSACTIONS_ENDPOINT: signTransactionsEndpoint,
  };
  for (const { clientId, redirectUris } of clients) {
    values.CLIENT_ID = clientId;
    values.REDIRECT_URI = redirectUris[0] ?? "";
  }
  if (certificate !== undefined) values.NODE_EXTRA_CA_CERTS = certificate;
  const lines = [`${t.emulator}: ${emulator.origin}`, ""];
  for (const [name, value] of Object.entries(values)) lines.push(`  ${name}=${value}`);
  if (clients.length === 0) lines.push("", t.noClient);
  if (emulator.controlToken !== undefined) {
    lines.push("", `${t.control}:`, `  ${t.link}: ${emulator.newControlLink()}`);
    lines.push(`  CONTROL_TOKEN=${emulator.controlToken}`);
  }
  return `${[...lines, "", t.stop].join("\n")}\n`;
}
