// npm run faults: plants the faults of crate/arithmetic/faults.json in a copy of the arithmetic, one at a time, and runs its tests.
// `--write` puts what caught each into docs/arithmetic.md; `--only TEXT` plants those whose file or description contains the text.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { parseArgs } from "node:util";
import { count } from "./lib/counts.mjs";
import { list, mark } from "./lib/faults.mjs";
import { command, Failure, root, run } from "./lib/process.mjs";

const page = join(root, "docs", "arithmetic.md");
const end = "<!-- end -->";
/** The tests that a row names. */
const NAMED = 2;
/** In milliseconds; without a fault, the slower of the two programs takes a few seconds. */
const LONGEST = 300_000;

const folder = join(root, "target", "faults");
const source = (file) => join("crate", "arithmetic", "src", file);
// What other runs of the tests are told must not change what is caught.
const env = {
  CARGO_TARGET_DIR: join(folder, "build"),
  CARGO_PROFILE_TEST_OVERFLOW_CHECKS: "true",
  HONNIN_ARITHMETIC_CASES: "100000",
};

function options(args) {
  try {
    const known = { write: { type: "boolean", default: false }, only: { type: "string", default: "" } };
    const { values } = parseArgs({ args, options: known });
    if (values.write && values.only !== "") throw new Error("--write needs all faults: leave out --only");
    return values;
  } catch (error) {
    throw new Failure(`${error.message}. npm run faults -- [--write] [--only TEXT].`);
  }
}

/** A new copy for each run, so that nothing is left of an earlier one, and two runs do not meet. */
function copyWorkspace() {
  mkdirSync(folder, { recursive: true });
  const copy = mkdtempSync(join(folder, "copy-"));
  const isTaken = (path) => !["target", "fuzz"].includes(relative(join(root, "crate"), path).split(sep)[0]);
  cpSync(join(root, "crate"), join(copy, "crate"), { recursive: true, filter: isTaken });
  for (const file of ["Cargo.toml", "Cargo.lock"]) cpSync(join(root, file), join(copy, file));
  return copy;
}

/** The page around its table. Read again at the end: a run takes a while. */
function aroundTable() {
  const parts = readFileSync(page, "utf8").split(
    /<!-- npm run faults -- --write .*-->\n[\s\S]*?<!-- end -->/,
  );
  if (parts.length !== 2) throw new Failure(`${page} does not have one place for the table.`);
  return parts;
}

/** Where a test is, as pages cite it. */
function citation(program, test) {
  const path = test.split("::");
  const name = path.pop();
  const inSource =
    path[0] === "claims" ? "claims.rs" : join("tests", `${path.find((part) => part !== "tests")}.rs`);
  const file =
    program === "agreement"
      ? join("crate", "arithmetic", "tests", "agreement", `${path[0]}.rs`)
      : source(inSource);
  if (!existsSync(join(root, file))) throw new Failure(`${test} is not in ${file}.`);
  return `\`${file.split(sep).join("/")}\` — \`${name}\``;
}

/** The programs with the tests, built from the copy. */
async function build(copy) {
  const what = ["--package", "honnin-arithmetic", "--lib", "--test", "agreement"];
  const how = ["test", "--locked", "--no-run", "--message-format=json", ...what];
  const { output } = await run("cargo", how, { cwd: copy, env });
  const messages = output.split("\n").filter((line) => line.startsWith("{"));
  return messages
    .map((line) => JSON.parse(line))
    .filter(({ reason, executable }) => reason === "compiler-artifact" && executable)
    .map(({ target, executable }) => ({ program: target.name, executable }));
}

/** How many tests there are, and those that fail, as pages cite them. */
async function runTests(copy) {
  const all = { tests: 0, failing: [] };
  for (const { program, executable } of await build(copy)) {
    const { status, stdout, stderr, error } = spawnSync(executable, [], {
      cwd: join(copy, "crate", "arithmetic"),
      env: { ...process.env, ...env },
      encoding: "utf8",
      timeout: LONGEST,
      killSignal: "SIGKILL",
      maxBuffer: 2 ** 28,
    });
    const { passed, failed } = count(stdout);
    const names = [...stdout.slice(stdout.lastIndexOf("\nfailures:\n")).matchAll(/^ {4}(\w+(?:::\w+)+)$/gm)];
    // A program that crashed or was ended says nothing about the other tests.
    const isWhole = failed === 0 ? status === 0 : status === 101 && names.length === failed;
    if (error || !isWhole) throw new Failure(`${stdout}${stderr}\n${program} did not end as tests do.`);
    all.tests += passed + failed;
    all.failing.push(...names.map(([, name]) => citation(program, name)));
  }
  return all;
}

async function plant(copy, { file, from, to }) {
  const path = join(copy, source(file));
  const text = readFileSync(path, "utf8");
  if (text.split(from).length !== 2) throw new Failure(`Not once in ${source(file)}: ${from}`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  try {
    return await runTests(copy);
  } finally {
    writeFileSync(path, text);
  }
}

function tables(results) {
  const cell = (text) => text.replaceAll("|", "\\|");
  const caught = results.filter(({ same }) => !same);
  const same = results.filter(({ same }) => same);
  return [
    "| in | fault | fails |",
    "|---|---|---|",
    ...caught.map(({ file, fault, failing }) => {
      const more = failing.length > NAMED ? `, and ${failing.length - NAMED} more` : "";
      return `| \`${file}\` | ${cell(fault)} | ${failing.slice(0, NAMED).join(", ")}${more} |`;
    }),
    "",
    "| in | change | why nothing fails |",
    "|---|---|---|",
    ...same.map(({ file, fault, same }) => `| \`${file}\` | ${cell(fault)} | ${cell(same)} |`),
  ].join("\n");
}

async function plantAll(copy, faults) {
  const before = await runTests(copy);
  if (before.tests === 0 || before.failing.length > 0)
    throw new Failure(`Without a fault, ${before.failing.length} of ${before.tests} tests fail.`);
  const results = [];
  for (const one of faults) {
    const { tests, failing } = await plant(copy, one);
    if (tests !== before.tests) throw new Failure(`${one.fault}: ${tests} of ${before.tests} tests ran.`);
    const isCaught = failing.length > 0;
    results.push({ ...one, failing, isExpected: isCaught === (one.same === undefined) });
    process.stdout.write(`${isCaught ? "caught" : "not caught"}: ${one.file}: ${one.fault}\n`);
  }
  return results;
}

await command(async (args) => {
  const { write, only } = options(args);
  aroundTable();
  const chosen = list().filter(({ file, fault }) => `${file} ${fault}`.includes(only));
  if (chosen.length === 0)
    throw new Failure(`No fault has ${JSON.stringify(only)} in its file or description.`);
  const copy = copyWorkspace();
  let results;
  try {
    results = await plantAll(copy, chosen);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  const caught = results.filter(({ failing }) => failing.length > 0);
  process.stdout.write(`\n${results.length} planted, ${caught.length} caught\n`);
  const others = results
    .filter(({ isExpected }) => !isExpected)
    .map(({ file, fault }) => `${file}: ${fault}`);
  if (others.length > 0) throw new Failure(`Not as crate/arithmetic/faults.json says:\n${others.join("\n")}`);
  if (write) writeFileSync(page, aroundTable().join(`${mark()}\n\n${tables(results)}\n\n${end}`));
});
