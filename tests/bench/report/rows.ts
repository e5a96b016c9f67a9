// One table for one job in one environment: ratios first.
import type { Row } from "../job.ts";
import { summary } from "../statistics.ts";
import { honnin, ratioIn } from "../targets.ts";
import { figure, ratioText, table } from "./format.ts";

/** @param unit of the samples */
export function rowsTable(rows: readonly Row[], unit: string): string {
  const measured = rows.filter(({ samples }) => samples !== undefined);
  const byRatio = [...measured].sort(
    (one, other) =>
      Number(other.name === honnin) - Number(one.name === honnin) ||
      (ratioIn(rows, one.name) ?? 0) - (ratioIn(rows, other.name) ?? 0),
  );
  const lines = byRatio.map(({ name, samples = [] }) => {
    const { median, low, high } = summary(samples);
    const ratio = ratioIn(rows, name);
    return [
      name,
      ratio === undefined ? "–" : ratioText(ratio),
      figure(median),
      `${figure(low)} – ${figure(high)}`,
    ];
  });
  const others = rows
    .filter(({ samples }) => samples === undefined)
    .map(({ name, reason = "" }) => [name, "–", "–", inOneLine(reason)]);
  return table(["variant", "× honnin", `median, ${unit}`, "quartiles, or the reason"], [...lines, ...others]);
}

const inOneLine = (reason: string) => reason.replaceAll(/\s+/g, " ").slice(0, 160);
