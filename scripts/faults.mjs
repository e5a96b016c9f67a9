// npm run faults: plants the faults of crate/arithmetic/faults.json in a copy of the arithmetic, one at a time, and runs its tests.
// `--write` puts what caught each into docs/arithmetic.md; `--only TEXT` plants those whose file or description contains the text.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { command, Failure, root, run } from "./lib/process.mjs";

const page = join(root, "docs", "arithmetic.md");
const [start, end] = ["<!-- npm run faults -- --write -->", "<!-- end -->"];
/** The tests that a row names. */
const NAMED = 2;

const folder = join(root, "target", "faults");
const copy = join(folder, "copy");
const source = (file) => join("crate", "arithmetic", "src", file);

function options(args) {
  const given = { write: false, only: "" };
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at];
    if (word === "--write") given.write = true;
    else if (word === "--only" && args[at + 1]) {
      given.only = args[at + 1];
      at += 1;
    } else throw new Failure(`${word} is not an option, or lacks its value: --write, --only TEXT.`);
  }
  if (given.write && given.only) throw new Failure("--write needs all faults: leave out --only.");
  return given;
}

function copyWorkspace() {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  const isTaken = (path) => !["target", "fuzz"].includes(relative(join(root, "crate"), path).split(sep)[0]);
  cpSync(join(root, "crate"), join(copy, "crate"), { recursive: true, filter: isTaken });
  for (const file of ["Cargo.toml", "Cargo.lock"]) cpSync(join(root, file), join(copy, file));
}

/** Where a test is, as pages cite it. */
function citation(binary, test) {
  const path = test.split("::");
  const name = path.pop();
  const file =
    binary === "agreement"
      ? join("crate", "arithmetic", "tests", "agreement", `${path[0]}.rs`)
      : source(
          path[0] === "claims" ? "claims.rs" : join("tests", `${path.find((part) => part !== "tests")}.rs`),
        );
  return `\`${file.split(sep).join("/")}\` — \`${name}\``;
}

/** The tests that fail, as pages cite them. `undefined` if the copy does not compile. */
async function failing() {
  const env = { CARGO_TARGET_DIR: join(folder, "build") };
  const common = ["test", "--locked", "--quiet", "--package", "honnin-arithmetic"];
  const found = [];
  for (const [binary, ...which] of [
    ["lib", "--lib"],
    ["agreement", "--test", "agreement"],
  ]) {
    const { code, output } = await run("cargo", [...common, ...which], { cwd: copy, env, check: false });
    const names = [...output.matchAll(/^ {4}(\w+(?:::\w+)+)$/gm)].map(([, name]) => name);
    if (code !== 0 && names.length === 0) return undefined;
    found.push(...[...new Set(names)].map((name) => citation(binary, name)));
  }
  return found;
}

async function plant({ file, from, to }) {
  const path = join(copy, source(file));
  const text = readFileSync(path, "utf8");
  if (text.split(from).length !== 2) throw new Failure(`Not once in ${source(file)}: ${from}`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  try {
    return await failing();
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
    ...caught.map(({ file, fault, tests }) => {
      const more = tests.length > NAMED ? `, and ${tests.length - NAMED} more` : "";
      return `| \`${file}\` | ${cell(fault)} | ${tests.slice(0, NAMED).join(", ")}${more} |`;
    }),
    "",
    "| in | change | why nothing fails |",
    "|---|---|---|",
    ...same.map(({ file, fault, same }) => `| \`${file}\` | ${cell(fault)} | ${cell(same)} |`),
  ].join("\n");
}

await command(async (args) => {
  const { write, only } = options(args);
  const all = JSON.parse(readFileSync(join(root, "crate", "arithmetic", "faults.json"), "utf8"));
  const chosen = all.filter(({ file, fault }) => `${file} ${fault}`.includes(only));
  copyWorkspace();
  const before = await failing();
  if (before?.length !== 0) throw new Failure(`Without a fault, these tests fail: ${before ?? "all"}.`);
  const results = [];
  const wrong = [];
  for (const one of chosen) {
    const tests = await plant(one);
    results.push({ ...one, tests });
    const is = tests === undefined ? "does not compile" : tests.length > 0 ? "caught" : "not caught";
    const isRight = is === (one.same ? "not caught" : "caught");
    if (!isRight) wrong.push(`${one.file}: ${one.fault}: ${is}`);
    process.stdout.write(`${isRight ? "" : "WRONG: "}${is}: ${one.file}: ${one.fault}\n`);
  }
  const caught = results.filter(({ same, tests }) => !same && tests?.length > 0).length;
  process.stdout.write(`\n${results.length} planted, ${caught} caught\n`);
  if (wrong.length > 0) throw new Failure(`Not as crate/arithmetic/faults.json says:\n${wrong.join("\n")}`);
  if (!write) return;
  const text = readFileSync(page, "utf8");
  const [prose] = text.split(start);
  const after = text.slice(text.indexOf(end, text.indexOf(start)));
  writeFileSync(page, `${prose}${start}\n\n${tables(results)}\n\n${after}`);
});
