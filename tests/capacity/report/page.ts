// The generated part of docs/capacity.md.
import { figure, memoryText, ratioText, table } from "../../bench/report/format.ts";
import { summary } from "../../bench/statistics.ts";
import type { KindCount } from "../counted-store.ts";
import type { Cost, Ratio, Results, Shared } from "../results.ts";
import { millionText } from "./million.ts";

/** What honnin is compared with. */
const bare = "jose + oauth4webapi";

export function page(results: Results): string {
  const { date, machine, plan, ratios, costs, redis, workerd } = results;
  const { rounds, perRound } = plan;
  return [
    `Measured on ${date}: ${machine}. ${rounds} rounds of ${perRound} logins.`,
    `### CPU of a login, in turns\n\n${ratiosTable(ratios)}`,
    `### What each flow costs a process of Node\n\n${costsTable(costs)}`,
    `### Calls of the store\n\n${storeTable(costs)}`,
    `### With a shared store\n\n${sharedTable(redis, workerd)}`,
    `### What a process holds\n\n${heldTable(results)}`,
    `### A million an hour\n\n${millionText(results)}`,
  ].join("\n\n");
}

function ratiosTable(ratios: readonly Ratio[]): string {
  const base = summary(ratios.find(({ name }) => name === bare)?.samples ?? []).median;
  return table(
    ["login", `× ${bare}`, "CPU, µs, median", "quartiles"],
    ratios.map(({ name, samples }) => {
      const { median, low, high } = summary(samples);
      return [name, ratioText(median / base), figure(median), `${figure(low)} – ${figure(high)}`];
    }),
  );
}

const sum = ({ store }: Cost, of: (count: KindCount) => number) =>
  Object.values(store).reduce((all, count) => all + of(count), 0);

function costsTable(costs: readonly Cost[]): string {
  const calls = (count: KindCount) => count.gets + count.creates + count.replaces + count.deletes;
  return table(
    [
      "flow",
      "CPU, µs",
      "bytes of HTTP",
      "calls of the store",
      "bytes to and from it",
      "bytes × seconds in it",
    ],
    costs.map((cost) => [
      cost.name,
      figure(cost.cpu),
      figure(cost.traffic),
      figure(sum(cost, calls)),
      figure(sum(cost, ({ bytes }) => bytes)),
      figure(sum(cost, ({ byteSeconds }) => byteSeconds)),
    ]),
  );
}

function storeTable(costs: readonly Cost[]): string {
  const rows = costs.flatMap(({ name, store }) =>
    Object.entries(store).map(([kind, { gets, creates, replaces, deletes, bytes }]) => [
      `${name}: \`${kind}:…\``,
      ...[gets, creates, replaces, deletes].map((calls) => String(Math.round(calls * 100) / 100)),
      figure(bytes),
    ]),
  );
  return table(["value", "get", "create", "replace", "delete", "bytes"], rows);
}

function sharedTable(redis: readonly Shared[], workerd: readonly Shared[]): string {
  if (redis.length === 0) return "Redis: not found. Name yours in HONNIN_REDIS.";
  return table(
    ["flow", "CPU of the site, µs", "CPU of Redis, µs"],
    [
      ...redis.map(({ name, site, store = 0 }) => [`Node and Redis: ${name}`, figure(site), figure(store)]),
      ...workerd.map(({ name, site }) => [`workerd: ${name}`, figure(site), "–"]),
    ],
  );
}

function heldTable({ resident, perLogin, perStream }: Results): string {
  return table(
    ["", "bytes"],
    [
      ["process after some thousands of logins and handoffs, with its store in memory", memoryText(resident)],
      // The difference of two large numbers: what the collector left over may hide it.
      ["each login that it remembers", perLogin > 0 ? figure(perLogin) : "too few to measure"],
      ["each open event stream", figure(perStream)],
    ],
  );
}
