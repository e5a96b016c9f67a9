import { resolve } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Client } from "@honnin/emulator";
import { readJsonFile as readNamedJson, readPublicKeys } from "@honnin/emulator/cli";
import { isRealService } from "../browser/real-service.js";
import { UsageError } from "./usage-error.js";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Reads the arguments of a subcommand. @throws UsageError */
export function readArguments<const Some extends Options>(
  command: string,
  args: readonly string[],
  options: Some,
) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, tokens: true });
    const names = parsed.tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
    const twice = names.find((name, at) => names.indexOf(name) < at);
    if (twice !== undefined)
      throw new UsageError(`--${twice} は 1 回だけ指定できます。`, `--${twice} can be given only once.`);
    return parsed;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const [, option] = /'(-[^' ]*)/.exec(error instanceof Error ? error.message : "") ?? [];
    const known = option !== undefined && Object.hasOwn(options, option.replace(/^-+/, ""));
    throw known
      ? new UsageError(
          `${option} の値が正しくないか、足りません。説明は ${command} --help で表示されます。`,
          `${option} needs a value, or takes none; ${command} --help shows which.`,
        )
      : new UsageError(
          `${command} に ${option ?? "この"} というオプションはありません。一覧は ${command} --help で表示されます。`,
          `${command} has no option ${option ?? "like this"}; ${command} --help lists them.`,
        );
  }
}

/** @throws UsageError */
export function readUrl(name: string, text: string, base?: URL): URL {
  let url: URL | undefined;
  try {
    url = new URL(text, base);
  } catch {}
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw new UsageError(
      `${name} は http か https の URL にしてください。例: http://localhost:3000/login`,
      `${name} must be a URL with http or https, such as http://localhost:3000/login.`,
    );
  return url;
}

/** The origin of an emulator. @throws UsageError */
export function readEmulator(text: string): string {
  const url = readUrl("--emulator", text);
  if (isRealService(url))
    throw new UsageError(
      `--emulator に本物のサービス（${url.host}）は指定できません。エミュレーターのアドレスを指定してください。`,
      `--emulator names the real service (${url.host}); give the address of an emulator.`,
    );
  return url.origin;
}

/** @throws UsageError */
export function readWhole(name: string, text: string, [least, most]: readonly [number, number]): number {
  const number = Number(text);
  if (!/^\d{1,9}$/.test(text) || number < least || number > most)
    throw new UsageError(
      `${name} は ${least} から ${most} までの整数にしてください。`,
      `${name} must be a whole number from ${least} to ${most}.`,
    );
  return number;
}

/** @throws UsageError */
export function readJsonFile(name: string, file: string): unknown {
  return readNamedJson({ source: name, text: file }).value;
}

/** Public keys that the service takes. @throws UsageError */
export function readJwks(name: string, file: string): Client["jwks"] {
  return readPublicKeys({ source: name, text: file });
}

/** Whether two options name the same file. */
export function isSameFile(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && resolve(one) === resolve(other);
}
