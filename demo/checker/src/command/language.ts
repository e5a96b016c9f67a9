import type { Language } from "../bilingual.js";
import { UsageError } from "./usage-error.js";

/** As asked for, else as the terminal is set. */
export function readLanguage(asked: string | undefined): Language {
  if (asked === "ja" || asked === "en") return asked;
  if (asked !== undefined) throw new UsageError("--lang must be ja or en.");
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return (LC_ALL || LC_MESSAGES || LANG || "").startsWith("ja") ? "ja" : "en";
}
