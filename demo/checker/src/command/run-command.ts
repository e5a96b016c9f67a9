import type { ParseArgsConfig } from "node:util";
import { languageOfTerminal } from "@honnin/emulator/cli";
import type { Bilingual } from "../bilingual.js";
import { readArguments } from "./arguments.js";
import { readLanguage } from "./language.js";
import { UsageError } from "./usage-error.js";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** What a subcommand takes, without `--help` and `--lang`, which each has. */
export interface Subcommand<Some extends Options> {
  readonly name: string;
  readonly usage: Bilingual;
  readonly options: Some;
}

const common = { lang: { type: "string" }, help: { type: "boolean", short: "h", default: false } } as const;

export type Values<Some extends Options> = ReturnType<typeof readArguments<Some & typeof common>>["values"];

/** Reads the arguments, and does what they ask for. Returns the exit code; a wrong option ends with 2. */
export async function runCommand<const Some extends Options>(
  { name, usage, options }: Subcommand<Some>,
  args: readonly string[],
  work: (values: Values<Some>, positionals: readonly string[]) => Promise<number>,
): Promise<number> {
  try {
    const { values, positionals } = readArguments(name, args, { ...options, ...common });
    const { help, lang } = values as { help: boolean; lang?: string };
    if (help) {
      process.stdout.write(usage[readLanguage(lang)]);
      return 0;
    }
    return await work(values as Values<Some>, positionals);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.texts[languageOfTerminal(args, process.env)]}\n`);
    return 2;
  }
}
