// npm run mutants: plants one fault at a time in the verifier and runs the project's own tests: every mutant of the checks of
// paths, names, policies, CRLs and OCSP responses, and a seeded sample of the others. `--jobs N` runs N at a time; `--list` only
// counts. Mutants that an earlier run caught are not tried again, so that you can write tests for the survivors; `--fresh` tries
// all of them.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, Failure, root, run } from "./lib/process.mjs";

/** The checks of which every mutant is tried: their files, by parts of names, and the tests that run first. */
const checks = {
  revocation: {
    files:
      "crl crl_scan distribution_point ocsp revocation_status verify/crl_check verify/crl_scope verify/evidence verify/ocsp_check verify/revocation",
    tests: [
      "x509_crl",
      "x509_delta",
      "x509_ocsp",
      "x509_revo",
      "x509_limits",
      "x509_costs",
      "inspect",
      "package_evidence",
    ],
  },
  names: {
    files: "hosts name_constraints",
    tests: ["x509_names", "x509_anchors", "x509_path_steps", "x509_exact"],
  },
  paths: {
    files:
      "anchor policy verify/anchor_check verify/checks verify/path verify/policy_graph verify/pool verify/restriction verify/state verify/validate",
    tests: ["x509_path", "x509_policy", "x509_anchors", "x509_exact"],
  },
};
/** The modules of whose other mutants a sample is tried. */
const modules = {
  x509: ["x509_"],
  signature: ["signature", "ecdsa", "digest", "x509_test_card", "id_token"],
  cms: ["cms", "pdf"],
  jose: ["id_token", "json", "boundary"],
  jpki: ["jpki", "holder"],
  signer: ["boundary_certificates", "package"],
  package: ["package"],
};
/** Left out: they make thousands of random changes each. A test of a single rule must detect the mutant. */
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

/** Without the line number: the mutant stays the same if lines are added above it. */
const nameOf = (mutant) => `${mutant.file} ${mutant.name.replace(/^\S+: /, "")}`;
const moduleOf = (mutant) => mutant.file.split("/")[2];

function options(args) {
  const given = { jobs: "2", list: false, fresh: false };
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at];
    if (word === "--list" || word === "--fresh") given[word.slice(2)] = true;
    else if (word === "--jobs" && args[at + 1]) {
      given.jobs = args[at + 1];
      at += 1;
    } else throw new Failure(`${word} is not an option, or lacks its value: --jobs N, --list, --fresh.`);
  }
  return given;
}

/** A sample of `count`, the same for the same list. */
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
  const files = Object.keys(modules).flatMap((name) => ["--file", `crate/src/${name}/**/*.rs`]);
  const { output } = await run("cargo", ["mutants", "--list", "--json", ...files]);
  return JSON.parse(output.slice(output.indexOf("[")));
}

function explanations() {
  const list = JSON.parse(readFileSync(join(root, "crate", "mutants.json"), "utf8"));
  return new Map(list.map((entry) => [`crate/src/${entry.file} ${entry.mutation}`, entry]));
}

/** The number of mutants and of each result by module. Mutants that do not compile do not count. */
function report(chosen, results) {
  const explained = explanations();
  const rows = new Map();
  const survivors = [];
  for (const [key, mutant] of chosen) {
    const ending = results[key];
    if (ending === "Unviable") continue;
    const row = rows.get(moduleOf(mutant)) ?? { mutants: 0, caught: 0, explained: 0 };
    rows.set(moduleOf(mutant), row);
    row.mutants += 1;
    if (ending === "CaughtMutant" || ending === "Timeout") row.caught += 1;
    else if (explained.has(nameOf(mutant))) row.explained += 1;
    else survivors.push(`${ending === "MissedMutant" ? "SURVIVED" : "NOT TRIED"} ${mutant.name}`);
  }
  const all = { mutants: 0, caught: 0, explained: 0 };
  for (const row of rows.values()) for (const key of Object.keys(all)) all[key] += row[key];
  const share = (row) => (row.caught + row.explained) / Math.max(1, row.mutants);
  for (const [name, row] of [...rows, ["all", all]])
    process.stdout.write(
      `${name.padEnd(10)} ${row.mutants} mutants, ${row.caught} caught, ${row.explained} explained: ${(100 * share(row)).toFixed(1)} %\n`,
    );
  for (const survivor of survivors) process.stdout.write(`${survivor}\n`);
  return share(all);
}

await command(async (args) => {
  const given = options(args);
  if ((await run("cargo", ["mutants", "--version"], { check: false })).code !== 0)
    throw new Failure("cargo-mutants was not found. Install it: cargo install --locked cargo-mutants.");
  const mutants = await listed();
  const check = (mutant) =>
    Object.keys(checks).find((name) =>
      checks[name].files.split(" ").some((file) => mutant.file === `crate/src/x509/${file}.rs`),
    );
  const others = mutants.filter((mutant) => !check(mutant));
  const sampledOthers = sample(others, sampled);
  const groups = [
    ...Object.entries(modules).map(([name, tests]) => ({
      folder: name,
      tests,
      some: sampledOthers.filter((mutant) => moduleOf(mutant) === name),
    })),
    ...Object.entries(checks).map(([name, { tests }]) => ({
      folder: `x509-${name}`,
      tests,
      some: mutants.filter((mutant) => check(mutant) === name),
    })),
  ];
  process.stdout.write(
    `${mutants.length - others.length} mutants of the checks, ${sampledOthers.length} of the other ${others.length}\n`,
  );
  if (given.list) return;

  // The same mutation may occur several times in one function.
  const keys = new Map();
  const times = {};
  for (const mutant of mutants) {
    const name = nameOf(mutant);
    times[name] = (times[name] ?? 0) + 1;
    keys.set(mutant.name, `${name} #${times[name]}`);
  }
  const keyOf = (mutant) => keys.get(mutant.name);

  const output = join(root, "target", "mutants.out");
  if (given.fresh) rmSync(output, { recursive: true, force: true });
  const kept = join(output, "results.json");
  const results = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : {};
  const take = (folder) => {
    const file = join(output, folder, "mutants.out", "outcomes.json");
    if (!existsSync(file)) return;
    for (const { scenario, summary } of JSON.parse(readFileSync(file, "utf8")).outcomes)
      if (scenario.Mutant && keyOf(scenario.Mutant)) results[keyOf(scenario.Mutant)] = summary;
    rmSync(join(output, folder), { recursive: true });
    writeFileSync(kept, JSON.stringify(results, undefined, 1));
  };
  // cargo-mutants copies the project, so what lies beside it has to be named.
  const vectors = join(root, "..", "shared", "vectors");
  const env = existsSync(vectors) ? { HONNIN_VECTORS: vectors } : {};
  /** @param tests parts of names; without any, all tests run, also those within the files */
  const show = async (folder, some, tests) => {
    if (some.length === 0) return;
    mkdirSync(join(output, folder), { recursive: true });
    // cargo-mutants tries omitted struct fields in all files, regardless of the given names.
    const files = [...new Set(some.map(({ file }) => file))].flatMap((file) => ["--file", file]);
    const exactly = some.flatMap(({ name }) => ["--re", `^${name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`]);
    const how = ["--output", join(output, folder), "--jobs", given.jobs, "--colors", "never"];
    // Without test suites of other projects and without measurements.
    const built = ["--cargo-arg=--test", "--cargo-arg=rules"];
    if (tests.length === 0) built.push("--cargo-arg=--lib");
    const shown = ["--", "--", ...tests, ...skipped];
    const all = ["mutants", ...how, ...built, ...files, ...exactly, ...shown];
    await run("cargo", all, { env, show: true, check: false });
    take(folder);
  };
  for (const { folder, some, tests } of groups) {
    // Left over from an interrupted run.
    take(folder);
    take(`${folder}-again`);
    await show(
      folder,
      some.filter((mutant) => !results[keyOf(mutant)]),
      tests,
    );
    await show(
      `${folder}-again`,
      some.filter((mutant) => results[keyOf(mutant)] === "MissedMutant"),
      [],
    );
  }
  const chosen = groups.flatMap(({ some }) => some.map((mutant) => [keyOf(mutant), mutant]));
  if (report(chosen, results) < 0.95)
    throw new Failure("Fewer than 95 % of the mutants were caught or explained.");
});
