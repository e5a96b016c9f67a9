import { readLanguage } from "../language.js";
import type { Language } from "../types.js";

/** `--lang`, else HONNIN_EMULATOR_LANG, else the locale (POSIX: LC_ALL, LC_MESSAGES, LANG); English if none is Japanese. */
export function languageOfTerminal(args: readonly string[], env: NodeJS.ProcessEnv): Language {
  const at = args.indexOf("--lang");
  const flag =
    at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith("--lang="))?.slice("--lang=".length);
  const asked = readLanguage(flag) ?? readLanguage(env.HONNIN_EMULATOR_LANG);
  if (asked !== undefined) return asked;
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value) ?? "";
  return /^ja\b|^ja_/i.test(locale) ? "ja" : "en";
}
