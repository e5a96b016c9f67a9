// Runs environments one after another, prints what came out, and writes it into the page.
import { environments } from "./environments.ts";
import { table, writePage } from "./report.ts";
import { runEnvironment } from "./run-environment.ts";

const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith("--"));
const isNamed = (name: string) => names.some((wanted) => name === wanted || name.startsWith(`${wanted}-`));
const unknown = names.filter(
  (wanted) => !environments.some(({ name }) => name === wanted || name.startsWith(`${wanted}-`)),
);
if (unknown.length > 0) {
  process.stderr.write(
    `No environment is called ${unknown.join(", ")}. There are: ${environments.map(({ name }) => name).join(", ")}\n`,
  );
  process.exit(1);
}

const chosen = environments.filter(({ name }) => names.length === 0 || isNamed(name));
const results = [];
for (const environment of chosen) {
  process.stdout.write(`── ${environment.title}\n`);
  const start = performance.now();
  const rows = await runEnvironment(environment, ({ place, failure, notPossible }) => {
    const mark = failure !== undefined ? "FAILED" : notPossible !== undefined ? "not possible" : "ok";
    process.stdout.write(`   ${mark.padEnd(7)}${place}\n`);
    if (failure ?? notPossible)
      process.stdout.write(`${(failure ?? notPossible ?? "").replace(/^/gm, "     ")}\n`);
  });
  process.stdout.write(`   (${((performance.now() - start) / 1000).toFixed(1)} s)\n`);
  results.push({ environment, rows });
  if (args.includes("--write")) writePage(environments, results);
}
process.stdout.write(`\n${table(results)}\n`);
if (results.some(({ rows }) => rows.some(({ failure }) => failure !== undefined))) process.exitCode = 1;
