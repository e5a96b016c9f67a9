// npm test: sets up, builds, and runs every suite; ends with a summary. `--long` runs the long versions.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "./lib/build.mjs";
import { count } from "./lib/counts.mjs";
import { chromium, openssl, opensslLibrary } from "./lib/machine.mjs";
import { command, Failure, root, run, step } from "./lib/process.mjs";
import { setup } from "./lib/setup.mjs";

const folders = ["js", "demo/emulator", "demo/jpki", "demo/site", "demo/worker", "tests"];

function* testFiles(folder) {
  for (const name of readdirSync(join(root, folder)).sort()) {
    const path = join(folder, name);
    if (name === "node_modules" || name === "dist") continue;
    if (statSync(join(root, path)).isDirectory()) yield* testFiles(path);
    else if (name.endsWith(".test.ts")) yield path;
  }
}

await command(async (args) => {
  const long = args.includes("--long");
  const only = args.filter((arg) => !arg.startsWith("--"));
  await setup();
  await build();
  const env = { HONNIN_LONG: long ? "1" : "" };
  await step("Chromium", async () => {
    env.HONNIN_CHROMIUM = await chromium();
  });
  if (!(await openssl()))
    process.stdout.write("NOTICE: openssl was not found; what is compared with it is skipped.\n");

  await step("Cases of the synthetic JPKI", async () => {
    env.HONNIN_JPKI_FIXTURES = join(root, ".cache", "jpki-fixtures");
    await run(process.execPath, [
      "--import",
      "tsx",
      join("demo", "jpki", "src", "write.ts"),
      env.HONNIN_JPKI_FIXTURES,
    ]);
  });

  const measured = ["--profile", "measured", "--test", "hostile_bounds", "--test", "x509_crl_size"];
  const suites = [
    ["crate", ["cargo", ["test", "--locked", "--workspace"]]],
    [
      "crate, optimised",
      ["cargo", ["test", "--locked", "--package", "honnin", ...measured, "--", "--test-threads=1"]],
    ],
  ];
  if (await opensslLibrary()) {
    const manifest = join("tests", "differential", "Cargo.toml");
    const count = long ? "100000" : "5000";
    const program = ["run", "--locked", "--release", "--manifest-path", manifest, "--", "--count", count];
    suites.push([
      "differential",
      ["cargo", program, { CARGO_TARGET_DIR: join(root, "target", "differential") }],
    ]);
  } else
    process.stdout.write("NOTICE: OpenSSL's library was not found; the comparison with it is skipped.\n");
  for (const folder of folders) {
    const files = existsSync(join(root, folder)) ? [...testFiles(folder)] : [];
    if (files.length === 0) continue;
    suites.push([
      folder,
      [
        process.execPath,
        ["--import", "tsx", "--test", "--test-concurrency=2", "--test-reporter=spec", ...files],
      ],
    ]);
  }

  const rows = [];
  for (const [name, [program, programArgs, more]] of suites) {
    if (only.length > 0 && !only.includes(name)) continue;
    process.stdout.write(`\n── ${name}\n`);
    const start = performance.now();
    const { code, output } = await run(program, programArgs, {
      env: { ...env, ...more },
      show: true,
      check: false,
    });
    const counts = count(output);
    // A suite that broke before it could count its tests has failed all the same.
    if (code !== 0 && counts.failed === 0) counts.failed = 1;
    if (counts.passed === 0 && counts.failed === 0) counts.failed = 1;
    rows.push({ name, ...counts, seconds: (performance.now() - start) / 1000 });
  }
  if (rows.length === 0) throw new Failure(`No suite is called ${only.join(", ")}.`);

  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  process.stdout.write("\n── summary\n");
  for (const row of rows) {
    const { name, passed, failed, skipped, seconds } = row;
    const mark = failed > 0 ? "FAILED" : "ok";
    process.stdout.write(
      `${mark.padEnd(7)}${name.padEnd(17)} ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds.toFixed(0)} s)\n`,
    );
  }
  process.stdout.write(`\n${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped\n`);
  if (sum("failed") > 0) process.exitCode = 1;
});
