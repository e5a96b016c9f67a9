// npm run bench: everything in one run. `scripts/bench.mjs` has built and installed what it needs.
import { mkdirSync } from "node:fs";
import { openChromium } from "./environments/chromium.ts";
import type { Environment, Missing } from "./environments/environment.ts";
import { openFirefox } from "./environments/firefox.ts";
import { openNode } from "./environments/node.ts";
import { openWorkerd } from "./environments/workerd.ts";
import { writeFixture } from "./fixtures/index.ts";
import { cache } from "./folders.ts";
import type { JobName } from "./job.ts";
import { jobs } from "./jobs/index.ts";
import { machine } from "./machine.ts";
import { type Options, readOptions } from "./options.ts";
import { progress } from "./progress.ts";
import { page } from "./report/page.ts";
import { writeReport } from "./report/write.ts";
import type { JobResult, Results } from "./results.ts";
import { sections } from "./sections.ts";

/** The longest job needs more memory than workerd gives, and a page of Firefox more time than it is worth. */
const left: Partial<Record<JobName, readonly string[]>> = { "crl-million": ["workerd", "Firefox"] };

const environmentsByName = [
  ["Node", openNode],
  ["Chromium", openChromium],
  ["Firefox", openFirefox],
  ["workerd", openWorkerd],
] as const;

const firstLine = (error: unknown) =>
  String(error instanceof Error ? error.message : error)
    .trim()
    .split("\n")[0] ?? "";

async function runJobs(environments: readonly Environment[], { only, plan }: Options): Promise<JobResult[]> {
  const results: JobResult[] = [];
  for (const [job, { title }] of jobs) {
    if (only.length > 0 && !only.includes(job)) continue;
    const fixture = await progress(`inputs of ${job}`, () => writeFixture(job));
    for (const { name, run } of environments) {
      if (left[job]?.includes(name)) continue;
      const rows = await progress(`${job} in ${name}`, () => run(job, fixture, plan));
      results.push({ job, title, environment: name, rows });
    }
  }
  return results;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), [...jobs.keys(), ...sections.keys()]);
  mkdirSync(cache, { recursive: true });
  const opened: (Environment | Missing)[] = [];
  for (const [name, open] of environmentsByName) {
    if (options.environments.length === 0 || options.environments.includes(name))
      opened.push(await open().catch((error) => ({ name, reason: `does not start: ${firstLine(error)}` })));
  }
  const environments = opened.filter((one): one is Environment => "run" in one);
  const missing = opened.filter((one): one is Missing => !("run" in one));
  try {
    let results: Results = {
      machine: machine(environments, options.plan),
      missing,
      jobs: await runJobs(environments, options),
      native: [],
      cold: [],
      growth: [],
      memory: [],
      bytes: [],
    };
    for (const [name, measure] of sections) {
      if (options.only.length > 0 && !options.only.includes(name)) continue;
      results = { ...results, ...(await progress(name, () => measure(options))) };
    }
    if (options.write) writeReport(results);
    else process.stdout.write(`\n${page(results)}\n`);
  } finally {
    for (const one of environments) await one.close();
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(
    `\n${error instanceof Error ? (process.env.DEBUG ? error.stack : error.message) : error}\n`,
  );
  process.exitCode = 1;
}
