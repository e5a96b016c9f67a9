// The table of targets.
import type { Outcome } from "../targets.ts";
import { bytesText, ratioText, table } from "./format.ts";

const signs = { ratio: "≥", bytes: "≤", share: "≤" };

const valueText = (kind: Outcome["kind"], value: number | undefined) => {
  if (value === undefined) return "–";
  return kind === "bytes" ? bytesText(value) : ratioText(value);
};

const boundText = (kind: Outcome["kind"], value: number | undefined) =>
  value === undefined ? "–" : `${signs[kind]} ${valueText(kind, value)}`;

export function targetsTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ job, environment, kind, safe, goal, figure, verdict }) => [
    job,
    environment === "all" ? "" : environment,
    boundText(kind, safe),
    boundText(kind, goal),
    valueText(kind, figure),
    verdict === "missed" ? "**missed**" : verdict,
  ]);
  return table(["job", "in", "target", "goal", "reached", "result"], rows);
}
