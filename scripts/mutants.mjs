// npm run mutants: faults planted one at a time in what verifies, each shown to the project's own tests. Every mutant of
// the checks of paths, names, policies, CRLs and OCSP responses, and a seeded sample of the rest. `--jobs N` at a time;
// `--shard K/N` for a part, whose results join those of the other parts; `--list` only counts. What an earlier run caught is
// not tried again (`--fresh` does), so that tests can be written for what survived.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { command, Failure, root, run } from "./lib/process.mjs";

const checks = [
  "anchor",
  "anchor_check",
  "checks",
  "crl",
  "crl_check",
  "crl_scan",
  "crl_scope",
  "distribution_point",
  "hosts",
  "name_constraints",
  "ocsp",
  "ocsp_check",
  "path",
  "policy",
  "revocation",
  "validate",
].map((name) => `crate/src/x509/${name}.rs`);
/** Whose tests are shown a module's mutants first: parts of their names. What survives them is shown to all. */
const tests = {
  x509: ["x509_"],
  signature: ["signature", "ecdsa", "digest", "x509_test_card", "id_token"],
  cms: ["cms", "pdf"],
  jose: ["id_token", "json", "boundary"],
  jpki: ["jpki", "holder"],
  package: ["package"],
};
/** Thousands of random changes each: what they notice, a test of one rule has to notice first. */
const slow = [
  "mutat",
  "every_bit",
  "every_single_bit",
  "every_change",
  "every_cut",
  "every_flipped",
  "never_panic",
];
const skipped = [...slow, "agrees_with_serde_json", "no_square"].flatMap((name) => ["--skip", name]);
const sampled = 300;
const seed = 5280;

/** Not by line: it is the same mutant when lines are added above it. */
const nameOf = (mutant) => `${mutant.file} ${mutant.name.replace(/^\S+: /, "")}`;
const moduleOf = (mutant) => mutant.file.split("/")[2];

function options(args) {
  const given = { jobs: "2", shard: undefined, list: false, fresh: false };
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at];
    if (word === "--list" || word === "--fresh") given[word.slice(2)] = true;
    else if ((word === "--jobs" || word === "--shard") && args[at + 1]) {
      given[word.slice(2)] = args[at + 1];
      at += 1;
    } else
      throw new Failure(
        `${word} is not an option, or lacks its value: --jobs N, --shard K/N, --list, --fresh.`,
      );
  }
  return given;
}

/** `count` of them, the same ones for the same list. */
function sample(list, count) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const left = [...list];
  const chosen = [];
  while (chosen.length < count && left.length > 0)
    chosen.push(left.splice(Math.floor(random() * left.length), 1)[0]);
  return chosen;
}

async function listed() {
  const files = Object.keys(tests).flatMap((name) => ["--file", `crate/src/${name}/**/*.rs`]);
  const { output } = await run("cargo", ["mutants", "--list", "--json", ...files]);
  return JSON.parse(output.slice(output.indexOf("[")));
}

function explanations() {
  const list = JSON.parse(readFileSync(join(root, "crate", "mutants.json"), "utf8"));
  return new Map(list.map((entry) => [`crate/src/${entry.file} ${entry.mutation}`, entry]));
}

function report(outcomes) {
  const explained = explanations();
  const rows = new Map();
  const survivors = [];
  for (const { scenario, summary } of outcomes) {
    const mutant = scenario.Mutant;
    if (!mutant || summary === "Unviable") continue;
    const row = rows.get(moduleOf(mutant)) ?? { mutants: 0, caught: 0, explained: 0 };
    rows.set(moduleOf(mutant), row);
    row.mutants += 1;
    if (summary === "CaughtMutant" || summary === "Timeout") row.caught += 1;
    else if (explained.has(nameOf(mutant))) row.explained += 1;
    else survivors.push(`${mutant.file}:${mutant.span.start.line}: ${nameOf(mutant).replace(/^\S+ /, "")}`);
  }
  const all = { mutants: 0, caught: 0, explained: 0 };
  for (const row of rows.values()) for (const key of Object.keys(all)) all[key] += row[key];
  const percent = (row) => ((100 * (row.caught + row.explained)) / Math.max(1, row.mutants)).toFixed(1);
  for (const [name, row] of [...rows, ["all", all]])
    process.stdout.write(
      `${name.padEnd(10)} ${row.mutants} mutants, ${row.caught} caught, ${row.explained} explained: ${percent(row)} %\n`,
    );
  for (const survivor of survivors) process.stdout.write(`SURVIVED ${survivor}\n`);
  return (all.caught + all.explained) / Math.max(1, all.mutants);
}

await command(async (args) => {
  const given = options(args);
  if ((await run("cargo", ["mutants", "--version"], { check: false })).code !== 0)
    throw new Failure("cargo-mutants was not found. Install it: cargo install --locked cargo-mutants.");
  const mutants = await listed();
  const isCheck = (mutant) => checks.includes(mutant.file);
  const rest = mutants.filter((mutant) => !isCheck(mutant));
  const chosen = sample(rest, sampled);
  process.stdout.write(
    `${mutants.length - rest.length} mutants of the checks, ${chosen.length} of the other ${rest.length}\n`,
  );
  if (given.list) return;

  const output = join(root, "target", "mutants.out");
  if (given.fresh) rmSync(output, { recursive: true, force: true });
  const part = given.shard ? `-${given.shard.replace("/", "-of-")}` : "";
  const shard = given.shard ? ["--shard", given.shard] : [];
  const outcomesIn = (folder) => {
    const file = join(output, folder, "mutants.out", "outcomes.json");
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).outcomes : undefined;
  };
  const show = async (folder, some, more, filter) => {
    mkdirSync(join(output, folder), { recursive: true });
    const exactly = some.flatMap(({ name }) => ["--re", `^${name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`]);
    const how = ["--output", join(output, folder), "--jobs", given.jobs, "--colors", "never"];
    // Else every test's program would be built for each.
    const built = ["--cargo-arg=--test", "--cargo-arg=covering"];
    const shown = ["--", ...filter, ...skipped];
    await run("cargo", ["mutants", ...how, ...built, ...more, ...exactly, "--", ...shown], {
      show: true,
      check: false,
    });
    return outcomesIn(folder) ?? [];
  };
  const survived = ({ scenario, summary }) => scenario.Mutant && summary === "MissedMutant";
  for (const [module, filter] of Object.entries(tests)) {
    const some = [...mutants.filter(isCheck), ...chosen].filter((mutant) => moduleOf(mutant) === module);
    const folder = `${module}${part}`;
    const files = ["--file", `crate/src/${module}/**/*.rs`];
    const outcomes = outcomesIn(folder) ?? (await show(folder, some, [...files, ...shard], filter));
    const names = new Set(outcomes.filter(survived).map(({ scenario }) => nameOf(scenario.Mutant)));
    const left = mutants.filter((mutant) => names.has(nameOf(mutant)));
    if (left.length > 0) await show(`${folder}-again`, left, files, []);
  }

  const folders = readdirSync(output).filter((folder) => !folder.endsWith("-again"));
  const outcomes = folders.flatMap((folder) => {
    const again = outcomesIn(`${folder}-again`) ?? [];
    const tried = again.filter(({ scenario }) => scenario.Mutant);
    const name = ({ scenario }) => nameOf(scenario.Mutant);
    const caught = new Set(tried.map(name));
    for (const outcome of tried.filter(survived)) caught.delete(name(outcome));
    return (outcomesIn(folder) ?? []).map((outcome) =>
      survived(outcome) && caught.has(name(outcome)) ? { ...outcome, summary: "CaughtMutant" } : outcome,
    );
  });
  if (report(outcomes) < 0.95) throw new Failure("Fewer than 95 % of the mutants were caught or explained.");
});
