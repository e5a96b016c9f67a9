// The flags of `npm run bench`.
import type { Plan } from "./rounds.ts";

export interface Options {
  readonly quick: boolean;
  readonly write: boolean;
  /** All if it is empty. */
  readonly only: readonly string[];
  /** All if it is empty. */
  readonly environments: readonly string[];
  readonly plan: Plan;
}

const usage = "npm run bench -- [--quick] [--only job,…] [--in environment,…] [--write]";

const environments = ["Node", "Chromium", "Firefox", "workerd"];

/** @param known the names of all jobs and sections */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  const flags = new Set<string>();
  const lists = new Map([
    ["--only", [] as string[]],
    ["--in", []],
  ]);
  const rest = [...args];
  for (let flag = rest.shift(); flag !== undefined; flag = rest.shift()) {
    const list = lists.get(flag);
    if (flag === "--quick" || flag === "--write") flags.add(flag);
    else if (list === undefined) throw new Error(`${flag} is not a flag of this command. Usage: ${usage}`);
    else list.push(...names(flag, rest.shift() ?? "", flag === "--only" ? known : environments));
  }
  const [only = [], inside = []] = lists.values();
  const [quick, write] = [flags.has("--quick"), flags.has("--write")];
  if (write && only.length + inside.length > 0)
    throw new Error("--write needs all figures: leave out --only and --in.");
  const plan = { rounds: quick ? 5 : 31, least: quick ? 10 : 20, seed: 2026, warmUp: quick ? 400 : 1_000 };
  return { quick, write, only, environments: inside, plan };
}

function names(flag: string, text: string, known: readonly string[]): string[] {
  const found = text.split(",").filter((name) => name !== "");
  const unknown = found.length === 0 ? "nothing" : found.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`${flag} names ${unknown}. Choose from ${known.join(", ")}.`);
  return found;
}
