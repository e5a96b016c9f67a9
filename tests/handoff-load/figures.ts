// A run in a few lines.
import type { Run } from "./run.ts";

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function spread(samples: readonly number[], digits: number): string {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * sorted.length)] ?? 0).toFixed(digits);
  return `median ${at(0.5)}, 95 % ${at(0.95)}, 99 % ${at(0.99)}, most ${at(1 - 1 / sorted.length)}`;
}

export function figures({ outcomes, entries, kills, lost, seconds, times }: Run): string[] {
  const failed = outcomes.filter(({ end }) => end === "failed").map(({ code = "" }) => code);
  const completed = outcomes.filter(({ end }) => end === "completed");
  const [ends, roles] = [outcomes.map(({ end }) => end), outcomes.map(({ role }) => role)];
  return [
    `${outcomes.length} handoffs in ${seconds.toFixed(1)} s, ${(outcomes.length / seconds).toFixed(1)} per second: ${JSON.stringify(counted(ends))}`,
    `failed with ${JSON.stringify(counted(failed))}; calls of onLogin: ${[...entries.values()].flat().length}`,
    `${kills} kills, requests without an answer: ${JSON.stringify(Object.fromEntries(lost))}, ${outcomes.filter((one) => one.lost > 0).length} handoffs that lost one`,
    `${times.length} requests, ${Math.round(times.length / seconds)} per second; milliseconds: ${spread(times, 0)}`,
    `seconds to the session: ${spread(
      completed.map((one) => one.seconds),
      1,
    )}`,
    `roles: ${JSON.stringify(counted(roles))}`,
  ];
}
