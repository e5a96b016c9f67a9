// npm test: sets up, builds, and runs every suite; ends with a summary. `--full` runs what `npm test` leaves out instead:
// the files called `*.full.test.ts`, for other browsers and runtimes and for longer runs, what `npm test` runs in Chromium
// without its window, and the crate without optimization. `--release` runs what a release needs beside both, and takes long or
// downloads much: the files called `*.release.test.ts`.
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { build } from "./lib/build.mjs";
import { compiledTests, compileTests } from "./lib/compile-tests.mjs";
import { count } from "./lib/counts.mjs";
import {
  bun,
  cargoDeny,
  chromium,
  deno,
  firefox,
  headlessShell,
  openssl,
  opensslLibrary,
  packageTools,
  python,
  redis,
  webkit,
} from "./lib/machine.mjs";
import { command, Failure, root, run, step } from "./lib/process.mjs";
import { setup } from "./lib/setup.mjs";

const wholeChromium = "whole Chromium";
const folders = ["js", "demo/checker", "demo/emulator", "demo/jpki", "demo/site", "demo/worker", "tests"];

/** What the name of a test file ends with, by the command that runs it. */
const endings = { test: ".test.ts", full: ".full.test.ts", release: ".release.test.ts" };
const kindOf = (name) =>
  ["full", "release"].find((kind) => name.endsWith(endings[kind])) ??
  (name.endsWith(endings.test) ? "test" : undefined);

function* testFiles(folder, kind) {
  for (const name of readdirSync(join(root, folder)).sort()) {
    const path = join(folder, name);
    // Examples are run by the frameworks that they are for.
    if (name === "node_modules" || name === "dist" || name === "examples") continue;
    if (statSync(join(root, path)).isDirectory()) yield* testFiles(path, kind);
    else if (kindOf(name) === kind) yield path;
  }
}

/** Programs that tests start often. */
const programs = ["emulator", "checker"].map((name) => join("demo", name, "src", "main.ts"));

/** Programs that only `--full` and `--release` need, by the variables with which tests find them. Tests of a missing one are skipped, except in CI. */
async function findMore(kind) {
  const ofRelease = [
    ["cargo-deny", "HONNIN_CARGO_DENY", cargoDeny, "cargo install --locked cargo-deny"],
    ["Compilers and bundlers", "HONNIN_PACKAGE_TOOLS", packageTools, "npm ci in tests/package/tools"],
    ["Python", "HONNIN_PYTHON", python, "Debian, Ubuntu: sudo apt-get install python3-venv"],
  ];
  const wanted = [
    ["Firefox", "HONNIN_FIREFOX", firefox, "Debian, Ubuntu: sudo apt-get install firefox-esr"],
    [
      "WebKit",
      "HONNIN_WEBKIT",
      webkit,
      "Debian, Ubuntu: sudo apt-get install webkit2gtk-driver xvfb dbus locales",
    ],
    ["Deno", "HONNIN_DENO", deno, "https://deno.com/"],
    ["Bun", "HONNIN_BUN", bun, "https://bun.sh/"],
    ["Redis", "HONNIN_REDIS", redis, "Debian, Ubuntu: sudo apt-get install redis-server"],
    ...(kind === "release" ? ofRelease : []),
  ];
  const env = {};
  const notices = [];
  for (const [name, variable, find, how] of wanted) {
    await step(name, async () => {
      const path = await find();
      if (path) env[variable] = path;
      else notices.push(`${name} was not found. Install it (${how}), or name yours in ${variable}.`);
    });
  }
  if (notices.length > 0 && process.env.CI === "true") throw new Failure(notices.join("\n"));
  for (const notice of notices) process.stdout.write(`NOTICE: ${notice} Its tests are skipped.\n`);
  return env;
}

await command(async (args) => {
  const full = args.includes("--full");
  const release = args.includes("--release");
  const kind = full ? "full" : release ? "release" : "test";
  const only = args.filter((arg) => !arg.startsWith("--"));
  await setup();
  await build();
  const env = kind === "test" ? {} : { ...(await findMore(kind)), HONNIN_FULL: "1" };
  await step("Chromium", async () => {
    const whole = await chromium();
    const shell = full ? whole : await headlessShell();
    env.HONNIN_CHROMIUM = shell ?? whole;
    if (shell === undefined) process.stdout.write(`no headless shell, so all of ${whole} … `);
  });
  if (!(await openssl()))
    process.stdout.write("NOTICE: openssl was not found; what is compared with it is skipped.\n");

  env.HONNIN_PRIMES = join(root, ".cache", "primes");
  mkdirSync(env.HONNIN_PRIMES, { recursive: true });
  await step("Cases of the synthetic JPKI", async () => {
    env.HONNIN_JPKI_FIXTURES = join(root, ".cache", "jpki-fixtures");
    const program = ["--import", "tsx", join("demo", "jpki", "src", "write.ts"), env.HONNIN_JPKI_FIXTURES];
    await run(process.execPath, program, { env });
  });

  const bounds = ["test", "--locked", "--package", "honnin", "--test", "bounds"];
  const measured = ["--profile", "measured", "--", "--test-threads=1"];
  const different = { CARGO_TARGET_DIR: join(root, "target", "differential") };
  /** Suites that measure run first. The others run in parallel rows: those of Rust, what crosses the parts, and the parts. */
  const alone = [];
  const rust = [];
  const across = [];
  const node = [];
  if (release) {
    // The crates are tested by the other two.
  } else if (full) {
    // Slow, and only an unoptimised build takes as much stack as it may.
    rust.push(["crate", "cargo", [...bounds, "--test", "rules", "--profile", "dev"]]);
    const others = ["rules", "suites", "mutated"].flatMap((name) => ["--test", name]);
    const reference = ["test", "--locked", "--package", "honnin", "--features", "reference", ...others];
    rust.push(["crate, reference arithmetic", "cargo", reference]);
    const fiat = ["test", "--locked", "--package", "honnin-arithmetic", "--features", "fiat"];
    rust.push(["crate, fields of fiat-crypto", "cargo", fiat]);
  } else {
    alone.push(["crate, optimised", "cargo", [...bounds, ...measured]]);
    rust.push(["crate", "cargo", ["test", "--locked", "--workspace"]]);
  }
  if (release) {
    // So is the comparison.
  } else if (await opensslLibrary()) {
    const manifest = join("tests", "differential", "Cargo.toml");
    // With other cases than `npm test`.
    const cases = full ? ["--count", "100000", "--seed", "3"] : ["--count", "5000"];
    const program = ["run", "--locked", "--release", "--manifest-path", manifest];
    rust.push(["differential", "cargo", [...program, "--", ...cases], different]);
    const numbers = ["--bin", "arithmetic", "--", "--count", full ? "100000" : "5000"];
    rust.push(["arithmetic", "cargo", [...program, ...numbers], different]);
    // The tests that do not need the packages of npm run corpus.
    const corpus = [
      "test",
      "--locked",
      "--release",
      "--manifest-path",
      join("tests", "corpus", "Cargo.toml"),
    ];
    if (!full) rust.push(["corpus", "cargo", corpus, different]);
  } else
    process.stdout.write("NOTICE: OpenSSL's library was not found; the comparison with it is skipped.\n");
  const how = ["--enable-source-maps", "--test", "--test-concurrency=2", "--test-reporter=spec"];
  const measures = join("tests", "bounds");
  const sources = new Map(folders.map((folder) => [folder, [...testFiles(folder, kind)]]));
  const needed =
    only.length === 0 || [...folders, measures, wholeChromium].some((name) => only.includes(name));
  if (needed) {
    // What `npm test` runs without Chromium's window runs in the whole browser too.
    const withoutWindow = full ? folders.flatMap((folder) => [...testFiles(folder, "test")]) : [];
    const files = [...sources.values()].flat();
    const { results, withPart } = await step("Test files", () =>
      compileTests([...files, ...withoutWindow, ...programs], folders, "tests/support/chromium.ts"),
    );
    env.HONNIN_COMPILED = compiledTests;
    if (full)
      sources.set(
        wholeChromium,
        withPart.filter((file) => withoutWindow.includes(file)),
      );
    for (const [folder, some] of sources) {
      const parts = {
        [folder]: (file) => !file.startsWith(measures),
        [measures]: (file) => file.startsWith(measures),
      };
      for (const [name, part] of Object.entries(parts)) {
        const paths = some.filter(part).map((file) => results.get(file));
        const suite = [name, process.execPath, [...how, ...paths]];
        if (paths.length > 0) (name === measures ? alone : name === "tests" ? across : node).push(suite);
      }
    }
  }
  const wanted = ([name]) => only.length === 0 || only.includes(name);
  const suites = [...alone, ...rust, ...node, ...across];
  if (!suites.some(wanted)) throw new Failure(`No suite is called ${only.join(", ")}.`);
  // Compiling takes all cores: it comes before what measures, and before what runs side by side.
  if (kind === "test" && wanted(["crate"]))
    await step("Tests of the crate", () => run("cargo", ["test", "--locked", "--workspace", "--no-run"]));
  if (alone.some(wanted)) {
    await step("Programs that measure", async () => {
      await run("cargo", [...bounds, "--profile", "measured", "--no-run"]);
      // As `tests/bounds/module.test.ts` builds it.
      const manifest = ["--manifest-path", join("tests", "bounds", "yardstick", "Cargo.toml")];
      const release = ["--target", "wasm32-unknown-unknown", "--release", "--locked"];
      const target = { CARGO_TARGET_DIR: join(root, "target", "yardstick") };
      await run("cargo", ["build", ...release, ...manifest], { env: target });
    });
  }

  const rows = [];
  const lane = async (some, show) => {
    for (const [name, program, programArgs, more] of some.filter(wanted)) {
      const title = `\n── ${name}\n`;
      process.stdout.write(show ? title : `\n(${name} runs beside, and is shown when it ends)\n`);
      const start = performance.now();
      // A program that is not there has failed, and the summary still says what the others did.
      const { code, output } = await run(program, programArgs, {
        env: { ...env, ...more },
        show,
        check: false,
      }).catch((error) => ({ code: 1, output: `${error instanceof Error ? error.message : error}\n` }));
      if (!show) process.stdout.write(title + output);
      const counts = count(output);
      // A suite that ended before it counted its tests has still failed.
      if (code !== 0 && counts.failed === 0) counts.failed = 1;
      if (counts.passed === 0 && counts.failed === 0) counts.failed = 1;
      rows.push({ name, ...counts, seconds: (performance.now() - start) / 1000 });
    }
  };
  const measuring = alone.filter(wanted);
  if (availableParallelism() < 2) await lane(measuring, true);
  else await Promise.all(measuring.map((suite, at) => lane([suite], at === 0)));
  // The output of one row is shown at once, that of the others suite by suite.
  const lanes = [across, node, rust].filter((some) => some.some(wanted));
  await Promise.all(lanes.map((some, at) => lane(some, at === 0)));

  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  const order = suites.map(([name]) => name);
  rows.sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
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
