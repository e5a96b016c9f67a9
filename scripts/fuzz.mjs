// npm run fuzz: runs the fuzz targets of the crate one after the other, each for `--minutes N` (10). Names of targets select some
// of them. Findings and inputs that reach new code are stored in .cache/fuzz/.
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { command, Failure, has, root, run, step } from "./lib/process.mjs";
import { setup } from "./lib/setup.mjs";

const cache = join(root, ".cache", "fuzz");
const manifest = join(root, "crate", "fuzz", "Cargo.toml");

/** The names of the targets in the manifest. */
function targets() {
  const text = readFileSync(manifest, "utf8");
  return [...text.matchAll(/^\[\[bin\]\]\nname = "(.*)"$/gm)].map(([, name]) => name);
}

function readArgs(args, known) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { minutes: { type: "string", default: "10" } },
    });
    const minutes = Number(values.minutes);
    const stranger = positionals.find((name) => !known.includes(name));
    if (!(minutes > 0)) throw new Error("--minutes wants a number above zero");
    if (stranger !== undefined) throw new Error(`no target is called ${stranger}`);
    return { minutes, names: positionals.length > 0 ? positionals : known };
  } catch (error) {
    throw new Failure(
      `${error.message}. npm run fuzz -- [--minutes N] [target …], where targets are ${known.join(", ")}.`,
    );
  }
}

/** libFuzzer's runtime requires nightly Rust, and cargo-fuzz runs it. */
async function checkTools() {
  const answers = async (args) => {
    try {
      return (await run("cargo", args, { check: false })).code === 0;
    } catch {
      return false;
    }
  };
  const missing = [];
  if (!(await has("rustup")) || !(await answers(["+nightly", "--version"])))
    missing.push("  rustup toolchain install nightly --profile minimal");
  if (!(await answers(["fuzz", "--version"]))) missing.push("  cargo install --locked cargo-fuzz");
  if (missing.length > 0) {
    throw new Failure(
      `Fuzzing needs a nightly toolchain and cargo-fuzz. Install what is missing:\n\n${missing.join("\n")}\n`,
    );
  }
}

/** The last figures that libFuzzer printed. */
function figures(output) {
  const last = (pattern) => Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0);
  return { executions: last(/^stat::number_of_executed_units: +(\d+)/gm), edges: last(/\bcov: (\d+)/g) };
}

await command(async (args) => {
  const known = targets();
  const { minutes, names } = readArgs(args, known);
  await setup();
  await checkTools();
  const seeds = join(cache, "seeds");
  await step("Seeds", () =>
    run("cargo", ["test", "--locked", "--package", "honnin", "--test", "mutated", "writes_the_seeds"], {
      env: { HONNIN_SEEDS: seeds },
    }),
  );
  // Without the address sanitizer: there is no unsafe code, and it would halve the speed.
  const options = ["--fuzz-dir", join("crate", "fuzz"), "--sanitizer", "none"];
  const env = { CARGO_TARGET_DIR: join(root, "target", "fuzz") };
  await step("Fuzz targets", () => run("cargo", ["+nightly", "fuzz", "build", ...options], { env }));

  const rows = [];
  for (const name of names) {
    const [corpus, findings] = ["corpus", "findings"].map((kind) => join(cache, kind, name));
    for (const folder of [corpus, findings]) mkdirSync(folder, { recursive: true });
    const before = new Set(readdirSync(findings));
    process.stdout.write(`\n── ${name}\n`);
    const start = performance.now();
    const limits = ["-timeout=20", "-rss_limit_mb=2048", "-max_len=60000", "-print_final_stats=1"];
    const { code, output } = await run(
      "cargo",
      [
        ...["+nightly", "fuzz", "run", ...options, name, corpus, join(seeds, name), "--"],
        ...[`-max_total_time=${Math.ceil(minutes * 60)}`, `-artifact_prefix=${findings}/`, ...limits],
      ],
      { env, show: true, check: false },
    );
    const found = readdirSync(findings).filter((file) => !before.has(file));
    // A target that fails without writing a finding has still failed.
    const failed = code !== 0 && found.length === 0;
    rows.push({ name, ...figures(output), found, failed, minutes: (performance.now() - start) / 60_000 });
  }

  process.stdout.write("\n── summary\n");
  for (const { name, minutes: took, executions, edges, found, failed } of rows) {
    const said = failed ? "FAILED without a finding" : `${found.length} findings`;
    process.stdout.write(
      `${name.padEnd(10)} ${took.toFixed(1)} minutes, ${executions} executions, ${edges} edges, ${said}\n`,
    );
    for (const file of found) process.stdout.write(`  ${join(cache, "findings", name, file)}\n`);
  }
  if (rows.some(({ found, failed }) => failed || found.length > 0)) process.exitCode = 1;
});
