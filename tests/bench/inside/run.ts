// Runs one job where the clock runs too: in Node and in a browser's page.
import type { JobName, Row, Tools } from "../job.ts";
import { jobs } from "../jobs/index.ts";
import { type Plan, rounds } from "../rounds.ts";
import { prepare } from "./prepared.ts";

export async function run(name: JobName, fixture: unknown, tools: Tools, plan: Plan): Promise<Row[]> {
  const job = jobs.get(name);
  if (job === undefined) throw new Error(`no job is called ${name}`);
  const { only } = plan;
  const variants = job.variants.filter((one) => only === undefined || only.includes(one.name));
  const prepared = await prepare({ ...job, variants }, fixture, tools);
  const timed = async (variant: string, iterations: number) => {
    const start = performance.now();
    await prepared.repeat(variant, iterations);
    return performance.now() - start;
  };
  const samples = await rounds(prepared.names, timed, plan);
  return [...[...samples].map(([name, samples]) => ({ name, samples })), ...prepared.refused];
}
