// Judging the table with a given verifier: runs in every runtime, so it imports nothing.
import type { HonninError, verifyIdToken } from "honnin";
import type { Case } from "./cases.ts";

export interface Verdict {
  readonly name: string;
  readonly actual: string;
  readonly steps: Record<string, string>;
}

/** Judges every case with the given function. */
export async function judge(verify: typeof verifyIdToken, table: readonly Case[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const { name, token, keys, options } of table) {
    const keySet = typeof keys === "string" ? keys : JSON.stringify(keys);
    let actual = "valid";
    let report: HonninError["report"];
    try {
      report = (await verify(token, { ...options, keys: keySet })).report;
    } catch (error) {
      const refusal = error as HonninError;
      actual = refusal.name === "HonninError" ? refusal.code : `not a HonninError: ${String(error)}`;
      report = refusal.report;
    }
    const steps = Object.fromEntries((report?.steps ?? []).map((step) => [step.id, step.status]));
    verdicts.push({ name, actual, steps });
  }
  return verdicts;
}

/** The differences between verdicts and table, one line each; empty when all is right. */
export function differences(verdicts: readonly Verdict[], table: readonly Case[]): string[] {
  const lines: string[] = [];
  for (const [index, { name, expected, steps = {} }] of table.entries()) {
    const verdict = verdicts[index];
    if (verdict?.name !== name) lines.push(`${name}: not judged`);
    else if (verdict.actual !== expected) lines.push(`${name}: ${verdict.actual} instead of ${expected}`);
    for (const [id, status] of Object.entries(steps)) {
      const found = verdict?.steps[id] ?? "absent";
      if (found !== status) lines.push(`${name}: step ${id} ${found} instead of ${status}`);
    }
  }
  return lines;
}
