import { parseArgs } from "node:util";
import { nearest } from "../nearest.js";
import { type Flag, ownVariables, variableOf } from "./flags.js";
import { UsageError } from "./usage-error.js";

/** Where a value comes from, for errors: `--port` or `HONNIN_EMULATOR_PORT`. */
export interface Given {
  readonly source: string;
  readonly text: string;
}

/** The options that were given, by name. */
export class Flags {
  readonly #values: ReadonlyMap<string, readonly Given[]>;

  constructor(values: ReadonlyMap<string, readonly Given[]>) {
    this.#values = values;
  }

  all(name: string): readonly Given[] {
    return this.#values.get(name) ?? [];
  }

  one(name: string): Given | undefined {
    return this.all(name)[0];
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }
}

/**
 * Reads a command line and the environment; the command line wins.
 *
 * @throws UsageError
 */
export function readFlags(flags: readonly Flag[], args: readonly string[], env: NodeJS.ProcessEnv): Flags {
  const known = new Map(flags.map((flag) => [flag.name, flag]));
  const values = fromVariables(flags, env);
  for (const [name, given] of fromArguments(known, args)) values.set(name, given);
  return new Flags(values);
}

function fromArguments(known: ReadonlyMap<string, Flag>, args: readonly string[]): Map<string, Given[]> {
  const options = Object.fromEntries(
    [...known.values()].map(({ name, value }) => [
      name,
      { type: value === undefined ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  const { tokens } = parseArgs({
    args: args.map((arg) => (arg === "-h" ? "--help" : arg)),
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, Given[]>();
  for (const token of tokens) {
    if (token.kind === "positional") throw unexpected(token.value);
    if (token.kind !== "option") continue;
    const flag = known.get(token.name);
    if (flag === undefined)
      throw unknown(
        token.rawName,
        [...known.keys()].map((name) => `--${name}`),
      );
    const source = `--${flag.name}`;
    const before = values.get(flag.name) ?? [];
    if (before.length > 0 && !flag.multiple) throw twice(source);
    values.set(flag.name, [...before, { source, text: valueGiven(flag, token.value, token.inlineValue) }]);
  }
  return values;
}

function valueGiven(flag: Flag, value: string | undefined, inline: boolean | undefined): string {
  const { name, value: placeholder, example } = flag;
  if (placeholder === undefined) {
    if (value === undefined) return "true";
    throw new UsageError(`--${name} に値は付けられません。`, `--${name} takes no value.`);
  }
  // After an option without `=`, another option was probably not meant as its value.
  if (value !== undefined && value !== "" && (inline || !/^-./.test(value))) return value;
  const [ja, en] =
    example === undefined ? ["", ""] : [`例: --${name} ${example}`, ` For example: --${name} ${example}`];
  throw new UsageError(
    `--${name} には値（${placeholder}）が必要です。${ja}`,
    `--${name} needs a value (${placeholder}).${en}`,
  );
}

function fromVariables(flags: readonly Flag[], env: NodeJS.ProcessEnv): Map<string, readonly Given[]> {
  const byVariable = new Map(flags.map((flag) => [variableOf(flag.name), flag]));
  const values = new Map<string, readonly Given[]>();
  for (const source of ownVariables(env)) {
    const flag = byVariable.get(source);
    if (flag === undefined) throw unknown(source, [...byVariable.keys()]);
    const text = env[source] ?? "";
    // An empty variable is one that is not set.
    if (text === "") continue;
    if (flag.value === undefined && !/^(true|false|0|1)$/.test(text)) {
      throw new UsageError(`${source} は true か false にしてください。`, `${source} must be true or false.`);
    }
    if (flag.value === undefined && /^(false|0)$/.test(text)) continue;
    const texts = flag.multiple ? text.split(" ").filter((part) => part !== "") : [text];
    values.set(
      flag.name,
      texts.map((part) => ({ source, text: part })),
    );
  }
  return values;
}

function unknown(name: string, names: readonly string[]): UsageError {
  const meant = nearest(name, names);
  return meant === undefined
    ? new UsageError(
        `${name} というオプションはありません。一覧は --help で表示されます。`,
        `There is no option ${name}; --help lists all.`,
      )
    : new UsageError(
        `${name} はありません。${meant} ではありませんか。`,
        `There is no ${name}. Did you mean ${meant}?`,
      );
}

function twice(source: string): UsageError {
  return new UsageError(`${source} は 1 回だけ指定できます。`, `${source} can be given only once.`);
}

function unexpected(text: string): UsageError {
  return new UsageError(
    `「${text}」の前にオプションの名前がありません。一覧は --help で表示されます。`,
    `“${text}” belongs to no option; --help lists all.`,
  );
}
