import { nearest } from "../nearest.js";
import type { Command } from "./command.js";
import { explain } from "./failures.js";
import { languageOfTerminal } from "./language.js";
import { start } from "./start-command.js";
import { UsageError } from "./usage-error.js";

/** The command that the first argument names; options alone are those of `start`. */
function commandOf(first: string | undefined, commands: readonly Command[]): Command | undefined {
  if (first === undefined || first.startsWith("-")) return undefined;
  const command = commands.find(({ name }) => name === first);
  if (command !== undefined) return command;
  const names = commands.map(({ name }) => name);
  const meant = nearest(first, names);
  throw new UsageError(
    meant === undefined
      ? `「${first}」というコマンドはありません。オプションの名前は -- で始まります。説明は --help で表示されます。`
      : `「${first}」というコマンドはありません。${meant} ではありませんか。`,
    meant === undefined
      ? `There is no command “${first}”; names of options start with --. --help explains them.`
      : `There is no command “${first}”. Did you mean ${meant}?`,
  );
}

export interface Output {
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

/**
 * Runs a command line.
 *
 * @param more commands beside `start`
 * @returns the exit code; `undefined` if the process goes on
 */
export async function dispatch(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { print, complain }: Output,
  more: readonly Command[] = [],
): Promise<number | undefined> {
  const language = languageOfTerminal(args, env);
  const commands = [start, ...more];
  try {
    const named = commandOf(args[0], commands);
    const run = await (named ?? start).load();
    return await run({ args: named === undefined ? args : args.slice(1), env, language, print, commands });
  } catch (error) {
    const { text, exitCode } = explain(error, language);
    complain(`honnin-emulator: ${text}\n`);
    return exitCode;
  }
}
