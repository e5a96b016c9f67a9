import { languageOfTerminal } from "@honnin/emulator/cli";
import type { Language } from "../bilingual.js";
import { UsageError } from "./usage-error.js";

/** As asked for, else as the terminal is set. */
export function readLanguage(asked: string | undefined): Language {
  if (asked !== undefined && asked !== "ja" && asked !== "en")
    throw new UsageError("--lang は ja か en にしてください。", "--lang must be ja or en.");
  return languageOfTerminal(asked === undefined ? [] : ["--lang", asked], process.env);
}
