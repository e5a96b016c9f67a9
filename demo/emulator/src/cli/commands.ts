import type { Bilingual, Language } from "../types.js";

/** What a command is given. */
export interface Invocation {
  /** After the name of the command. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly language: Language;
  /** To standard output. */
  readonly print: (text: string) => void;
}

/** Runs a command; resolves with the exit code, or `undefined` if the process goes on. */
export type Run = (invocation: Invocation) => Promise<number | undefined>;

export interface Command {
  readonly name: string;
  /** One line of `honnin-emulator --help`. */
  readonly summary: Bilingual;
  /** Loaded when it is needed. The command handles `--help` itself. */
  readonly load: () => Promise<Run>;
}

/** Runs if no command is named. */
export const start: Command = {
  name: "start",
  summary: {
    ja: "エミュレーターを起動します。コマンド名は省略できます。",
    en: "Starts the emulator. The name of this command can be left out.",
  },
  load: async () => (await import("./start.js")).run,
};

/** A new command is a new row. */
export const commands: readonly Command[] = [start];
