import type { Bilingual, Language } from "../types.js";

/** What a command is given. */
export interface Invocation {
  /** After the name of the command. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly language: Language;
  /** To standard output. */
  readonly print: (text: string) => void;
  /** All commands, for the help. */
  readonly commands: readonly Command[];
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
