// From the figures of one flow to a million an hour. The assumptions are in docs/capacity.md, above the generated part.
import { figure, memoryText, table } from "../../bench/report/format.ts";
import type { KindCount } from "../counted-store.ts";
import type { Cost, Results, Shared } from "../results.ts";

const RATE = 1_000_000 / 3_600;
/** Seconds for which the computer of a handoff shows its page: scanning, typing, and the card. */
const WAIT = 45;
/** Seconds for which the phone's page asks for the state, and between two of its requests. */
const [LOOK_FOR, LOOK_EVERY] = [15, 2];

/** Cloudflare's published prices in dollars for a million, beyond what is included. */
const prices = { request: 0.3, cpuMs: 0.02, objectRequest: 0.15, rowRead: 0.001, rowWritten: 1 };

interface Load {
  readonly name: string;
  /** Microseconds of CPU: Node with its store in memory. */
  readonly cpu: number;
  readonly redis: Shared | undefined;
  readonly workerd: Shared | undefined;
  readonly requests: number;
  readonly gets: number;
  readonly creates: number;
  readonly replaces: number;
  readonly deletes: number;
  readonly byteSeconds: number;
}

export function millionText({ costs, redis, workerd }: Results): string {
  const of = (name: string) => costs.find((cost) => cost.name === name);
  const [login, handoff, poll, second] = [
    of("login"),
    of("handoff, without waiting"),
    of("one poll of the state"),
    of("one second of an open event stream"),
  ];
  if (!login || !handoff || !poll || !second) return "";
  const shared = (rows: readonly Shared[], start: string) => rows.find(({ name }) => name.startsWith(start));
  const loads: Load[] = [
    {
      name: "logins",
      ...load([[login, 1]]),
      redis: shared(redis, "login"),
      workerd: shared(workerd, "login, Durable Objects"),
      requests: 2,
    },
    {
      name: `handoffs of ${WAIT} s`,
      ...load([
        [handoff, 1],
        [second, WAIT],
        [poll, LOOK_FOR / LOOK_EVERY],
      ]),
      redis: shared(redis, "handoff"),
      workerd: shared(workerd, "handoff"),
      // Each stream ends after 25 s.
      requests: 10 + Math.ceil(WAIT / 25) + LOOK_FOR / LOOK_EVERY,
    },
  ];
  return `${serversTable(loads)}\n\n${cloudflareTable(loads)}`;
}

function load(parts: readonly (readonly [cost: Cost, times: number])[]) {
  const all = (pick: (count: KindCount) => number) =>
    parts.reduce(
      (sum, [{ store }, times]) =>
        sum + times * Object.values(store).reduce((one, count) => one + pick(count), 0),
      0,
    );
  return {
    cpu: parts.reduce((sum, [{ cpu }, times]) => sum + times * cpu, 0),
    gets: all(({ gets }) => gets),
    creates: all(({ creates }) => creates),
    replaces: all(({ replaces }) => replaces),
    deletes: all(({ deletes }) => deletes),
    byteSeconds: all(({ byteSeconds }) => byteSeconds),
  };
}

const callsOf = ({ gets, creates, replaces, deletes }: Load) => gets + creates + replaces + deletes;

function serversTable(loads: readonly Load[]): string {
  const cores = (cpu: number) => figure((RATE * cpu) / 1e6);
  return table(
    ["on Node and Redis, a million an hour", ...loads.map(({ name }) => name)],
    [
      ["each second", ...loads.map(() => figure(RATE))],
      ["cores of the handler, fully used", ...loads.map(({ cpu }) => cores(cpu))],
      ["calls of Redis each second", ...loads.map((one) => figure(RATE * callsOf(one)))],
      [
        "cores of Redis, which uses one",
        // What was measured, and as much for each further call.
        ...loads.map((one) => {
          const { redis } = one;
          const waiting = one.name === "logins" ? 0 : WAIT + LOOK_FOR / LOOK_EVERY;
          return redis === undefined
            ? "–"
            : cores((redis.store ?? 0) * (callsOf(one) / (callsOf(one) - waiting)));
        }),
      ],
      ["bytes of keys and values in it", ...loads.map(({ byteSeconds }) => memoryText(RATE * byteSeconds))],
    ],
  );
}

function cloudflareTable(loads: readonly Load[]): string {
  const rows = loads.map((one) => {
    const { requests, gets, creates, replaces, workerd } = one;
    const alarms = creates;
    const objectRequests = callsOf(one) + alarms;
    const read = gets + creates + replaces + alarms;
    // Value and alarm; and what the alarm deletes.
    const written = 2 * (creates + replaces) + 2 * alarms;
    const cpuMs = (workerd?.site ?? one.cpu) / 1_000;
    const cost =
      requests * prices.request +
      cpuMs * prices.cpuMs +
      objectRequests * prices.objectRequest +
      read * prices.rowRead +
      written * prices.rowWritten;
    return { requests, objectRequests, read, written, cpuMs, cost, alarms };
  });
  type Row = (typeof rows)[number];
  const line = (title: string, pick: (row: Row) => number) => [
    title,
    ...rows.map((row) => figure(pick(row))),
  ];
  return table(
    ["on Workers and Durable Objects, each", ...loads.map(({ name }) => name)],
    [
      line("requests of Workers", ({ requests }) => requests),
      line("CPU of workerd, ms, objects included", ({ cpuMs }) => cpuMs),
      line("objects, each with an alarm", ({ alarms }) => alarms),
      line("requests of objects, alarms included", ({ objectRequests }) => objectRequests),
      line("the same each second, for a million an hour", ({ objectRequests }) => RATE * objectRequests),
      line("rows read", ({ read }) => read),
      line("rows written", ({ written }) => written),
      line("dollars for a million, without what is included and without duration", ({ cost }) => cost),
    ],
  );
}
