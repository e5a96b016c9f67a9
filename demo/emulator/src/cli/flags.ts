import type { Bilingual } from "../types.js";

/** An option of a command: `--name`, or the variable {@link variableOf} it. */
export interface Flag {
  readonly name: string;
  /** Stands for the value in the help; without it, the option takes none. */
  readonly value?: string;
  /** Can be given several times; in the variable, separated by spaces. */
  readonly multiple?: boolean;
  readonly help: Bilingual;
  /** An example of a value, for errors. */
  readonly example?: string;
}

export interface FlagGroup {
  readonly title: Bilingual;
  readonly flags: readonly Flag[];
}

const prefix = "HONNIN_EMULATOR_";

export function variableOf(name: string): string {
  // biome-ignore lint/plugin: the names are ours
  return prefix + name.replaceAll("-", "_").toUpperCase();
}

/** The variables of the environment that are meant for the emulator. */
export function ownVariables(env: NodeJS.ProcessEnv): string[] {
  return Object.keys(env).filter((name) => name.startsWith(prefix));
}
