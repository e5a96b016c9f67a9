import type { Bilingual, Language } from "../bilingual.js";
import { type CheckResult, exitCodeOf, isFault, type Problem, type RowResult } from "../check/result.js";
import { allowed, problems, targets, terminal, verdicts } from "./texts.js";

export function problemText({ code, texts }: Problem, language: Language): string {
  return problems[code][language].replace("{}", () => printable(texts[language]) || "–");
}

/** The beginning of the table: how a login is recognised is known only at its end. */
export function headLines(issuer: string, language: Language): string {
  return `${terminal.issuer[language]}: ${issuer}\n`;
}

/** One row as soon as it is known. `heading`: if it is the first of its target. */
export function rowLine(result: RowResult, language: Language, strict: boolean, heading: boolean): string {
  const { row, verdict, status } = result;
  const mark = isFault(result, strict)
    ? "NG"
    : verdict === "unclear" || verdict === "unchecked"
      ? "??"
      : "ok";
  const name = verdicts[verdict][language] + (status === undefined ? "" : ` ${status}`);
  const title = heading ? `\n${(targets[row.target] ?? both(row.target))[language]}\n` : "";
  return `${title}  ${mark} ${pad(name, 14)} ${pad(row.id, 34)} ${pad(row.title[language], 42)} ${row.sections.join(", ")}\n`;
}

/** What follows the table. */
export function tailLines(result: CheckResult, language: Language, strict: boolean): string {
  const lines = [""];
  const [login, signature] = result.signs;
  if (login !== undefined) lines.push(`${terminal.sign[language]}: ${printable(login)}`);
  if (signature !== undefined) lines.push(`${terminal.signature[language]}: ${printable(signature)}`);
  const remarks = result.rows.flatMap(({ row, verdict, detail }) => {
    if (verdict === "accepted" && row.level !== "cope") {
      const leave = row.level === "may" ? allowed[language] : undefined;
      const reason = [leave, row.remark?.[language]].filter((part) => part !== undefined);
      return reason.length === 0 ? [] : [`  ${row.id}: ${reason.join(language === "ja" ? "。" : ". ")}`];
    }
    return detail === undefined ? [] : [`  ${row.id}: ${printable(detail)}`];
  });
  if (remarks.length > 0) lines.push("", `${terminal.remarks[language]}:`, ...remarks);
  const counts = Object.entries(verdicts).flatMap(([verdict, name]) => {
    const count = result.rows.filter((one) => one.verdict === verdict).length;
    return count === 0 ? [] : [`${name[language]} ${count}`];
  });
  lines.push("", counts.join(language === "ja" ? "、" : ", "));
  if (result.problem !== undefined) lines.push(problemText(result.problem, language));
  lines.push(terminal.outcome[exitCodeOf(result, strict)][language]);
  return `${lines.join("\n")}\n`;
}

const both = (text: string): Bilingual => ({ ja: text, en: text });

/** What a site says may contain anything: no control characters reach the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "�").slice(0, 500);
}

/** Fills up to a width, where Japanese characters take two columns. */
function pad(text: string, width: number): string {
  const columns = [...text].reduce(
    (sum, one) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/u.test(
        one,
      )
        ? 2
        : 1),
    0,
  );
  return text + " ".repeat(Math.max(0, width - columns));
}
