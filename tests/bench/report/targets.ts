// The table of targets.
import type { Missing } from "../environments/environment.ts";
import type { Outcome } from "../targets.ts";
import { bytesText, ratioText, table } from "./format.ts";

const signs = { ratio: "≥", bytes: "≤", share: "≤" };

const valueText = (kind: Outcome["kind"], value: number | undefined) => {
  if (value === undefined) return "–";
  return kind === "bytes" ? bytesText(value) : ratioText(value);
};

const boundText = (kind: Outcome["kind"], value: number | undefined) =>
  value === undefined ? "–" : `${signs[kind]} ${valueText(kind, value)}`;

/** @param missing environments that are not there, and why */
export function targetsTable(outcomes: readonly Outcome[], missing: readonly Missing[] = []): string {
  const reasonOf = (environment: Outcome["environment"]) =>
    missing.find(({ name }) => name === environment)?.reason;
  const rows = outcomes.map(({ job, environment, kind, safe, goal, figure, verdict }) => [
    job,
    environment === "all" ? "" : environment,
    boundText(kind, safe),
    boundText(kind, goal),
    valueText(kind, figure),
    resultText(verdict, reasonOf(environment)),
  ]);
  return table(["job", "in", "target", "goal", "reached", "result"], rows);
}

function resultText(verdict: Outcome["verdict"], reason: string | undefined): string {
  if (verdict === "missed") return "**missed**";
  return verdict === "not measured" && reason !== undefined ? reason : verdict;
}
