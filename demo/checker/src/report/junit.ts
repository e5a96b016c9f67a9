import type { Language } from "../bilingual.js";
import { type CheckResult, isFault, type RowResult } from "../check/result.js";
import { printable, problemText } from "./terminal.js";
import { verdicts } from "./texts.js";

/** The report as JUnit XML, which CI systems read: a fault is a failure, what was not checked an error. */
export function junitReport(result: CheckResult, language: Language, strict: boolean): string {
  const suites = [...new Set(result.rows.map(({ row }) => row.procedure))].map((procedure) => {
    const rows = result.rows.filter(({ row }) => row.procedure === procedure);
    const cases = rows.map((one) => testCase(one, language, strict));
    const count = (tag: string) => cases.filter((text) => text.includes(`<${tag}`)).length;
    const attributes = `name="${procedure}" tests="${rows.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
    return `<testsuite ${attributes} timestamp="${result.startedAt.toISOString()}">\n${cases.join("\n")}\n</testsuite>`;
  });
  const problem =
    result.problem === undefined ? "" : `<!-- ${comment(problemText(result.problem, language))} -->\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="honnin-emulator check">\n${problem}${suites.join("\n")}\n</testsuites>\n`;
}

function testCase(result: RowResult, language: Language, strict: boolean): string {
  const { row, verdict, status, place, detail, milliseconds } = result;
  const attributes = `classname="${escaped(`${row.procedure}.${row.target}`)}" name="${escaped(`${row.id}: ${row.title[language]}`)}" time="${(milliseconds / 1000).toFixed(3)}"`;
  const message = `message="${escaped(`${verdicts[verdict][language]}: ${row.sections.join(", ")}`)}"`;
  const text = escaped(
    [status === undefined ? "" : `${status} ${place ?? ""}`, row.remark?.[language] ?? "", detail ?? ""]
      .filter((part) => part !== "")
      .join("\n"),
  );
  const outcome = isFault(result, strict)
    ? `<failure ${message}>${text}</failure>`
    : verdict === "unclear" || verdict === "unchecked"
      ? `<error ${message}>${text}</error>`
      : verdict === "not-asked"
        ? `<skipped ${message}/>`
        : "";
  return `<testcase ${attributes}>${outcome}</testcase>`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&apos;",
  };
  return text
    .split("\n")
    .map(printable)
    .join("\n")
    .replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

const comment = (text: string): string => printable(text).replaceAll("--", "- -").replace(/-$/, "- ");
