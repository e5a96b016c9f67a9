import type { Language } from "../types.js";
import type { Command } from "./command.js";
import { type FlagGroup, variableOf } from "./flags.js";

/** The width of a text on a terminal: Japanese characters take two columns. */
function width(text: string): number {
  return [...text].reduce(
    (sum, character) => sum + (/[\u3000-\u9fff\uff00-\uffef]/.test(character) ? 2 : 1),
    0,
  );
}

const COLUMNS = 100;
const INDENT = 28;

/** Words, single Japanese characters with the punctuation after them, and spaces. */
const pieces = /[^ \u3000-\u9fff\uff00-\uffef]+[。、）]?| |[\u3000-\u9fff\uff00-\uffef][。、）]*/g;

/** Breaks before a piece, and indents the lines after the first. */
function wrap(text: string): string {
  const lines = [""];
  for (const [piece] of text.matchAll(pieces)) {
    const line = lines.at(-1) ?? "";
    if (width(line + piece) <= COLUMNS - INDENT) lines[lines.length - 1] = line + piece;
    else lines.push(piece === " " ? "" : piece);
  }
  return lines.map((line) => line.replace(/ $/, "")).join(`\n${" ".repeat(INDENT)}`);
}

function row(left: string, right: string): string {
  const gap = left.length < INDENT - 3 ? " ".repeat(INDENT - 2 - left.length) : `\n${" ".repeat(INDENT)}`;
  return `  ${left}${gap}${wrap(right)}`;
}

/** The options, group by group, each with its variable. */
export function helpOfFlags(groups: readonly FlagGroup[], language: Language): string {
  return groups
    .map(({ title, flags }) => {
      const rows = flags.map(({ name, value, help }) =>
        row(`--${name}${value === undefined ? "" : ` ${value}`}`, help[language]),
      );
      return `${title[language]}\n${rows.join("\n")}\n`;
    })
    .join("\n");
}

/** The commands, if there is a choice. */
export function helpOfCommands(commands: readonly Command[], language: Language): string {
  if (commands.length < 2) return "";
  const title = {
    ja: "コマンド（honnin-emulator コマンド名 --help で説明）",
    en: "Commands (honnin-emulator COMMAND --help explains one)",
  };
  return `${title[language]}\n${commands.map(({ name, summary }) => row(name, summary[language])).join("\n")}\n\n`;
}

export const variables = {
  ja: `どのオプションも環境変数で指定できます: --client-id は ${variableOf("client-id")}。値が複数のときは空白で区切ります。コマンドラインが優先します。`,
  en: `Each option has a variable of the environment: --client-id is ${variableOf("client-id")}. Several values are separated by spaces. The command line wins.`,
};
