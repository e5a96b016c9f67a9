import { type CheckResult, exitCodeOf, isFault } from "../check/result.js";
import { problemText } from "./terminal.js";

/** The version of the form of this report. */
const FORMAT = 1;

/** The report as JSON. It contains origins and paths, but no queries: codes and states are in those. */
export function jsonReport(result: CheckResult, strict: boolean): string {
  const { issuer, startedAt, milliseconds, signs, rows, problem } = result;
  return `${JSON.stringify(
    {
      format: FORMAT,
      issuer,
      startedAt: startedAt.toISOString(),
      milliseconds,
      strict,
      exitCode: exitCodeOf(result, strict),
      recognisedBy: signs,
      ...(problem === undefined
        ? {}
        : { problem: { code: problem.code, about: problem.about, message: problemText(problem, "en") } }),
      rows: rows.map(({ row, verdict, status, place, detail, milliseconds: taken }) => ({
        id: row.id,
        procedure: row.procedure,
        target: row.target,
        title: row.title,
        level: row.level,
        sections: row.sections,
        verdict,
        fault: isFault({ row, verdict, milliseconds: taken }, strict),
        ...(status === undefined ? {} : { status }),
        ...(place === undefined ? {} : { place }),
        ...(detail === undefined ? {} : { detail }),
        milliseconds: taken,
      })),
    },
    null,
    2,
  )}\n`;
}
