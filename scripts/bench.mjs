// npm run bench: honnin and its peers, side by side in one run. docs/performance.md says how.
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { build, compileModule, modules, wasmInputs } from "./lib/build.mjs";
import { chromium } from "./lib/machine.mjs";
import { command, Failure, root, run, step } from "./lib/process.mjs";
import { runTypeScript } from "./lib/run-typescript.mjs";
import { setup } from "./lib/setup.mjs";
import { unlessUnchanged } from "./lib/stamp.mjs";

const bench = join(root, "tests", "bench");
const cache = join(root, ".cache", "bench");
const env = { CARGO_TARGET_DIR: join(root, "target", "bench") };

/** The peers have a folder of their own: nothing of them reaches `npm ci` of the workspace. */
const installPeers = () =>
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: join(bench, "peers") });

/** The modules with the arithmetic of RustCrypto, compiled like those that ship. */
async function buildReference() {
  for (const [name, features] of Object.entries(modules))
    await compileModule(`${features},reference`, join(cache, `reference-${name}.wasm`), { env });
}

async function buildNative() {
  const manifest = ["--locked", "--release", "--manifest-path", join(bench, "native", "Cargo.toml")];
  await run("cargo", ["build", "--bin", "bench-native", ...manifest], { env });
  const wasm = ["--lib", "--crate-type", "cdylib", "--target", "wasm32-unknown-unknown"];
  await run("cargo", ["rustc", ...wasm, ...manifest], { env });
  const built = join(env.CARGO_TARGET_DIR, "wasm32-unknown-unknown", "release", "bench_native.wasm");
  copyFileSync(built, join(cache, "x509-cert.wasm"));
}

await command(async (args) => {
  await setup();
  await build();
  mkdirSync(cache, { recursive: true });
  const peers = ["package.json", "package-lock.json"].map((name) => `tests/bench/peers/${name}`);
  await step("peers", () => unlessUnchanged("tests/bench/peers/node_modules/.stamp", peers, installPeers));
  await step("modules with the reference arithmetic", () =>
    unlessUnchanged(".cache/bench/.reference", wasmInputs, buildReference),
  );
  await step("native peers", buildNative);
  await step("Chromium", async () => {
    try {
      process.env.HONNIN_CHROMIUM = await chromium();
    } catch (error) {
      // The report says so.
      if (!(error instanceof Failure)) throw error;
      process.env.HONNIN_CHROMIUM = "";
    }
  });
  await runTypeScript("tests/bench/main.ts", args);
});
